"""One renderer: semantic HTML in which a reader finds what the document says, and nothing else."""

import re
from html import unescape
from typing import Any, cast

import nh3
import pytest
from hypothesis import given, settings

from agreements.documents.block_types import Block, Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.html import NoteMode, to_html
from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.documents.text import WORD, to_text
from tests.agreements.documents.documents import DOCUMENTS
from tests.agreements.documents.examples import ASSET, example

MODES: tuple[NoteMode, ...] = ("end", "float", "popover")
TAGS = set(
    "h1 h2 h3 h4 h5 h6 p div span ul ol li blockquote table caption thead tbody tr td th figure img a strong "
    "figcaption em br sup button section details summary".split()
)


def render(document: Document, notes: NoteMode = "end", **options: Any) -> str:
    return str(to_html(document, asset_url=lambda asset: f"/bilder/{asset[:4]}", notes=notes, **options))


def of_body(body: str, heading: str = "", **options: Any) -> str:
    section = FrozenSection("s", 1, clean_heading(heading), body=clean_rich_text(body))
    return render(freeze_sections(AnnexFacts("other", "Titel"), [section]), **options)


def of_block(**block: Any) -> str:
    common = {"id": "b", "lang": None, "confidentiality": None, "party": None}
    document = freeze_sections(AnnexFacts("other", "Titel"), [])
    document["blocks"] = [cast("Block", {**common, **block})]
    return render(document)


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_a_browser_reads_the_html_as_it_is_written(document: Document) -> None:
    for mode in MODES:
        bare = re.sub(r"<([a-z0-9]+)[^>]*>", r"<\1>", render(document, mode))
        read = nh3.clean(bare, tags=TAGS, attributes={}, link_rel=None)
        assert read == bare.replace("\u00a0", "&nbsp;").replace("&#824;", "\u0338")


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_every_word_is_there_in_every_mode(document: Document) -> None:
    wanted = sorted(WORD.findall(re.sub(" \\[[⁰¹²³⁴-⁹]+ ", " [", to_text(document))))
    for mode in MODES:
        joined = re.sub(r"</?(strong|em|a|span lang|span)( (href|lang)=[^>]*)?>", "", render(document, mode))
        found = WORD.findall(unescape(re.sub("<[^>]*>", " ", joined)))
        for word in set(wanted):
            assert found.count(word) >= wanted.count(word), (mode, word)


def test_ids_are_unique_and_have_the_prefix() -> None:
    for mode in MODES:
        html = render(example(), mode, id_prefix="b1-")
        ids = re.findall(' id="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        assert all(id_.startswith("b1-") for id_ in ids)
        assert set(re.findall('(?:href="#|popovertarget="|aria-labelledby=")([^"]*)"', html)) <= set(ids)


def test_headings_have_number_and_level() -> None:
    html = render(example())
    assert '<h2 id="s1"><span class="number">1</span> Inledning<sup' in html
    assert '<h3 id="s2"><span class="number">1.1</span> Åtgärder</h3>' in html
    assert "<h3>Delar</h3>" in html, "a sub-heading comes right below the heading of its section"


def test_headings_go_down_with_the_shift_but_not_below_six() -> None:
    assert '<h4 id="s1">' in render(example(), heading_shift=2)
    assert '<h6 id="s2">' in render(example(), heading_shift=5)


def test_notes_at_the_end_have_ways_to_and_fro() -> None:
    html = of_body("<p>a<sup data-note='<p>b</p><p>c</p>'></sup></p>")
    assert html == (
        '<p>a<sup class="note-ref" id="noteref-1"><a href="#note-1">'
        '<span class="ds-sr-only">Not </span>1</a></sup></p>'
        '<section class="notes"><h2 id="notes">Noter</h2><ul class="note-list">'
        '<li id="note-1"><p><span class="note-number">1</span> b</p>'
        '<p>c <a class="note-back" href="#noteref-1">'
        '<span class="ds-sr-only">Tillbaka till texten vid not 1</span>↩</a></p></li></ul></section>'
    )


def test_notes_in_print_stand_in_the_text_for_the_foot_of_the_page() -> None:
    assert of_body("<p>a<sup data-note='<p>b</p><p>c</p>'></sup></p>", notes="float") == (
        '<p>a<span class="footnote" data-number="1"><span class="note-paragraph">b</span>'
        '<span class="note-paragraph">c</span></span></p>'
    )


def test_notes_on_a_page_open_where_they_stand_without_script() -> None:
    assert of_body("<p>a<sup data-note='<p>b</p>'></sup></p>", notes="popover") == (
        '<p>a<button type="button" class="note-ref" popovertarget="note-1">'
        '<span class="ds-sr-only">Not </span>1</button><span class="note" id="note-1" popover>'
        '<span class="note-paragraph">b</span></span></p>'
    )


def test_a_document_without_notes_has_no_list_of_them() -> None:
    assert "<section" not in of_body("<p>a</p>")


def test_a_table_with_heads_scrolls_and_is_named_by_its_caption() -> None:
    table = "<table><caption>Antal</caption><tr><th>År<th>Antal<tr><th scope=row>2024<td><p>a</p><p>b</p></table>"
    assert of_body(table) == (
        '<div id="s-table-1" class="table-scroll" role="group" tabindex="0" '
        'aria-labelledby="s-table-1-caption">'
        '<table><caption id="s-table-1-caption">Antal</caption>'
        '<thead><tr><th scope="col">År</th><th scope="col">Antal</th></tr></thead>'
        '<tbody><tr><th scope="row">2024</th><td><p>a</p><p>b</p></td></tr></tbody></table></div>'
    )


def test_a_table_without_heads_gets_none() -> None:
    html = of_body("<table><tr><td>a<td>b<tr><td colspan=2>c</table>")
    assert "<th" not in html
    assert 'aria-label="Tabell 1"' in html
    assert '<td colspan="2">c</td>' in html


def test_field_tables_have_heads_of_rows_and_marked_open_points() -> None:
    html = render(example())
    assert '<thead><tr><th scope="col">Fält</th><th scope="col">Arbetsgruppen</th></tr></thead>' in html
    assert '<tr id="field-1"><th scope="row">Mötesfrekvens</th><td class="open-point">Bestäms senare</td></tr>' in html


def test_an_empty_corner_is_no_heading() -> None:
    assert "<thead><tr><td></td><th scope" in of_block(type="field_table", header=["", "Grupp"], rows=[])


def test_item_lists_are_lists_in_lists() -> None:
    inner = '<ol><li id="item-2">Källare</li></ol>'
    assert f'<ol id="items"><li id="item-1">Bostadsinbrott{inner}</li></ol>' in render(example())


def test_a_figure_is_described_named_and_measured() -> None:
    html = render(example())
    assert '<img src="/bilder/abab" alt="Andelen ökar" width="800" height="600"><figcaption>' in html
    assert '<span class="source">Källa: Brå</span></figcaption></figure>' in html


def test_the_values_of_a_figure_are_folded_on_a_page_and_open_in_print() -> None:
    assert '<details class="figure-values"><summary>Visa värdena</summary>' in render(example())
    assert "<details" not in render(example(), "float")
    assert '<div class="figure-values"><table>' in render(example(), "float")


def test_a_figure_without_a_description_says_so() -> None:
    block = {"type": "figure", "asset": ASSET, "alt": "", "caption": "", "source": "", "table": None}
    assert of_block(**block) == f'<figure id="b"><img src="/bilder/{ASSET[:4]}" alt="Bild utan beskrivning"></figure>'


def test_a_contact_can_be_rung_and_written_to() -> None:
    assert (
        '<div id="card" class="contact-card"><p class="contact-function">Samordnare</p>'
        '<p class="contact-organisation">Norrviks kommun</p><ul class="contact-phones"><li>'
        '<span class="contact-label">Växel</span> <a href="tel:+46846500400">08-465 004 00</a></li></ul>'
        '<p class="contact-email"><a href="mailto:samordnare@example.se">samordnare@example.se</a></p></div>'
    ) in render(example())


def test_languages_are_marked() -> None:
    section = FrozenSection("s", 1, "Summary", body="<p>In short.</p>", lang="en")
    html = render(freeze_sections(AnnexFacts("other", "Titel"), [section]))
    assert html == '<h2 id="s" lang="en">Summary</h2><div lang="en"><p>In short.</p></div>'


def test_a_confidentiality_mark_stands_where_it_begins() -> None:
    marked = {"mark": "Sekretess", "ground": "18 kap. 1 § OSL"}
    sections = [
        FrozenSection("a", 1, "A", body="<p>b</p>", confidentiality=marked),  # type: ignore[arg-type]
        FrozenSection("c", 1, "C", body="<p>d</p>"),
    ]
    html = render(freeze_sections(AnnexFacts("other", "Titel"), sections))
    assert html.count("Sekretess 18 kap. 1 § OSL") == 1
    assert html.startswith('<h2 id="a">A</h2><p class="confidentiality">')


HOSTILE = '"><script>alert(1)</script>&'


@pytest.mark.parametrize("mode", MODES)
def test_plain_fields_are_escaped(mode: NoteMode) -> None:
    common = {"lang": None, "confidentiality": None, "party": None}
    card = dict.fromkeys(("id", "name", "function", "organisation", "email"), HOSTILE)
    phone = {"label": HOSTILE, "number": HOSTILE, "display": HOSTILE}
    figure = {"id": "f", "asset": HOSTILE, "alt": HOSTILE, "caption": "", "source": HOSTILE, "table": None}
    heading = {"id": HOSTILE, "level": 1, "number": HOSTILE, "html": "a", "row": None, "lang": HOSTILE}
    marked = {"mark": HOSTILE, "ground": HOSTILE}
    document = freeze_sections(AnnexFacts("other", "Titel"), [])
    document["blocks"] = [
        cast("Block", {**common, "type": "contact_card", **card, "phones": [phone]}),
        cast("Block", {**common, "type": "figure", **figure}),
        cast("Block", {**common, "type": "heading", **heading}),
        cast("Block", {**common, "type": "heading", **heading, "confidentiality": marked}),
    ]
    html = to_html(document, asset_url=str, notes=mode, id_prefix=HOSTILE)
    assert "<script" not in html
    assert html.count("alert(1)") == html.count("&lt;script&gt;alert(1)&lt;/script&gt;")
