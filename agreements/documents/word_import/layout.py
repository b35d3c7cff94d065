"""Tells tables that hold facts from tables that only arrange text on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import Table, paragraphs_in
from agreements.documents.word_import.pieces import PictureMark, is_empty, plain_text
from agreements.documents.word_import.style_names import Kind

if TYPE_CHECKING:
    from agreements.documents.word_import.blocks import Cell, Paragraph

MAX_WORDS_IN_FACT = 30
LEAST_SHARE_FILLED = 0.6
ROWS_THAT_CONVINCE = 3  # where somebody has taken the lines away


def is_layout(table: Table) -> bool:
    """Whether a table only arranges text: a frame around it, or columns without lines.

    A table with a heading row holds facts. One cell, or one column without a heading, is a frame. Without any
    lines it has to look like facts: a regular grid of short cells of one paragraph, with at least two rows.
    """
    if any(row.is_header for row in table.rows) or table.marks_first_row:
        return False
    width = max((sum(cell.colspan for cell in row.cells) for row in table.rows), default=0)
    if width <= 1 or all(len(row.cells) <= 1 for row in table.rows):
        return True
    if table.has_lines:
        return False
    least_rows = ROWS_THAT_CONVINCE if table.has_lines_removed else 2
    return len(table.rows) < least_rows or not _looks_like_facts(table)


def _looks_like_facts(table: Table) -> bool:
    widths = {sum(cell.colspan for cell in row.cells) for row in table.rows}
    cells = [cell for row in table.rows for cell in row.cells]
    filled = [cell for cell in cells if _filled(cell)]
    return (
        len(widths) == 1
        and len(filled) >= LEAST_SHARE_FILLED * len(cells)
        and all(_is_fact(cell) for cell in filled)
        and sum(_words(cell) for cell in filled) <= MAX_WORDS_IN_FACT * len(filled)
    )


def _filled(cell: Cell) -> list[Paragraph]:
    return [p for p in paragraphs_in(cell.blocks) if not is_empty(p.pieces)]


def _is_fact(cell: Cell) -> bool:
    paragraphs = _filled(cell)
    has_table = any(isinstance(block, Table) for block in cell.blocks)
    return len(paragraphs) == 1 and not has_table and not _arranges(paragraphs[0])


def _arranges(paragraph: Paragraph) -> bool:
    has_picture = any(isinstance(piece, PictureMark) for piece in paragraph.pieces)
    return has_picture or paragraph.style.kind in (Kind.HEADING, Kind.TITLE) or paragraph.numbered is not None


def _words(cell: Cell) -> int:
    return sum(len(plain_text(p.pieces).split()) for p in paragraphs_in(cell.blocks))
