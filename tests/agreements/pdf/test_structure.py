"""What a screen reader gets: reading order, headings, lists, tables, notes, pictures, links, languages."""

from typing import Any

import pikepdf
import pytest

from agreements.pdf import printed, render
from tests.agreements.pdf import sample
from tests.agreements.pdf.reading_back import Element, content, opened, painted, tree
from tests.agreements.pdf.words import paragraphs


def printed_tree(*blocks: dict[str, Any], notes: int = 0) -> Element:
    """The structure of an annex that consists of these blocks, without the lines that open it."""
    annex = sample.annex("Bilaga 9", "Prov", sample.document("other", "", list(blocks), notes))
    data = render.render_annex(annex, asset=sample.asset)
    section = tree(opened(data)).kids[0]
    assert section.kind == "Sect"
    assert [kid.kind for kid in section.kids[:2]] == ["H1", "P"]
    section.kids = section.kids[2:]
    return section


def test_everything_painted_is_tagged_or_set_aside_exactly_once(whole_pdf: pikepdf.Pdf, whole_tree: Element) -> None:
    tagged = [mark for element in whole_tree.all() for mark in element.marks]
    assert len(tagged) == len(set(tagged))
    seen: set[tuple[int, int]] = set()
    for index, page in enumerate(whole_pdf.pages):
        marks, loose = painted(page)
        assert loose == []
        seen |= {(index, mark) for mark in marks}
    assert set(tagged) == seen


def test_parent_tree_leads_back_to_the_element_of_each_mark(whole_pdf: pikepdf.Pdf) -> None:
    numbers = list(whole_pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in whole_pdf.pages:
        array = owners[int(page.StructParents)]
        for mark in painted(page)[0]:
            kids: list[Any] = list(array[mark].K)
            assert mark in [kid if isinstance(kid, int) else int(kid.get("/MCID", -1)) for kid in kids]
        for area in page.get("/Annots", []):
            assert owners[int(area.StructParent)].S == "/Link"


def test_headings_begin_with_one_and_skip_no_level() -> None:
    section = printed_tree(
        sample.heading("a", "Ett"), sample.rich("b", "<p>Text.</p><h4>Under</h4><p>Text.</p>"),
        sample.heading("c", "Tre", 3), sample.heading("d", "Två", 2),
    )  # fmt: skip
    assert [element.kind for element in section.all("H1", "H2", "H3", "H4", "H5")] == ["H2", "H3", "H4", "H3"]


def test_headings_of_the_whole_are_nested_under_the_title_of_each_part(whole_tree: Element) -> None:
    levels = [int(element.kind[1]) for element in whole_tree.all("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_list_has_labels_and_bodies_and_nested_lists_inside_them() -> None:
    html = "<ol><li><p>ett</p><ul><li><p>under</p></li></ul></li><li><p>två</p></li></ol>"
    (found,) = printed_tree(sample.rich("r", html)).kids
    inner = ("L", ("LI", "Lbl", ("LBody", "P")))
    assert found.shape() == ("L", ("LI", "Lbl", ("LBody", "P", inner)), ("LI", "Lbl", ("LBody", "P")))
    assert [element.properties["ListNumbering"] for element in found.all("L")] == ["/Decimal", "/Disc"]


def test_paragraph_over_two_pages_is_one_paragraph() -> None:
    long = "<p>" + "Samverkan sker i vardagen och varje vecka. " * 120 + "</p>"
    section = printed_tree(sample.rich("r", paragraphs(1, 1) + long))
    assert [kid.kind for kid in section.kids] == ["P", "P"]
    assert {page for page, _ in section.kids[-1].marks} == {0, 1}


def test_table_over_two_pages_is_one_table_whose_head_is_read_once() -> None:
    (found,) = (kid for kid in printed_tree(sample.table("t", 40), notes=1).kids if kid.kind == "Table")
    assert [kid.kind for kid in found.kids] == ["Caption", "THead", "TBody"]
    assert len(list(found.all("THead"))) == 1
    assert len(list(found.all("TR"))) == 41
    assert {page for element in found.kids[2].all() for page, _ in element.marks} == {0, 1}
    assert {page for element in found.kids[1].all() for page, _ in element.marks} == {0}


def test_header_cells_say_what_they_head() -> None:
    (found,) = printed_tree(sample.table("t", 2), notes=1).all("Table")
    head, body = found.kids[1:]
    assert [cell.properties["Scope"] for cell in head.all("TH")] == ["/Column"] * 4
    assert [[cell.kind for cell in row.kids] for row in body.kids] == [["TH", "TD", "TD", "TD"]] * 2
    assert [cell.properties["Scope"] for cell in body.all("TH")] == ["/Row"] * 2


def test_cells_say_how_many_columns_and_rows_they_cover_and_empty_ones_stay() -> None:
    body = [
        [sample.cell("bred", colspan=2), sample.cell("hög", rowspan=2)],
        [sample.cell(""), sample.cell("b")],
    ]
    (found,) = printed_tree(sample.block("table", "t", caption="", head=[], body=body)).all("Table")
    first, second = (row.kids for row in found.all("TR"))
    assert [(int(cell.properties.get("ColSpan", 1)), int(cell.properties.get("RowSpan", 1))) for cell in first] == [
        (2, 1),
        (1, 2),
    ]
    assert [cell.kind for cell in second] == ["TD", "TD"]


def test_field_table_reads_label_by_label(whole_tree: Element) -> None:
    table = next(table for table in whole_tree.all("Table") if len(list(table.all("TR"))) == 15)
    rows = list(table.all("TR"))
    assert [cell.kind for cell in rows[0].kids] == ["TD", "TH", "TH"]
    assert [cell.kind for cell in rows[1].kids] == ["TH", "TD", "TD"]


def test_note_follows_its_paragraph_with_its_number_and_identifier() -> None:
    html = '<p>Ett<sup data-ref="1"></sup> ord<sup data-ref="2"></sup>.</p><p>Mer.</p>'
    section = printed_tree(sample.rich("r", html), notes=2)
    assert [kid.kind for kid in section.kids] == ["P", "Note", "Note", "P"]
    assert [kid.kind for kid in section.kids[0].kids] == ["Reference", "Reference"]
    assert section.kids[1].shape() == ("Note", "Lbl", "P")
    assert [str(note.properties["ID"]) for note in section.all("Note")] == ["note-00001", "note-00002"]


def test_notes_of_headings_cells_and_captions_are_read_where_they_belong() -> None:
    mark = '<sup data-ref="{}"></sup>'
    cell = sample.cell("I cellen" + mark.format(2))
    table = sample.block("table", "t", caption="Tabell" + mark.format(1), head=[], body=[[cell]])
    section = printed_tree(table, sample.heading("h", "Rubrik" + mark.format(3)), notes=3)
    found = next(section.all("Table"))
    assert found.shape() == ("Table", ("Caption", "Reference", ("Note", "Lbl", "P")), (
        "TBody", ("TR", ("TD", "Reference", ("Note", "Lbl", "P")))
    ))  # fmt: skip
    assert [kid.kind for kid in section.kids][-2:] == ["H2", "Note"]


def test_every_note_has_an_identifier_of_its_own(whole_pdf: pikepdf.Pdf, whole_tree: Element) -> None:
    notes = [str(note.properties["ID"]) for note in whole_tree.all("Note")]
    assert len(notes) > 3
    names = list(whole_pdf.Root.StructTreeRoot.IDTree.Kids[0].Names)
    assert sorted(notes) == [str(name) for name in names[::2]]


def test_picture_has_its_words_its_place_and_its_caption() -> None:
    section = printed_tree(sample.figure(2))
    (group,) = section.kids
    assert group.shape() == ("Div", "Figure", "Caption")
    figure = group.kids[0]
    assert str(figure.properties["Alt"]) == "Stapeldiagram 2: antalet anmälda brott sjunker från 2019 till 2026."
    left, bottom, right, top = map(float, figure.properties["BBox"])
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842
    assert (right - left) / (top - bottom) == pytest.approx(1200 / 680, rel=0.01)


def test_passage_in_another_language_says_so_and_the_rest_does_not() -> None:
    block = sample.rich("e", "<p>In short.</p>") | {"lang": "en"}
    html = '<p>Kort på <span lang="fi">suomeksi</span>.</p>'
    section = printed_tree(sample.rich("r", html), block, sample.rich("s", "<p>Svenska.</p>"))
    found = [element for element in section.all() if "Lang" in element.properties]
    marked = [(element.kind, str(element.properties["Lang"])) for element in found]
    assert marked == [("Span", "fi"), ("Div", "en")]


def test_link_has_its_area_and_says_where_it_leads() -> None:
    html = '<p>Se <a href="https://example.se/sida">kommunens <strong>webbplats</strong></a>.</p>'
    (paragraph,) = printed_tree(sample.rich("r", html)).kids
    (link,) = paragraph.kids
    assert link.kind == "Link"
    assert len(link.marks) == 3  # the words and the space between them
    (area,) = link.links
    assert str(area.A.URI) == "https://example.se/sida"
    assert str(area.Contents) == "kommunens webbplats"


def test_contents_are_a_table_of_contents_whose_dots_are_not_read(whole_tree: Element) -> None:
    contents = next(whole_tree.all("TOC"))
    assert {kid.shape() for kid in contents.kids} == {("TOCI", ("Reference", "Link"))}
    for link in contents.all("Link"):  # which has an area on each of its lines
        assert len({str(area.Dest) for area in link.links}) == 1


def test_heads_and_feet_of_pages_are_artifacts(whole_pdf: pikepdf.Pdf) -> None:
    for page in whole_pdf.pages:
        kinds = [str(operands[0]) for operator, operands in content(page) if operator == "BDC"]
        assert kinds.count("/Artifact") >= 2


def test_signs_of_a_comparison_are_read_as_words() -> None:
    html = '<p>Avtalet löper <del data-before="struket ">ett</del> <ins data-before="tillagt ">två</ins> år.</p>'
    redline = printed.PrintedRedline(sample.IMPRINT, "", "Text", "1", "2", html, sample.DAY)
    found = tree(opened(render.render_redline(redline, asset=sample.asset)))
    said = [str(span.properties["ActualText"]) for span in found.all("Span") if "ActualText" in span.properties]
    assert said == ["tillagt ", "struket ", "struket ", "tillagt "]
