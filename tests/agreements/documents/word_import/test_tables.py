"""Tables that hold facts stay tables, tables that arrange text become paragraphs, merged cells are one."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordText
from tests.agreements.documents.word_import.docx import (
    NO_LINES,
    STYLES,
    Docx,
    bold,
    docx,
    item,
    p,
    picture,
    png,
    r,
    sdt,
    style,
    tbl,
    tc,
    tr,
)
from tests.agreements.documents.word_import.oracle import words_of_result

HEADER = "<w:tblHeader/>"
LONG = "Det här är en längre text som står i en spalt bredvid en annan, så som i ett brevhuvud eller en folder. " * 2


def read(*content: str, styles: str = STYLES, media: dict[str, bytes] | None = None) -> WordText:
    """A file with these blocks."""
    return read_word(Docx("".join(content), styles=styles, media=media or {}).bytes())


def body(*content: str) -> str:
    """The body of the first part."""
    return read(*content).parts[0].body


def test_a_plain_table_has_rows_of_cells() -> None:
    assert body(tbl(tr("a", "b"), tr("c", "d"))) == (
        "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr>"
        "<tr><td><p>c</p></td><td><p>d</p></td></tr></tbody></table>"
    )


def test_rows_that_the_file_repeats_are_the_head() -> None:
    html = body(tbl(tr("a", "b", props=HEADER), tr("c", "d", props=HEADER), tr("e", "f")))
    assert html.count("<th ") == 4
    assert '<th scope="col"><p>a</p></th>' in html


def test_a_first_row_set_off_by_the_style_or_in_bold_is_the_head() -> None:
    look = '<w:tblStyle w:val="Rutnät"/><w:tblLook w:val="0020" w:firstRow="1"/>'
    styles = STYLES + style(
        "Rutnät", "Rutnät", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>', "table"
    )
    rows = [tr("Roll", "Ansvar"), tr("Kommunpolis", "Kontakt")]
    assert "<thead>" in read(tbl(*rows, props=look), styles=styles).parts[0].body
    assert "<thead>" not in read(tbl(*rows, props=look)).parts[0].body
    html = body(tbl(tr(p(bold("Roll")), p(bold("Ansvar"))), rows[1]))
    assert '<thead><tr><th scope="col"><p>Roll</p></th>' in html


def test_a_bold_first_column_holds_row_headings() -> None:
    html = body(tbl(tr(p(bold("Löptid")), "2020"), tr(p(bold("Möten")), "Varje månad")))
    assert '<th scope="row"><p>Löptid</p></th><td><p>2020</p></td>' in html


def test_merged_cells_are_one() -> None:
    restart, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    html = body(
        tbl(
            tr(tc("a", props='<w:gridSpan w:val="2"/>'), "b"),
            tr(tc("c", props=restart), "d", "e"),
            tr(tc("", props=more), "f", "g"),
            tr("h", "i", "j"),
        )
    )
    assert '<td colspan="2"><p>a</p></td>' in html
    assert '<td rowspan="2"><p>c</p></td>' in html
    assert html.count("<td") == 10


def test_words_in_a_cell_that_is_merged_away_are_kept() -> None:
    html = body(
        tbl(tr(tc("synligt", props='<w:vMerge w:val="restart"/>'), "b"), tr(tc("dolt", props="<w:vMerge/>"), "c"))
    )
    assert '<td rowspan="2"><p>synligt</p><p>dolt</p></td>' in html


def test_old_horizontal_merges_are_one_cell() -> None:
    row = tr(tc("a", props='<w:hMerge w:val="restart"/>'), tc("", props="<w:hMerge/>"), "b")
    assert '<td colspan="2"><p>a</p></td>' in body(tbl(row, tr("c", "d", "e")))


def test_rows_that_begin_late_are_filled_up() -> None:
    html = body(tbl(tr("a", "b"), tr("c", props='<w:gridBefore w:val="1"/>')))
    assert "<tr><td></td><td><p>c</p></td></tr>" in html


def test_cells_and_rows_may_lie_in_content_controls() -> None:
    rows = (tr("a", "b"), sdt(tr("c", sdt(tc("d")))))
    assert "<tr><td><p>c</p></td><td><p>d</p></td></tr>" in body(tbl(*rows))


# Layout


@pytest.mark.parametrize(
    "table",
    [
        tbl(tr("Ruta")),
        tbl(tr("Ruta"), tr("Under")),
        tbl(tr(LONG, LONG), borders=""),
        tbl(tr("Vänster", "Höger"), borders=NO_LINES),
        tbl(tr("a", tc(p("b"), p("c"))), tr("d", "e"), borders=""),
        tbl(tr(LONG, LONG), tr(LONG, LONG), borders=NO_LINES),
        tbl(tr(tc(item("Punkt")), "b"), tr("c", "d"), tr("e", "f"), borders=NO_LINES),
    ],
)
def test_tables_that_only_arrange_text_become_paragraphs(table: str) -> None:
    text = read(p("Före."), table, p("Efter."))
    assert "<table>" not in text.parts[0].body
    assert text.report.count("layout_table") == 1


@pytest.mark.parametrize(
    "table",
    [
        tbl(tr("Kommunpolis", "070-174 06 05"), tr("Säkerhetschef", "070-174 06 06"), borders=""),
        tbl(*(tr(f"Roll {n}", "Namn") for n in range(3)), borders=NO_LINES),
        tbl(tr("a", "b", props=HEADER), tr(LONG, LONG), borders=NO_LINES),
        tbl(tr(LONG, LONG)),
        tbl(tr("Roll", props=HEADER), tr("Kommunpolis")),
        tbl(tr(tc("a", props='<w:shd w:fill="D9E2F3"/>'), "b"), borders=NO_LINES),
    ],
)
def test_tables_that_hold_facts_stay_tables(table: str) -> None:
    text = read(table)
    assert "<table>" in text.parts[0].body
    assert text.report.count("layout_table") == 0


def test_headings_in_a_layout_table_are_headings() -> None:
    text = read(tbl(tr(tc(p("Bakgrund", style="Heading1"), p("Text.")))))
    assert [(part.level, part.heading, part.body) for part in text.parts] == [(1, "Bakgrund", "<p>Text.</p>")]


def test_headings_in_a_real_table_are_bold() -> None:
    text = read(tbl(tr(tc(p("Ansvar", style="Heading2")), "b"), tr("c", "d")))
    assert "<td><p><strong>Ansvar</strong></p></td>" in text.parts[0].body
    assert text.report.count("heading_in_cell") == 1


def test_a_table_in_a_table_becomes_paragraphs_of_its_cell() -> None:
    inner = tbl(tr("x", "y"), tr("z", "w"))
    text = read(tbl(tr(tc(p("före"), inner, p("efter")), "b"), tr("c", "d")))
    assert "<td><p>före</p><p>x</p><p>y</p><p>z</p><p>w</p><p>efter</p></td>" in text.parts[0].body
    assert text.report.count("nested_table") == 1


def test_a_picture_in_a_cell_stands_after_the_table() -> None:
    text = read(tbl(tr(tc(p("a", picture("rId9", "Karta"))), "b"), tr("c", "d")), media={"rId9": png()})
    html = text.parts[0].body
    assert html.index("</table>") < html.index('<figure data-alt="Karta"')
    assert text.report.count("moved_picture") == 1


def test_a_caption_before_a_table_is_its_caption_and_after_it_a_paragraph() -> None:
    table, caption = tbl(tr("a", "b"), tr("c", "d")), p("Tabell 1: Kontakter", style="Caption")
    assert body(caption, table).startswith("<table><caption>Tabell 1: Kontakter</caption>")
    assert body(table, caption).endswith("</table><p><em>Tabell 1: Kontakter</em></p>")


def test_two_tables_beside_each_other_stay_two() -> None:
    assert body(tbl(tr("a", "b"), tr("c", "d")), p(), tbl(tr("e", "f"), tr("g", "h"))).count("<table>") == 2


@pytest.mark.parametrize("table", [tbl(), tbl(tr("", ""), tr("", ""))])
def test_an_empty_table_leaves_nothing(table: str) -> None:
    assert read_word(docx(p("Text."), table, p("Mer."))).parts[0].body == "<p>Text.</p><p>Mer.</p>"


def test_rows_in_an_alternative_are_read_once() -> None:
    row = tr("Torget", "12")
    either = f'<mc:AlternateContent><mc:Choice Requires="w14">{row}</mc:Choice><mc:Fallback>{row}</mc:Fallback>'
    assert words_of_result(read_word(docx(tbl(either + "</mc:AlternateContent>", tr("Parken", "7"))))) == [
        "Torget", "12", "Parken", "7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        tbl(tr("Torget"), p("löst")),
        tbl(tr("Torget"), tc("löst")),
        tbl(f"<w:tr>{tc('Torget')}{p('löst')}</w:tr>"),
        tbl(f"<w:tr>{tc('Torget')}{r('löst')}</w:tr>"),
        tbl(tr("Torget"), f"<w:okänt>{tr('löst')}</w:okänt>"),
        tbl(tr("Torget"), "<w:t>löst</w:t>"),
    ],
)
def test_words_beside_the_cells_of_a_table_come_in_and_are_reported(table: str) -> None:
    text = read_word(docx(table, p("slut")))
    assert words_of_result(text) == ["Torget", "löst", "slut"]
    assert text.report.count("unknown_element")


def test_a_cell_that_nobody_has_filled_in_keeps_the_columns() -> None:
    unfilled = sdt(tc("Skriv här"), "<w:showingPlcHdr/>")
    text = read(tbl(f"<w:tr>{tc('Mål')}{unfilled}{tc('2026')}</w:tr>", tr("a", "b", "c")))
    assert "<tr><td><p>Mål</p></td><td></td><td><p>2026</p></td></tr>" in text.parts[0].body
    assert [line.place for line in text.report.lines if line.what == "placeholder"] == ["Skriv här"]


def test_the_description_of_a_table_is_named() -> None:
    props = '<w:tblCaption w:val="Kontakter"/><w:tblDescription w:val="Vem som svarar på vad"/>'
    text = read(tbl(tr("a", "b"), tr("c", "d"), props=props))
    places = [line.place for line in text.report.lines if line.what == "table_description"]
    assert places == ["Kontakter", "Vem som svarar på vad"]
    said = read(p("Tabell 1: Kontakter", style="Caption"), tbl(tr("a", "b"), tr("c", "d"), props=props))
    assert [line.place for line in said.report.lines if line.what == "table_description"] == ["Vem som svarar på vad"]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["Roll\tNamn", "Kommunpolis\tAnna"], 2),
        (["Roll\t\tNamn\tOrt", "a\tb\t c", "Text.", "d\te\tf"], 2),
        (["Roll\tNamn"], 0),
        (["Roll\tNamn", "a\tb\tc"], 0),
        (["1.\tFörst", "2.\tSedan", "–\tVidare", "2.1\tSist"], 0),
        (["\tSet in", "\tSet in too\t"], 0),
        (["1.\ta\tb", "2.\tc\td"], 2),
    ],
)
def test_lines_with_columns_made_by_tabs_are_paragraphs_and_counted(lines: list[str], count: int) -> None:
    text = read(*map(p, lines))
    assert "<table>" not in text.parts[0].body
    assert text.report.count("tab_rows") == count
