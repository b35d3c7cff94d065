"""The printed page, read as a person reads it."""

import re
from dataclasses import replace
from hashlib import sha256
from typing import Any, cast

import pytest
from weasyprint.formatting_structure.boxes import TextBox

from agreements.documents.blocks import Document
from agreements.documents.redline import compare
from agreements.pdf import press, printed, render, sheets
from tests.agreements.pdf import sample
from tests.agreements.pdf.reading_back import opened, outline, pages_of, painted
from tests.agreements.pdf.words import paragraph, paragraphs


def print_annex(annex: printed.PrintedAnnex) -> list[str]:
    return pages_of(render.render_annex(annex, asset=sample.asset))


def test_cover_says_who_agrees_under_which_numbers_and_when(whole_pages: list[str]) -> None:
    cover = whole_pages[0]
    for words in (
        "Lokal samverkansöverenskommelse",
        "Kommunen Norrviks kommun Org.nr 219900-1179 Box 12, 123 45 Norrvik Diarienummer KS 2026/118",
        "Polisen Lokalpolisområde Norrvik Org.nr 209900-3317 Box 34, 123 46 Norrvik Diarienummer A112.345/2026",
        "Giltighetstid Från och med 1 mars 2026, tills vidare",
        "Status Gällande den 4 mars 2026",
    ):
        assert words in cover


def test_parts_come_in_order_each_from_a_new_page(whole_pages: list[str]) -> None:
    titles = [
        "Innehåll", "Lokal samverkansöverenskommelse 1 (", "Bilaga 1 Gemensam lokal lägesbild 1 (",
        "Bilaga 2 Samverkansstruktur 1 (", "Bilaga 3a Åtgärdsplan a 1 (", "Bilaga 3b Åtgärdsplan b 1 (",
        "Bilaga 3c Åtgärdsplan c 1 (", "Bilaga 3d Åtgärdsplan d 1 (", "Bilaga 4 Kommunikationsplan 1 (",
        "Kontaktuppgifter per 4 mars 2026 1 (", "Bilaga 5 Övergripande samverkansöverenskommelse 1 (",
    ]  # fmt: skip
    places = [next(n for n, text in enumerate(whole_pages) if title in text) for title in titles]
    assert places == sorted(set(places))


def test_each_annex_counts_its_own_pages(whole_pages: list[str]) -> None:
    counted = [match for text in whole_pages if (match := re.search(r"Bilaga 1 \D+ (\d+) \((\d+)\)", text))]
    total = len(counted)
    assert total > 10
    assert [(int(match[1]), int(match[2])) for match in counted] == [(n, total) for n in range(1, total + 1)]


def test_every_page_has_both_registry_numbers_and_its_status(whole_pages: list[str]) -> None:
    for text in whole_pages:
        assert "Norrviks kommun: KS 2026/118 Lokalpolisområde Norrvik: A112.345/2026" in text
        outside_the_decision = "Kontaktuppgifter per 4 mars 2026" in text and "Innehåll" not in text
        status = "Per 2026-03-04, ingår inte i beslutet" if outside_the_decision else sample.STATUS
        assert status in text


def test_contents_lead_to_the_page_that_they_name(whole: bytes, whole_pages: list[str]) -> None:
    pdf = opened(whole)
    dests = dict(zip(*[iter(pdf.Root.Names.Dests.Names)] * 2, strict=True))
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    links = [link for page in pdf.pages[1:3] for link in page.get("/Annots", [])]
    lines = [(str(link.Contents), pages[dests[link.Dest][0].objgen]) for link in links]
    assert "Bilaga 2 Samverkansstruktur Bilaga 2, s. 1" in [words for words, _ in lines]
    for words, index in lines:
        place = re.search(r"(?:(Bilaga \w+|Kontaktuppgifter), )?s\. (\d+)$", words)
        assert place
        assert f" {place[2]} (" in whole_pages[index]
        assert (place[1] or "Lokal samverkansöverenskommelse") in whole_pages[index]
        assert words[: place.start()].strip() in whole_pages[index]


def test_bookmarks_name_headings_without_the_number_of_a_note(whole: bytes, whole_pages: list[str]) -> None:
    found = outline(whole)
    assert [title for depth, title, _ in found if depth == 0][:4] == [
        "Innehåll",
        "Lokal samverkansöverenskommelse",
        "Bilaga 1 Gemensam lokal lägesbild",
        "Bilaga 2 Samverkansstruktur",
    ]
    with_note = [title for _, title, _ in found if title.startswith(("1 Avsnitt", "3 Avsnitt"))]
    assert with_note == ["1 Avsnitt om platser och personer", "3 Avsnitt om platser och personer"]
    for _, title, index in found:
        assert title in whole_pages[index]


def test_notes_stand_at_the_foot_of_their_page_and_begin_anew_in_each_annex() -> None:
    first, second = (
        sample.annex(label, "Lägesbild", sample.document("other", "", [
            sample.rich("r", f'<p>{words}<sup data-ref="1"></sup></p>')
        ], notes=1))
        for label, words in (("Bilaga 1", "Ett"), ("Bilaga 2", "Två"))
    )  # fmt: skip
    whole = sample.agreement(annexes=(first, second))
    pages = pages_of(render.render_agreement(whole, asset=sample.asset))[-2:]
    note = " ".join(re.sub("<.*?>", "", paragraph(0, 2)).split())
    for text, words in zip(pages, ("Ett", "Två"), strict=True):
        assert f"{words} 1" in text or f"{words}1" in text
        assert f"1 {note}" in text
        assert text.index(words) < text.index(note)


@pytest.mark.parametrize("words", ["Kort.", "En not som är så lång att den inte ryms på en rad. " * 4])
def test_notes_never_fall_behind_the_text_that_refers_to_them(words: str) -> None:
    calls = "".join(f'<p>Stycke {n}, {"med ord " * (n % 7)}.<sup data-ref="{n}"></sup></p>' for n in range(1, 81))
    document = sample.document("other", "", [sample.rich("r", calls)])
    document["notes"] = [f"<p>Not {n}: {words}</p>" for n in range(1, 81)]
    pages = print_annex(sample.annex("Bilaga 6", "Noter", document))
    for at, text in enumerate(pages):
        for number in re.findall(r"Stycke (\d+),", text):
            assert any(f"Not {number}:" in near for near in pages[at : at + 2])
    assert all("Stycke" in text for text in pages[:-1])


@pytest.mark.parametrize("length", range(8, 16))
def test_signatures_never_stand_alone_on_a_page(length: int) -> None:
    closing = "Avslutande mening som följer underskrifterna."
    text = sample.document("agreement_text", "", [
        sample.heading("h", "Bakgrund"), sample.rich("r", paragraphs(1, length)), sample.rich("c", f"<p>{closing}</p>")
    ])  # fmt: skip
    whole = sample.agreement(text=sample.annex("", "Avtal", text), annexes=(), manifest=())
    pages = pages_of(render.render_agreement(whole, asset=sample.asset))[2:]
    signed = [text for text in pages if "Underskrifter" in text]
    assert len(signed) == 1
    assert closing in signed[0]
    assert "För Norrviks kommun" in signed[0]
    assert "För Lokalpolisområde Norrvik" in signed[0]


def test_signature_is_words_where_it_is_given_and_a_line_where_it_is_not(whole_pages: list[str]) -> None:
    page = next(text for text in whole_pages if "För Norrviks kommun" in text)
    assert "Norrvik den 21 februari 2026" in page
    assert "Kommunstyrelsens beslut 2026-02-10, § 14" in page
    assert "Ort och datum Underskrift Robin Exempel Tf lokalpolisområdeschef" in page


def test_manifest_names_every_text_by_its_full_hash(whole_pages: list[str]) -> None:
    listed = "".join(whole_pages).replace(" ", "")
    assert listed.count(sample.HASH) == len(sample.agreement().manifest)


def test_draft_says_so_on_every_page() -> None:
    draft = sample.annex("Bilaga 2", "Struktur", sample.structure(), is_draft=True, status="Utkast")
    for text in print_annex(draft):
        assert "UTKAST" in text
        assert f"Utkast · {sample.HASH[:8]}" in text
    fixed = replace(draft, is_draft=False, status=sample.STATUS)
    assert not any("utkast" in text.lower() for text in print_annex(fixed))


def test_agreement_with_a_draft_inside_is_a_draft_from_the_cover_on() -> None:
    draft = sample.annex("Bilaga 2", "Struktur", sample.structure(), is_draft=True, status="Utkast")
    whole = sample.agreement(annexes=(draft,))
    pages = pages_of(render.render_agreement(whole, asset=sample.asset))
    marked = ["UTKAST" in text for text in pages]
    assert marked[:2] == [True, True]
    assert marked[2:] == ["Bilaga 2" in text and "Struktur" in text for text in pages[2:]]


def test_attached_file_has_a_page_that_tells_all_of_it(whole_pages: list[str]) -> None:
    page = whole_pages[-1]
    for words in ("overgripande-overenskommelse.pdf", "Datum 4 november 2025", "Sidor 12", sample.scan().sha256):
        assert words in page


def test_file_that_is_the_whole_annex_stands_on_its_first_page(whole_pages: list[str]) -> None:
    assert "Bilaga 5 Övergripande samverkansöverenskommelse 1 (1)" in whole_pages[-1]


def test_file_beside_a_text_has_a_page_of_its_own() -> None:
    first, second = print_annex(sample.annex("Bilaga 2", "Struktur", sample.structure(), attachments=(sample.scan(),)))
    assert "Styrgrupp" in first
    assert "overgripande-overenskommelse.pdf" not in first
    assert "overgripande-overenskommelse.pdf" in second


def test_contact_sheet_is_dated_and_complete() -> None:
    (page,) = pages_of(render.render_contact_sheet(sample.contacts()))
    for words in (
        "Kontaktuppgifter per 4 mars 2026",
        "Ingår inte i något beslut",
        "Trygghetssamordnare Telefon 08-465 004 11 trygghet@example.se",
        "Kommunpolis Kim Exempel Mobil 070-174 06 05",
        "Postadress: Box 34, 123 46 Norrvik",
        "Fara för liv 112",
    ):
        assert words in page


def test_function_that_stands_for_a_name_is_said_once() -> None:
    name = "Kommundirektören, Norrviks kommun"
    signature = printed.PrintedSignature("Norrviks kommun", name, "Kommundirektör", "Norrviks kommun", "Norrvik i maj")
    whole = sample.agreement(signatures=(signature,), annexes=(), manifest=())
    text = " ".join(pages_of(render.render_agreement(whole, asset=sample.asset)))
    assert f"Norrvik i maj {name} " in text
    assert f"{name} Kommundirektör" not in text
    assert f"{name} Norrviks kommun Norrviks" not in text
    assent = replace(sample.decision().assents[0], name=name, title="Kommundirektör")
    record = " ".join(pages_of(render.render_record(sample.record(assents=(assent,)))))
    assert f"{name} 2026" in record


def test_decision_record_names_every_text_person_and_correction() -> None:
    text = " ".join(pages_of(render.render_record(sample.record())))
    for words in (
        "Beslut 2026:4", "Lokal styrgrupp", "4 mars 2026", "Vid sammanträde, § 12",
        "Kommundirektör Lokalpolisområdeschef",
        "Bilaga 1 Gemensam lokal lägesbild Styrgruppen fastställer bilaga 1.",
        "Bilaga 3a Åtgärdsplan a Styrgruppen fastställer bilaga 3a.",
        "Gäller från 4 mars 2026", sample.HASH, "Norrviks kommun Alex Exempel, Kommundirektör 2026-03-04 10.30",
        "Avvikande mening: Sam Exempel, Rektor Skolan hade velat vänta.", "Rätt paragraf är § 12.",
        "Registrerat i efterhand.", "overgripande-overenskommelse.pdf",
    ):  # fmt: skip
        assert words in text


def test_redline_carries_changes_by_sign_and_lists_them() -> None:
    html = "<h2>Tid</h2><p>Avtalet löper <del>ett</del> <ins>två</ins> år.</p>"
    changes = (printed.PrintedChange("Tid", "ett", "två"),)
    redline = printed.PrintedRedline(
        sample.IMPRINT, "Bilaga 1", "Lägesbild", "version 2", "version 3", html, sample.DAY, "En ändring.", changes
    )
    text = " ".join(pages_of(render.render_redline(redline, asset=sample.asset)))
    assert "Avtalet löper −ett +två år." in text
    assert "Från version 2 Till version 3 I korthet En ändring." in text
    assert "Avsnitt Var Blev Tid ett två" in text


def test_redline_of_two_documents_prints_what_came_and_went_with_its_notes() -> None:
    note = '<sup data-ref="1"></sup>'
    old, new = (
        sample.document(
            "other", "", [sample.heading("h", "Tid"), sample.rich("r", f"<p>Möten hålls {when}{note}.</p>")], 1
        )
        for when in ("varje vecka", "varje månad")
    )
    made = compare(cast(Document, old), cast(Document, new), asset_url="asset:".__add__, notes="float")
    redline = printed.PrintedRedline(sample.IMPRINT, "Bilaga 1", "Tid", "1", "2", str(made.html), sample.DAY)
    parts = [printed.PrintedPart("Ja.", "Nu.", "", (), (), redline)] * 2
    data = render.render_matter(
        printed.PrintedMatter(sample.IMPRINT, "Våren", sample.DAY, tuple(parts)), asset=sample.asset
    )
    pages = pages_of(data)
    assert len(pages) == 3
    for text in pages[1:]:
        assert re.search(r"Möten hålls varje −vecka\s?\+månad ?1", text)
        assert text.count(" ".join(re.sub("<.*?>", "", paragraph(0, 2)).split())) == 1
    assert [painted(page)[1] for page in opened(data).pages] == [[], [], []]


def test_a_row_of_the_list_of_changes_is_not_parted_unless_it_is_longer_than_half_a_page() -> None:
    def listed(*rows: str) -> list[str]:
        changes = tuple(printed.PrintedChange("Tid", "", words, "Raden") for words in rows)
        redline = printed.PrintedRedline(
            sample.IMPRINT, "Bilaga 1", "Läge", "1", "2", "<p>a</p>", sample.DAY, changes=changes
        )
        return pages_of(render.render_redline(redline, asset=sample.asset))

    paragraph = "Parterna följer upp arbetet med trygga platser varje kvartal. "
    pages = listed(*(f"början {paragraph * 12} slut" for _ in range(11)))
    assert len(pages) > 1
    for text in pages:
        assert text.count("början") == text.count("slut")
    pages = listed("kort", f"början {paragraph * 90} slut", "kort")
    assert "början" in pages[0]
    assert sum(text.count("kvartal") for text in pages) == 90


def test_what_is_said_of_a_picture_stands_on_its_page() -> None:
    note, key = '<p class="redline-note">Bilden är ny:</p>', sha256(sample.picture(1)).hexdigest()
    for lines in range(28, 42):
        html = "<p>Rad.</p>" * lines + f'{note}<figure><img src="asset:{key}" alt="Karta"></figure>'
        redline = printed.PrintedRedline(sample.IMPRINT, "", "Text", "1", "2", html, sample.DAY)
        last = pages_of(render.render_redline(redline, asset=sample.asset))[-1]
        assert "Bilden är ny:" in last, lines


def test_title_is_text_and_not_markup() -> None:
    hostile = sample.annex("Bilaga 9", '<script>"A" & B</script>', sample.structure())
    data = render.render_annex(hostile, asset=sample.asset)
    assert str(opened(data).docinfo.Title) == 'Bilaga 9 <script>"A" & B</script>'
    assert '<script>"A" & B</script>' in pages_of(data)[0]


@pytest.mark.parametrize("heads", [1, 2])
def test_no_row_of_a_table_stands_alone_on_a_page(heads: int) -> None:
    head = "<tr><th>Plats</th><th>Antal</th></tr>" * heads
    body = "".join(f"<tr><td>Område {number}</td><td>{number}</td></tr>" for number in range(8))
    counted = set()
    for lines in range(18, 32):
        html = "<p>Rad.</p>" * lines + f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
        redline = printed.PrintedRedline(sample.IMPRINT, "", "Text", "1", "2", html, sample.DAY)
        pages = press.lay_out(sheets.redline_sheet(redline).html, sample.asset).document.pages
        counted |= {sum(box.text.startswith("Område") for box in _texts(page)) for page in pages}
    assert 8 in counted
    assert counted & {2, 6}
    assert not counted & {1, 7}


def _texts(page: Any) -> list[TextBox]:
    return [box for box in page._page_box.descendants() if isinstance(box, TextBox)]


def test_the_list_of_changes_follows_the_text_on_its_page() -> None:
    changes = (printed.PrintedChange("Tid", "ett", "två"),)
    redline = printed.PrintedRedline(
        sample.IMPRINT, "", "Text", "1", "2", "<p>Sista raden.</p>", sample.DAY, changes=changes
    )
    (page,) = pages_of(render.render_redline(redline, asset=sample.asset))
    assert page.index("Sista raden.") < page.index("Lista över ändringar")


def test_wide_table_stays_on_the_page() -> None:
    words = "Samverkansöverenskommelsernas uppföljningsansvar"
    head = [[sample.cell(words, header=True) for _ in range(12)]]
    wide = sample.block("table", "t", caption="", head=head, body=[[sample.cell(words) for _ in range(12)]])
    annex = sample.annex("Bilaga 9", "Bred tabell", sample.document("other", "", [wide]))
    (sheet,) = sheets.annex_sheets(annex)
    (page,) = press.lay_out(sheet.html, sample.asset).document.pages
    area = page._page_box
    edge = area.content_box_x() + area.width
    texts = [box for box in area.children[0].descendants() if isinstance(box, TextBox)]
    assert len(texts) > 40
    assert all(box.position_x + box.width <= edge + 1 for box in texts)
