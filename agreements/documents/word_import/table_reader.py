"""Reads a table: rows as accepted, merged cells as one, and what tells a real table from an arrangement of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import Cell, Row, Table, paragraphs_in
from agreements.documents.word_import.notes import says_anything
from agreements.documents.word_import.ooxml import ALTERNATE, GONE, VAL, child, chosen, is_on, number, q, val
from agreements.documents.word_import.pieces import is_empty
from agreements.documents.word_import.styles import draws_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agreements.documents.word_import.ooxml import Element
    from agreements.documents.word_import.story import Story

ROW, CELL, SDT, CONTENT = q("w:tr"), q("w:tc"), q("w:sdt"), q("w:sdtContent")
WRAPPERS = frozenset({q("w:ins"), q("w:moveTo"), q("w:customXml"), q("w:smartTag")})
MAX_SPAN = 100  # columns; Word itself has 63
FIRST_ROW_BIT, FIRST_COLUMN_BIT = 0x0020, 0x0080


def read_table(element: Element, story: Story) -> Table:
    """Read a ``w:tbl``; rows and cells that were deleted while changes were tracked are not in it."""
    properties = child(element, "w:tblPr")
    table = Table(list(_rows(element, story)))
    style = story.book.styles.table(val(properties, "w:tblStyle"))
    told = (" ".join((val(properties, name) or "").split()) for name in ("w:tblCaption", "w:tblDescription"))
    table.descriptions = tuple(text for text in told if text)
    own_lines = draws_lines(child(properties, "w:tblBorders"))
    cell_lines = [draws_lines(borders) for borders in element.iter(q("w:tcBorders"))]
    is_shaded = any(cell.is_shaded for row in table.rows for cell in row.cells)
    table.has_lines = any(cell_lines) or is_shaded or (style.has_borders if own_lines is None else own_lines)
    table.has_lines_removed = not table.has_lines and (own_lines is False or False in cell_lines)
    table.marks_first_row = style.marks_first_row and _looks(properties, "w:firstRow", FIRST_ROW_BIT)
    table.marks_first_column = style.marks_first_column and _looks(properties, "w:firstColumn", FIRST_COLUMN_BIT)
    return table


def _looks(properties: Element | None, name: str, bit: int) -> bool:
    """Whether the table asks for a part of its style (ECMA-376 part 1, 17.4.55; older files have bits)."""
    look = child(properties, "w:tblLook")
    if look is None:
        return False
    own = look.get(q(name))
    if own is not None:
        return own in ("1", "true", "on")
    try:
        return bool(int(look.get(VAL, "0"), 16) & bit)
    except ValueError:
        return False


def _inside(parent: Element, tag: str, story: Story) -> Iterator[Element]:
    """The rows of a table or the cells of a row, out of content controls, alternatives and tracked changes."""
    for element in list(parent):
        if element.tag == tag:
            yield element
        elif element.tag == SDT:
            content = story.content_of(element)
            yield from _emptied(element, tag) if content is None else _inside(content, tag, story)
        elif element.tag == ALTERNATE:
            branch = chosen(element)
            if branch is not None:
                yield from _inside(branch, tag, story)
        elif element.tag in WRAPPERS:
            yield from _inside(element, tag, story)
        elif element.tag not in GONE and says_anything(element):
            story.book.finds.at("unknown_element", str(element.tag).rpartition("}")[2])
            yield from _strays(element, tag, story)


def _emptied(control: Element, tag: str) -> Iterator[Element]:
    """The cells around an instruction that nobody has filled in, without it, so that those after them keep their
    columns; a row that holds nothing else is gone."""
    cells = control.findall(f"{CONTENT}/{CELL}") if tag == CELL else []
    for cell in cells:
        for inner in cell.findall("*"):
            if inner.tag != q("w:tcPr"):
                cell.remove(inner)
        yield cell


def _strays(element: Element, tag: str, story: Story) -> Iterator[Element]:
    """Words where only rows or cells may stand: the rows or cells inside, else one made around them."""
    if next(element.iter(tag), None) is not None:
        yield from _inside(element, tag, story)
        return
    frame = element.makeelement(tag)
    element.addprevious(frame)
    frame.append(element)
    yield frame


def _rows(element: Element, story: Story) -> Iterator[Row]:
    above: dict[int, Cell] = {}  # by column: the cell that a merged cell below belongs to
    for row in _inside(element, ROW, story):
        properties = child(row, "w:trPr")
        if properties is not None and any(mark.tag in GONE for mark in properties):
            story.book.finds.add("deletions")
            continue
        if child(properties, "w:ins") is not None:
            story.book.finds.add("insertions")
        cells = list(_cells(row, story, above, _span(val(properties, "w:gridBefore"))))
        after = _span(val(properties, "w:gridAfter"))
        cells += [Cell([], colspan=after)] if after else []
        yield Row(cells, is_header=bool(is_on(properties, "w:tblHeader")))


def _span(text: str | None) -> int:
    return min(max(number(text) or 0, 0), MAX_SPAN)


def _cells(row: Element, story: Story, above: dict[int, Cell], skipped: int) -> Iterator[Cell]:
    column = skipped
    if skipped:
        yield Cell([], colspan=skipped)
    beside: Cell | None = None
    for element in _inside(row, CELL, story):
        properties = child(element, "w:tcPr")
        if child(properties, "w:cellDel") is not None:
            story.book.finds.add("deletions")
            continue
        span = max(_span(val(properties, "w:gridSpan")), 1)
        blocks = story.blocks(element)
        owner = _owner(properties, above.get(column), beside)
        if owner is not None:
            owner.blocks += [] if all(is_empty(p.pieces) for p in paragraphs_in(blocks)) else blocks
        else:
            beside = Cell(blocks, colspan=span, is_shaded=_is_shaded(properties))
            yield beside
        _remember(above, column, span, properties, beside)
        column += span


def _owner(properties: Element | None, above: Cell | None, beside: Cell | None) -> Cell | None:
    """The cell that this one is merged into, made larger; None when it stands for itself."""
    vertical, horizontal = child(properties, "w:vMerge"), child(properties, "w:hMerge")
    if horizontal is not None and horizontal.get(VAL, "continue") == "continue" and beside is not None:
        beside.colspan += 1
        return beside
    if vertical is not None and vertical.get(VAL, "continue") == "continue" and above is not None:
        above.rowspan += 1
        return above
    return None


def _remember(above: dict[int, Cell], column: int, span: int, properties: Element | None, cell: Cell | None) -> None:
    merge = child(properties, "w:vMerge")
    if merge is None:
        above.pop(column, None)
    elif merge.get(VAL, "continue") == "restart" and cell is not None:
        above[column] = cell
    for inner in range(column + 1, column + span):
        above.pop(inner, None)


def _is_shaded(properties: Element | None) -> bool:
    shade = child(properties, "w:shd")
    return shade is not None and shade.get(q("w:fill"), "auto").lower() not in ("auto", "ffffff")
