"""The checker: each thing found with its place and its weight, and nothing found where there is nothing."""

from typing import Any

import pytest

from agreements.documents.block_types import Document
from agreements.documents.checker import ERRORS, MESSAGES, Code, Severity, findings
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.sanitise import clean_heading, clean_rich_text
from tests.agreements.documents.examples import ASSET, FACTS, example, typed_blocks

PICTURE = "situational_picture"


def _document(body: str = "", heading: str = "Inledning", kind: str = PICTURE, **section: Any) -> Document:
    facts = AnnexFacts(kind, "Titel", assets=FACTS.assets)
    one = FrozenSection("s1", 1, clean_heading(heading), body=clean_rich_text(body), **section)
    return freeze_sections(facts, [one])


def _found(document: Document, **options: Any) -> list[tuple[str, str]]:
    return [(finding.code, finding.quote) for finding in findings(document, **options)]


def test_a_sound_text_has_only_its_open_point() -> None:
    assert _found(example()) == [("open_point", "Mötesfrekvens")]


def test_every_code_has_a_sentence_and_a_weight() -> None:
    assert set(MESSAGES) == set(Code)
    assert ERRORS <= set(Code)


def test_an_error_stops_and_a_warning_does_not() -> None:
    found = findings(_document("<p>880320-0016, ring 070-174 06 05</p>"))
    assert [finding.severity for finding in found] == [Severity.ERROR, Severity.WARNING]
    assert {finding.section_id for finding in found} == {"s1"}
    assert "personnummer" in str(found[0].message)


def test_required_sections_must_have_a_text_of_their_own_or_below_them() -> None:
    sections = [
        FrozenSection("a", 1, "Inledning"),
        FrozenSection("b", 2, "Syfte", body="<p>Text</p>"),
        FrozenSection("c", 1, "Brott"),
        FrozenSection("d", 1, "Områden", blocks=typed_blocks()),
        FrozenSection("e", 1, "Trygghet"),
        FrozenSection("f", 2, "Oro"),
    ]
    headings = {"a": "Inledning", "c": "Brott", "d": "Områden", "e": "Trygghet", "x": "Utelämnad"}
    found = findings(freeze_sections(FACTS, sections), required=headings)
    empty = [(finding.section_id, finding.quote) for finding in found if finding.code == Code.EMPTY_SECTION]
    assert empty == [("c", "Brott"), ("e", "Trygghet"), ("x", "Utelämnad")]


def test_rows_are_a_text_too() -> None:
    area = {
        "type": "heading", "id": "row", "level": 2, "number": "1", "html": "Inbrott", "row": "priority_area",
        "lang": None, "confidentiality": None, "party": None,
    }  # fmt: skip
    document = freeze_sections(FACTS, [FrozenSection("a", 1, "Områden", blocks=[area])])  # type: ignore[list-item]
    assert _found(document, required={"a": "Områden"}) == []


@pytest.mark.parametrize(
    ("levels", "jumps"),
    [([1, 2, 3, 1, 2], []), ([1, 3], ["s1"]), ([2], ["s0"]), ([1, 2, 1, 3, 3], ["s3"]), ([1, 3, 2], ["s1"])],
)
def test_heading_jumps_are_found(levels: list[int], jumps: list[str]) -> None:
    sections = [FrozenSection(f"s{n}", level, "A", body="<p>a</p>") for n, level in enumerate(levels)]
    found = findings(freeze_sections(FACTS, sections))
    assert [finding.section_id for finding in found] == jumps
    assert all(finding.code == Code.HEADING_JUMP for finding in found)


@pytest.mark.parametrize(("alt", "count"), [("", 1), ("En karta", 0)])
def test_pictures_need_a_description(alt: str, count: int) -> None:
    body = f'<figure data-asset="{ASSET}" data-alt="{alt}"><figcaption>Figur 1</figcaption></figure>'
    assert _found(_document(body)) == [("alternative_text", "Figur 1")] * count


@pytest.mark.parametrize(
    "body",
    [
        "<p>{}</p>",
        "<ul><li>{}</li></ul>",
        "<p>a<sup data-note='<p>{}</p>'></sup></p>",
        "<table><caption>{}</caption><tr><td>a</td></tr></table>",
        "<table><tr><td>a</td><td>{}</td></tr></table>",
        "<blockquote><p>{}</p></blockquote>",
        "<p><strong>{}</strong></p>",
        '<figure data-asset="' + ASSET + '" data-alt="{}"></figure>',
        '<figure data-asset="' + ASSET + '" data-alt="a" data-source="{}"></figure>',
        '<figure data-asset="' + ASSET + '" data-alt="a"><table><tr><td>{}</td></tr></table></figure>',
    ],
)
def test_numbers_are_found_wherever_text_stands(body: str) -> None:
    assert _found(_document(body.format("5000-K123456-20"), kind="action_plan")) == [
        ("crime_report", "5000-K123456-20")
    ]


def test_a_number_in_a_heading_or_a_typed_row_is_found() -> None:
    assert _found(_document(heading="Om 880320-0016")) == [("personal_number", "880320-0016")]
    typed = typed_blocks()
    typed[0]["rows"][0]["cells"][0] = {"html": "<p>Ring 070-174 06 05</p>", "open": False}
    typed[1]["items"][0]["html"] = "Se 2200-K1276-14"
    found = _found(_document(blocks=typed))
    assert found == [("private_phone", "070-174 06 05"), ("crime_report", "2200-K1276-14")]


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("tel:+46701740605", [("private_phone", "+46701740605")]),
        ("tel:070-174%2006%2005", [("private_phone", "070-174 06 05")]),
        ("mailto:a@example.se", [("email", "a@example.se")]),
        ("mailto:a%40example.se?cc=b@example.se", [("email", "a@example.se"), ("email", "b@example.se")]),
        (
            "mailto:a@example.se?subject=880320-0016&amp;body=Hej",
            [("personal_number", "880320-0016"), ("email", "a@example.se")],
        ),
        ("tel:112", []),
        ("tel:11414", []),
        ("tel:+46771414400", []),
        ("https://example.se/880320-0016?till=a@example.se", []),
    ],
)
@pytest.mark.parametrize("body", ["<p>Se <a href='{}'>här</a>.</p>", "<p>a<sup data-note='{note}'></sup></p>"])
def test_whom_a_link_writes_to_or_rings_is_a_text_too(body: str, link: str, found: list[tuple[str, str]]) -> None:
    note = f'<p><a href="{link}">här</a></p>'.replace("&amp;", "&amp;amp;").replace("<", "&lt;").replace('"', "&quot;")
    assert _found(_document(body.format(link, note=note))) == found


def test_a_link_whose_words_are_its_address_is_found_once() -> None:
    assert _found(_document('<p><a href="mailto:a@example.se">a@example.se</a></p>')) == [("email", "a@example.se")]


@pytest.mark.parametrize("name", ["title", "subtitle", "scope"])
@pytest.mark.parametrize(
    ("words", "codes", "elsewhere"),
    [
        ("Kv. 880320-0016", ["personal_number"], ["personal_number"]),
        ("Ring 070-174 06 05", ["private_phone"], ["private_phone"]),
        ("Storgatan 12", ["street_address"], []),
        ("a@example.se", ["email"], []),
        ("Se 5000-K123456-20", ["crime_report"], ["crime_report"]),
        ("Norrvik, KS-2018/451.181, org.nr 219900-1179, brottskod 0355–0358, 2024–2026", [], []),
    ],
)
def test_what_is_said_of_the_annex_is_looked_at_and_leads_to_its_own_page(
    name: str, words: str, codes: list[str], elsewhere: list[str]
) -> None:
    document = {**_document("<p>Text.</p>"), name: words}
    found = findings(document)  # type: ignore[arg-type]
    assert [finding.code for finding in found] == codes
    assert all(finding.is_in_head for finding in found)
    plan = {**document, "kind": "action_plan"}
    assert [finding.code for finding in findings(plan)] == elsewhere  # type: ignore[arg-type]


def test_numbers_do_not_run_together_over_cells_and_paragraphs() -> None:
    body = "<table><tr><td>880320</td><td>0016</td></tr></table><p>070</p><p>174 06 05</p>"
    assert _found(_document(body, kind="other")) == []


def test_contacts_may_have_phones_and_addresses() -> None:
    assert _found(_document(blocks=typed_blocks()[2:])) == []


def test_mail_and_street_addresses_are_asked_about_in_a_situational_picture_only() -> None:
    body = "<p>Skriv till a@example.se om Storgatan 12.</p>"
    assert _found(_document(body)) == [("email", "a@example.se"), ("street_address", "Storgatan 12")]
    assert _found(_document(body, kind="communication_plan")) == []


def _table(*rows: tuple[str, ...], head: tuple[str, ...] = ()) -> str:
    heads = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{heads}</tr>{body}</table>" if heads else f"<table>{body}</table>"


@pytest.mark.parametrize(
    ("table", "quotes"),
    [
        (_table(("Hot", "3"), ("Rån", "12"), head=("Brott", "Antal")), ["Hot: 3"]),
        (_table(("Hot", "1", "4"), head=("Brott", "2024", "2025")), ["Hot: 1", "Hot: 4"]),
        (_table(("Hot", "0"), ("Rån", "5"), ("Stöld", "14"), head=("Brott", "Antal")), []),
        (_table(("Hot", "3 %"), ("Rån", "3,5"), ("Stöld", "1–4"), head=("Brott", "Andel")), []),
        (_table(("1", "Inbrott"), ("2", "Unga"), ("3", "Platser"), head=("", "Område")), []),
        (_table(("Inbrott", "1"), ("Unga", "2"), head=("Område", "Prioritet")), []),
        (_table(("Hot", "2"), head=("Brott", "Kvartal")), []),
        (_table(("1", "3"), ("2", "9"), head=("Nr", "Antal")), ["1: 3"]),
        (
            _table(("Hot", "2 st"), ("Rån", "3 st."), ("Stöld", "4 personer"), head=("Brott", "2025")),
            ["Hot: 2 st", "Rån: 3 st.", "Stöld: 4 personer"],
        ),
        (
            _table(("Hot", "2 (4 %)"), ("Rån", "3 (1,5%)"), head=("Brott", "Antal (andel)")),
            ["Hot: 2 (4 %)", "Rån: 3 (1,5%)"],
        ),
        (_table(("Hot", "2 (4 %)"), head=("Brott", "Andel %")), ["Hot: 2 (4 %)"]),
        (_table(("Hot", "4"), ("Rån", "3"), head=("Brott", "Andel %")), []),
        (_table(("Hot", "4", "2"), head=("Brott", "Andelen otrygga", "Förändring i procent")), []),
        (_table(("Hot", "4"), head=("Brott", "Antal (andel %)")), ["Hot: 4"]),
        (_table(("Hot", "3"), head=("Brott", "Antal per månad")), ["Hot: 3"]),
        (_table(("Torget", "3"), head=("Plats", "Antal brott per plats")), ["Torget: 3"]),
        (_table(("Torget", "3"), head=("Plats", "Plats i ordningen")), []),
        (_table(("Antal", "4"), ("Andel (%)", "3"), head=("", "2025")), ["Antal: 4"]),
        (_table(("Hot", "12 st"), ("Rån", "22 (4 %)"), ("Stöld", "2 stationer"), head=("Brott", "Antal")), []),
    ],
)
def test_small_counts_in_tables_of_a_situational_picture_are_found(table: str, quotes: list[str]) -> None:
    assert _found(_document(table)) == [("small_count", quote) for quote in quotes]
    assert _found(_document(table, kind="action_plan")) == []


def test_small_counts_in_running_text_are_let_alone() -> None:
    assert _found(_document("<p>Fyra områden, 3 skolor och 2 torg.</p>")) == []


def test_small_counts_in_the_values_of_a_figure_are_found() -> None:
    values = _table(("Hot", "3"), head=("Brott", "Antal"))
    assert _found(_document(f'<figure data-asset="{ASSET}" data-alt="a">{values}</figure>')) == [
        ("small_count", "Hot: 3")
    ]


@pytest.mark.parametrize("words", ["Bestäms senare", "Tas ställning till senare", "bestäms senare.", "Ej beslutat"])
def test_open_points_in_tables_from_word_are_found(words: str) -> None:
    document = _document(_table(("Mötesfrekvens", words), ("Löptid", "2026")), kind="action_plan")
    assert _found(document) == [("open_point", "Mötesfrekvens")]


@pytest.mark.parametrize("words", ["", "Detta bestäms senare av styrgruppen i maj", "Vid behov"])
def test_empty_and_decided_fields_are_no_open_points(words: str) -> None:
    assert _found(_document(_table(("Mötesfrekvens", words)), kind="action_plan")) == []


def test_the_same_thing_twice_in_a_section_is_one_finding() -> None:
    assert len(findings(_document("<p>070-174 06 05</p><p>070-174 06 05</p>"))) == 1


def test_a_section_without_a_heading_is_told_by_its_parts() -> None:
    sections = [
        FrozenSection("a", 1, "A", body="<p>a</p>"),
        FrozenSection("b", 1, "", body="<p>070-174 06 05</p>"),
    ]
    (finding,) = findings(freeze_sections(FACTS, sections))
    assert finding.section_id == "b"
