"""Real lists: levels, numbers that go on and start anew, broken ones, and lists that only a style makes."""

from __future__ import annotations

import re

import pytest

from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import (
    STYLES,
    Docx,
    abstract,
    docx,
    footnote,
    item,
    level,
    num,
    p,
    picture,
    png,
    style,
    tbl,
    tc,
    tr,
)
from tests.agreements.documents.word_import.oracle import words_of_result

BREAK_START = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def body(*content: str, numbering: str | None = None, styles: str = STYLES) -> str:
    """The body of the only part."""
    source = Docx("".join(content), styles=styles)
    source.numbering = source.numbering if numbering is None else numbering
    (part,) = read_word(source.bytes()).parts
    return part.body


def test_bullets_are_an_unordered_list_and_numbers_an_ordered_one() -> None:
    assert body(item("a"), item("b")) == "<ul><li><p>a</p></li><li><p>b</p></li></ul>"
    assert body(item("a", list_id=2), item("b", list_id=2)) == "<ol><li><p>a</p></li><li><p>b</p></li></ol>"


def test_levels_nest_also_when_one_is_skipped() -> None:
    html = "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"
    assert body(item("a"), item("b", level=1), item("c")) == html
    assert body(item("a"), item("b", level=2), item("c")) == html
    assert body(item("a"), item("b", list_id=3, level=1), item("c")) == html


def test_a_list_that_begins_below_its_first_level_is_a_list() -> None:
    html = body(item("a", level=1), item("b"), item("c", level=1))
    assert html == "<ul><li><p>a</p></li><li><p>b</p><ul><li><p>c</p></li></ul></li></ul>"


def test_numbers_go_on_after_a_paragraph() -> None:
    html = body(item("a", list_id=2), p("Emellan."), item("b", list_id=2))
    assert html == '<ol><li><p>a</p></li></ol><p>Emellan.</p><ol start="2"><li><p>b</p></li></ol>'


def test_lists_of_one_abstract_list_count_together_until_one_starts_anew() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + num(2, 1) + num(4, 1) + num(5, 1, BREAK_START)
    content = [item(text, list_id=n) for text, n in (("a", 2), ("b", 4), ("c", 5))]
    assert body(*content, numbering=numbering) == (
        "<ol><li><p>a</p></li><li><p>b</p></li></ol><ol><li><p>c</p></li></ol>"
    )


def test_a_list_starts_where_it_says() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.", start=4)) + num(2, 1)
    override = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    numbering += num(3, 1, f"{override}</w:lvlOverride>")
    assert body(item("a", list_id=2), numbering=numbering) == '<ol start="4"><li><p>a</p></li></ol>'
    assert body(item("a", list_id=3), numbering=numbering) == "<ul><li><p>a</p></li></ul>"


def test_lower_levels_count_anew_under_each_item() -> None:
    content = [item(text, list_id=2, level=depth) for text, depth in (("a", 0), ("b", 1), ("c", 0), ("d", 1))]
    assert body(*content) == (
        "<ol><li><p>a</p><ol><li><p>b</p></li></ol></li><li><p>c</p><ol><li><p>d</p></li></ol></li></ol>"
    )


def test_lists_in_letters_are_counted_and_reported() -> None:
    numbering = abstract(1, level(0, "lowerLetter", "%1)")) + num(2, 1)
    text = read_word(Docx(item("a", list_id=2) + item("b", list_id=2), numbering=numbering).bytes())
    assert text.parts[0].body == "<ol><li><p>a</p></li><li><p>b</p></li></ol>"
    assert text.report.count("list_numbers") == 1


def test_an_empty_item_keeps_the_numbers_of_the_others() -> None:
    content = [item("a", list_id=2), item("", list_id=2), item("c", list_id=2)]
    assert body(*content) == '<ol><li><p>a</p></li></ol><ol start="3"><li><p>c</p></li></ol>'


def test_a_list_that_the_file_does_not_hold_is_a_bulleted_one() -> None:
    text = read_word(Docx(item("a", list_id=77) + item("b", list_id=77), numbering="").bytes())
    assert text.parts[0].body == "<ul><li><p>a</p></li><li><p>b</p></li></ul>"
    assert text.report.count("broken_list") == 2


def test_list_zero_is_no_list() -> None:
    styles = STYLES + style("Punkt", "Punkt", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>")
    assert body(p("a", style="Punkt"), styles=styles) == "<ul><li><p>a</p></li></ul>"
    assert body(item("a", list_id=0, style="Punkt"), styles=styles) == "<p>a</p>"


def test_text_without_a_sign_under_an_item_belongs_to_it() -> None:
    numbering = abstract(0, level(0)) + abstract(9, level(0, "bullet", " ")) + num(1, 0) + num(9, 9)
    content = [item("a"), item("mer om a", list_id=9), item("b")]
    assert body(*content, numbering=numbering) == ("<ul><li><p>a</p><p>mer om a</p></li><li><p>b</p></li></ul>")
    assert body(p("Text."), item("fristående", list_id=9), numbering=numbering) == "<p>Text.</p><p>fristående</p>"


def test_a_paragraph_set_in_between_two_items_belongs_to_the_first() -> None:
    more = p("mer om a", props='<w:ind w:left="720"/>')
    assert body(item("a", list_id=2), more, item("b", list_id=2)) == (
        "<ol><li><p>a</p><p>mer om a</p></li><li><p>b</p></li></ol>"
    )
    assert body(item("a", list_id=2), more) == "<ol><li><p>a</p></li></ol><p>mer om a</p>"
    assert body(item("a"), more, item("b", list_id=2)).startswith("<ul><li><p>a</p></li></ul><p>mer om a</p>")


def test_a_list_set_in_further_stands_inside_the_item_before() -> None:
    inner = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="1440"/>'
    outer = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr><w:ind w:left="720"/>'
    html = body(p("a", props=outer), p("b", props=inner), p("c", props=inner), p("d", props=outer))
    assert html == "<ol><li><p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul></li><li><p>d</p></li></ol>"


def test_a_list_beside_another_is_another_list() -> None:
    props = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr><w:ind w:left="720"/>'
    html = body(p("a", props=props.format(2)), p("b", props=props.format(1)))
    assert html == "<ol><li><p>a</p></li></ol><ul><li><p>b</p></li></ul>"


def test_styles_of_lists_make_lists_without_any_numbering() -> None:
    content = [p("a", style="ListBullet"), p("b", style="Punktlista2"), p("c", style="ListBullet"),
               p("mer om c", style="ListContinue")]  # fmt: skip
    assert body(*content, numbering="", styles="") == (
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p><p>mer om c</p></li></ul>"
    )
    content = [p(text, style="Numreradlista") for text in "ab"]
    assert body(*content, numbering="", styles="") == "<ol><li><p>a</p></li><li><p>b</p></li></ol>"


def test_a_level_may_be_told_by_its_style() -> None:
    levels = level(0, more='<w:pStyle w:val="P1"/>') + level(1, more='<w:pStyle w:val="P2"/>')
    own = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = style("P1", "P1", own) + style("P2", "P2", own)
    html = body(p("a", style="P1"), p("b", style="P2"), numbering=abstract(0, levels) + num(1, 0), styles=styles)
    assert html == "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"


def test_a_list_may_take_its_levels_from_a_numbering_style() -> None:
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Lista"/></w:abstractNum>'
    real = abstract(6, level(0, "decimal", "%1."))
    styles = style("Lista", "Lista", "<w:pPr><w:numPr><w:numId w:val='8'/></w:numPr></w:pPr>", "numbering")
    html = body(item("a", list_id=7), numbering=link + real + num(7, 5) + num(8, 6), styles=styles)
    assert html == "<ol><li><p>a</p></li></ol>"


def test_a_picture_in_an_item_stands_between_the_items() -> None:
    source = Docx(item("a", picture("rId9", "Karta"), list_id=2) + item("b", list_id=2), media={"rId9": png()})
    html = read_word(source.bytes()).parts[0].body
    assert html.startswith("<ol><li><p>a</p></li></ol><figure ")
    assert html.endswith('</figure><ol start="2"><li><p>b</p></li></ol>')


def test_numbers_that_word_does_not_count_stay_in_the_text() -> None:
    text = read_word(docx(p("1. Första"), p("2. Andra"), p("a) Tredje")))
    assert text.parts[0].body == "<p>1. Första</p><p>2. Andra</p><p>a) Tredje</p>"
    assert text.report.count("typed_list_numbers") == 3


@pytest.mark.parametrize("fmt", ["lowerLetter", "upperRoman", "decimalZero", "chineseCounting"])
def test_a_list_that_begins_beyond_all_counting_takes_no_time(fmt: str) -> None:
    numbering = abstract(0, level(0, fmt, "%1)", 10**15)) + num(1, 0)
    text = read_word(Docx(item("ett") + item("två"), numbering=numbering).bytes())
    assert words_of_result(text) == ["ett", "två"]


def test_a_list_goes_on_through_the_cells_of_a_table() -> None:
    table = tbl(tr(tc(item("b", list_id=2)), "x"), tr(tc(item("c", list_id=2)), "y"))
    html = body(item("a", list_id=2), table, item("d", list_id=2))
    assert [start or "1" for start in re.findall(r'<ol(?: start="(.)")?>', html)] == ["1", "2", "3", "4"]


def test_notes_do_not_count_in_the_lists_of_the_text() -> None:
    note = f'<w:footnote w:id="2">{item("not", list_id=2)}</w:footnote>'
    source = Docx(p("Text", footnote(2)) + item("a", list_id=2), footnotes=note)
    assert read_word(source.bytes()).parts[0].body.endswith("<ol><li><p>a</p></li></ol>")


def test_a_picture_for_a_bullet_is_a_bullet() -> None:
    numbering = abstract(0, level(0, text="", more='<w:lvlPicBulletId w:val="0"/>')) + num(1, 0)
    assert body(item("a"), item("b"), numbering=numbering) == "<ul><li><p>a</p></li><li><p>b</p></li></ul>"


@pytest.mark.parametrize(
    ("fmt", "label", "first", "second"),
    [("decimal", "Mål %1:", "Mål 1:", "Mål 2:"), ("none", "OBS!", "OBS!", "OBS!"), ("bullet", "Obs:", "Obs:", "Obs:")],
)
def test_words_that_a_list_sets_before_its_items_are_not_lost(fmt: str, label: str, first: str, second: str) -> None:
    numbering = abstract(0, level(0, fmt, label)) + num(1, 0)
    text = read_word(Docx(item("tryggare torg") + item("färre brott"), numbering=numbering).bytes())
    assert text.parts[0].body == f"<p>{first} tryggare torg</p><p>{second} färre brott</p>"
    assert text.report.count("list_labels") == 2


def test_a_legal_number_is_written_in_digits() -> None:
    levels = level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Heading1"/>')
    levels += level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Heading2"/><w:isLgl/>')
    numbered = "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr><w:outlineLvl w:val='{}'/></w:pPr>"
    styles = style("Heading1", "heading 1", numbered.format(0)) + style("Heading2", "heading 2", numbered.format(1))
    content = p("Mål", style="Heading1") + p("Delmål", style="Heading2") + p("Text.")
    parts = read_word(Docx(content, styles=styles, numbering=abstract(7, levels) + num(5, 7)).bytes()).parts
    assert [part.typed_number for part in parts] == ["I", "1.1"]
