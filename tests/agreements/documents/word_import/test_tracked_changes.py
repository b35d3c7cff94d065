"""Tracked changes come in as accepted."""

from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import Docx, docx, footnote, gone, ins, item, p, r, tbl, tc, tr


def body(*content: str) -> str:
    """The body of the only part."""
    (part,) = read_word(docx(*content)).parts
    return part.body


def test_insertions_stay_and_deletions_go() -> None:
    text = read_word(docx(p(r("Möten hålls "), ins(r("fyra")), gone("två"), r(" gånger."))))
    assert text.parts[0].body == "<p>Möten hålls fyra gånger.</p>"
    assert (text.report.count("insertions"), text.report.count("deletions")) == (1, 1)


def test_what_was_inserted_and_then_deleted_is_gone() -> None:
    assert body(p(r("Kvar"), ins(gone(" borta")))) == "<p>Kvar</p>"


def test_moved_text_stands_where_it_was_moved_to() -> None:
    moved_away = gone("Flyttad.", "w:moveFrom").replace("delText", "t")
    moved_here = '<w:moveTo w:id="1" w:author="A">' + r("Flyttad.") + "</w:moveTo>"
    assert body(p(r("Först. "), moved_away), p(r("Sedan. "), moved_here)) == "<p>Först.</p><p>Sedan. Flyttad.</p>"


def test_a_deleted_paragraph_mark_joins_with_the_next_paragraph() -> None:
    assert body(p("Samverkan ", mark='<w:del w:id="1"/>'), p("fortsätter.")) == "<p>Samverkan fortsätter.</p>"


def test_the_joined_paragraph_is_what_its_mark_says() -> None:
    (part,) = read_word(docx(p("Bak", mark='<w:del w:id="1"/>'), p("grund", style="Heading1"), p("Text."))).parts
    assert (part.heading, part.body) == ("Bakgrund", "<p>Text.</p>")


def test_a_deleted_paragraph_leaves_nothing() -> None:
    assert body(p("Ett."), p(gone("Två."), mark='<w:del w:id="1"/>'), p("Tre.")) == "<p>Ett.</p><p>Tre.</p>"


def test_a_deleted_mark_before_a_table_or_at_the_end_ends_the_paragraph() -> None:
    joined = p("Före", mark='<w:del w:id="1"/>')
    assert body(joined, tbl(tr("a", "b"))).startswith("<p>Före</p><table>")
    assert body(joined) == "<p>Före</p>"


def test_a_deleted_item_takes_its_number_along() -> None:
    deleted = item(gone("B"), list_id=2).replace("</w:pPr>", '<w:rPr><w:del w:id="1"/></w:rPr></w:pPr>')
    assert body(item("A", list_id=2), deleted, item("C", list_id=2)) == "<ol><li><p>A</p></li><li><p>C</p></li></ol>"


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_stay() -> None:
    rows = (
        tr("a", "b"),
        tr("c", "d", props='<w:del w:id="1"/>'),
        tr("e", "f", props='<w:ins w:id="2"/>'),
        tr("g", tc("x", props='<w:cellDel w:id="3"/>'), "h"),
    )
    html = body(tbl(*rows))
    assert [cell in html for cell in ("<p>c</p>", "<p>x</p>", "<p>e</p>", "<p>h</p>")] == [False, False, True, True]


def test_old_properties_of_a_change_are_not_read() -> None:
    before = "<w:rPrChange w:id='1' w:author='A'><w:rPr><w:b/></w:rPr></w:rPrChange>"
    assert body(p(r("Rak text.", before))) == "<p>Rak text.</p>"
    style_before = '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange>'
    assert body(p("Brödtext.", props=style_before)) == "<p>Brödtext.</p>"


def test_a_note_in_deleted_text_is_named_as_left_out() -> None:
    data = Docx(
        p(r("Kvar. "), f'<w:del w:id="1">{footnote(2)}</w:del>'),
        footnotes=f'<w:footnote w:id="2">{p("Borttagen not.")}</w:footnote>',
    )
    text = read_word(data.bytes())
    assert text.parts[0].body == "<p>Kvar.</p>"
    assert [line.place for line in text.report.lines if line.what == "orphan_note"] == ["Borttagen not."]


def test_what_was_deleted_in_an_equation_is_gone() -> None:
    sign = "<m:r><m:t>{}</m:t></m:r>"
    equation = f'<m:oMath>{sign.format("x")}<w:del w:id="1">{sign.format("y")}</w:del></m:oMath>'
    assert read_word(docx(p(equation))).parts[0].body == "<p>x</p>"
