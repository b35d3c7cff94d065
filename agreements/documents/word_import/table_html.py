"""Real tables written as HTML: which cells are headings, what a cell may hold, pictures after the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import import body_html
from agreements.documents.word_import.blocks import paragraphs_in
from agreements.documents.word_import.interpret import Interpreter
from agreements.documents.word_import.leaves import unfold
from agreements.documents.word_import.pieces import Words, plain_text
from agreements.documents.word_import.things import Figure, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agreements.documents.word_import.blocks import Cell, Row, Table
    from agreements.documents.word_import.inline_html import InlineWriter
    from agreements.documents.word_import.report import Finds
    from agreements.documents.word_import.things import Grid, Thing


def table_html(grid: Grid, writer: InlineWriter, finds: Finds) -> str:
    """The table with its caption, and after it the pictures that stood in its cells."""
    table = grid.table
    header_rows = header_rows_of(table)
    has_row_headings = _has_row_headings(table, header_rows)
    figures: list[Figure] = []

    def rows_html(rows: Sequence[Row], *, is_head: bool) -> str:
        html = ""
        for row in rows:
            scopes = ["col" if is_head else "row" if has_row_headings and not n else "" for n in range(len(row.cells))]
            cells = zip(row.cells, scopes, strict=True)
            html += f"<tr>{''.join(_cell_html(cell, writer, finds, figures, scope) for cell, scope in cells)}</tr>"
        return html

    for text in table.descriptions:
        if text not in plain_text(grid.caption):
            finds.at("table_description", text)
    caption = writer.html(grid.caption, drops_uniform=True)
    caption = f"<caption>{caption}</caption>" if caption else ""
    rows = table.rows
    head = f"<thead>{rows_html(rows[:header_rows], is_head=True)}</thead>" if header_rows else ""
    body = f"<tbody>{rows_html(rows[header_rows:], is_head=False)}</tbody>" if header_rows < len(rows) else ""
    for figure in figures:
        finds.at("moved_picture", figure.alt or figure.asset[:8])
    return f"<table>{caption}{head}{body}</table>" + "".join(body_html.figure_html(f, writer) for f in figures)


def header_rows_of(table: Table) -> int:
    """How many rows at the top are headings: those that the file repeats, or a first row set off by style or bold."""
    count = 0
    while count < len(table.rows) and table.rows[count].is_header:
        count += 1
    if not count and len(table.rows) > 1 and (table.marks_first_row or _is_bold_head(table)):
        count = 1
    return _with_merged_rows(table, count)


def _with_merged_rows(table: Table, count: int) -> int:
    """Rows that a heading cell reaches down into are headings too."""
    row = 0
    while row < count:
        reach = max((cell.rowspan for cell in table.rows[row].cells), default=1)
        count = min(max(count, row + reach), len(table.rows))
        row += 1
    return count


def _is_bold_head(table: Table) -> bool:
    first, *rest = (row.cells for row in table.rows)
    return _all_bold(first) and any(not _all_bold(cells) for cells in rest)


def _has_row_headings(table: Table, header_rows: int) -> bool:
    rows = [row.cells for row in table.rows[header_rows:] if row.cells]
    if not rows or max(len(cells) for cells in rows) < 2:
        return False
    is_set_off = _all_bold([cells[0] for cells in rows]) and any(not _all_bold(cells[1:]) for cells in rows)
    return table.marks_first_column or is_set_off


def _all_bold(cells: Iterable[Cell]) -> bool:
    """Whether all words in the cells are bold; False when there are none."""
    runs = [
        piece
        for cell in cells
        for paragraph in paragraphs_in(cell.blocks)
        for piece in paragraph.pieces
        if isinstance(piece, Words) and piece.text.strip()
    ]
    return bool(runs) and all(run.format.bold for run in runs)


def _cell_html(cell: Cell, writer: InlineWriter, finds: Finds, figures: list[Figure], scope: str) -> str:
    things = Interpreter(unfold(cell.blocks, finds, in_cell=True), finds, has_headings=False).things()
    figures += [thing for thing in things if isinstance(thing, Figure)]
    rest = [thing for thing in things if not isinstance(thing, Figure)]
    content = _heading_cell(rest, writer) if scope else None
    if content is None:
        content = body_html.body_html(rest, writer, finds)
    spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    tag, attribute = ("th", f' scope="{scope}"') if scope else ("td", "")
    return f"<{tag}{attribute}{spans}>{content}</{tag}>"


def _heading_cell(things: Sequence[Thing], writer: InlineWriter) -> str | None:
    """The paragraphs of a heading cell without the bold that only shows what it is."""
    if not all(isinstance(thing, Prose) for thing in things):
        return None
    return "".join(
        f"<p>{writer.html(thing.pieces, drops_uniform=True)}</p>" for thing in things if isinstance(thing, Prose)
    )
