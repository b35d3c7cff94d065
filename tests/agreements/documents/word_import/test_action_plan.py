"""The sheet of an action plan is told from other tables; its labels and words stay as they are."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.action_plan import SheetProposal, SheetValue, find_sheet
from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import docx, p, tbl, tr
from tests.agreements.documents.word_import.oracle import plain, words

LABELS = [
    ("Mål och syfte", "goal"),
    ("Löptid:", "period"),
    ("Mötesfrekvens", "meeting_frequency"),
    ("Sammankallande", "convener"),
    ("Kommunens kontakt", "municipality_contact"),
    ("Stadsdelsförvaltningens övriga deltagare", "municipality_participants"),
    ("Stadsdelsförvaltningens åtagande", "municipality_commitment"),
    ("Polisen kontakt", "police_contact"),
    ("Polisens övriga deltagare", "police_participants"),
    ("Polisens åtaganden", "police_commitment"),
    ("Övriga deltagare", "other_participants"),
    ("Finansiering", "funding"),
    ("Kommunikation", "communication"),
    ("Uppföljning", "follow_up"),
]
AREA = tbl(tr("Övergripande mål och syfte", "Färre inbrott."), tr("Lägesbild", "Inbrotten har ökat."))
GROUPS = tbl(
    tr("Inbrott", "Grannsamverkan", "Ronder", props="<w:tblHeader/>"),
    *(tr(label, f"a{n}", f"b{n}") for n, (label, _) in enumerate(LABELS)),
)


def body(*content: str) -> str:
    """The body of a file with these blocks."""
    (part,) = read_word(docx(*content)).parts
    return part.body


def sheet(*content: str) -> SheetProposal:
    """The sheet in a file with these blocks."""
    found = find_sheet(body(*content))
    assert found is not None
    return found


def test_fields_of_the_area_and_of_each_group() -> None:
    found = sheet(p("Inledning."), AREA, p(), GROUPS, p("Efter."))
    assert [(f.key, f.label, f.values) for f in found.area_fields] == [
        ("overall_goal", "Övergripande mål och syfte", (SheetValue("<p>Färre inbrott.</p>"),)),
        ("situational_picture", "Lägesbild", (SheetValue("<p>Inbrotten har ökat.</p>"),)),
    ]
    assert found.header == ("Inbrott", "Grannsamverkan", "Ronder")
    assert [(field.label, field.key) for field in found.rows] == LABELS
    assert found.rows[3].values == (SheetValue("<p>a3</p>"), SheetValue("<p>b3</p>"))
    assert found.rest == "<p>Inledning.</p><p>Efter.</p>"


def test_one_table_may_hold_both() -> None:
    found = sheet(
        tbl(tr("Övergripande mål", "x"), tr("Lägesbild", "y"), tr("Plan", "Grupp"), *(tr(a, "v") for a, _ in LABELS))
    )
    assert [field.key for field in found.area_fields] == ["overall_goal", "situational_picture"]
    assert found.header == ("Plan", "Grupp")
    assert len(found.rows) == len(LABELS)


def test_a_sheet_without_a_header_row() -> None:
    found = sheet(tbl(*(tr(label, "v") for label, _ in LABELS[:5])))
    assert found.header == ()
    assert [field.key for field in found.rows] == [key for _, key in LABELS[:5]]


def test_a_heading_over_all_columns_and_short_rows() -> None:
    merged = tr('<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>' + p("Inbrott") + "</w:tc>", props="<w:tblHeader/>")
    found = sheet(tbl(merged, *(tr(label, "a", "b") for label, _ in LABELS[:4]), tr("Eget fält", "c")))
    assert found.header == ("Inbrott", "", "")
    assert (found.rows[4].label, found.rows[4].key) == ("Eget fält", "")
    assert [value.html for value in found.rows[4].values] == ["<p>c</p>", ""]


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("Bestäms senare", True),
        ("Tas ställning till senare.", True),
        ("Beslutas av styrgruppen senare", True),
        ("Ännu inte bestämt", True),
        ("Inom ordinarie budget", False),
        ("Bestäms av styrgruppen i mars", False),
        ("Möten hålls varje månad, resten bestäms senare", False),
        ("", False),
    ],
)
def test_what_is_to_be_decided_is_open_and_keeps_its_words(text: str, is_open: bool) -> None:
    found = sheet(tbl(*(tr(label, text) for label, _ in LABELS[:4])))
    assert found.rows[0].values == (SheetValue(f"<p>{text}</p>" if text else "", is_open),)


@pytest.mark.parametrize(
    "tables",
    [
        [tbl(tr("Roll", "Telefon"), tr("Kommunpolis", "070-174 06 05"))],
        [tbl(tr("Kommunikation", "Ansvarig"), tr("Webbplats", "Kommunen"), tr("Press", "Polisen"))],
        [tbl(tr("Lägesbild", "a", "b"), tr("c", "d", "e"))],
        [],
    ],
)
def test_other_tables_are_no_sheets(tables: list[str]) -> None:
    assert find_sheet(body(p("Text."), *tables)) is None


def test_a_table_of_another_kind_stays_in_the_rest() -> None:
    other = tbl(tr("Roll", "Telefon"), tr("Kommunpolis", "112"))
    assert sheet(GROUPS, other).rest.startswith("<table>")


def test_every_word_is_in_the_sheet_or_in_the_rest() -> None:
    html = body(p("Före."), AREA, p("Mellan."), GROUPS, tbl(tr("x", "y"), tr("z", "w")))
    found = find_sheet(html)
    assert found is not None
    fields = [*found.area_fields, *found.rows]
    pieces = [*found.header, found.rest, *(text for f in fields for text in (f.label, *(v.html for v in f.values)))]
    assert sorted(words(plain(" ".join(pieces)))) == sorted(words(plain(html)))
