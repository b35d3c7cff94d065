"""Tables made regular: every row equally wide, no span over the edge, no column or row without a cell.

A browser repairs a ragged table silently; a screen reader and PDF/UA (ISO 14289-1, 7.5) do not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from agreements.documents.rich_text import Cell, Row

MAX_SPAN = 100
MAX_COLUMNS = 200


class Placed(NamedTuple):
    """A cell and the columns that it covers in its own row."""

    cell: Cell
    columns: range


PlacedRow = list[Placed]


def regular(head: Iterable[Row], body: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Cut spans that overlap or leave their row group, and fill short rows with empty cells."""
    groups = [_placed([row for row in group if row]) for group in (head, body)]
    begun = {placed.columns.start for rows, _ in groups for row in rows for placed in row}
    written = [
        tuple(_written(row, occupied, begun) for row, occupied in zip(rows, taken, strict=True))
        for rows, taken in groups
    ]
    return written[0], written[1]


def _placed(rows: Sequence[Row]) -> tuple[list[PlacedRow], list[set[int]]]:
    """Every cell at its columns, and per row the columns that are taken, from above too."""
    taken: list[set[int]] = [set() for _ in rows]
    return [[_place(cell, index, taken) for cell in row] for index, row in enumerate(rows)], taken


def _place(cell: Cell, index: int, taken: list[set[int]]) -> Placed:
    column = next(column for column in range(len(taken[index]) + 1) if column not in taken[index])
    rowspan = max(1, min(cell.rowspan, MAX_SPAN, len(taken) - index))
    colspan, wanted = 1, max(1, min(cell.colspan, MAX_SPAN, MAX_COLUMNS - column))
    while colspan < wanted and column + colspan not in taken[index]:
        colspan += 1
    columns = range(column, column + colspan)
    for row in taken[index : index + rowspan]:
        row.update(columns)
    return Placed(replace(cell, colspan=colspan, rowspan=rowspan), columns)


def _written(row: PlacedRow, occupied: set[int], begun: set[int]) -> Row:
    """The row without the columns in which no cell of the table begins, and with a cell where one is free."""
    empty = [Placed(Cell(), range(free, free + 1)) for free in begun - occupied]
    filled = sorted([*row, *empty], key=lambda placed: placed.columns.start)
    return tuple(replace(placed.cell, colspan=sum(column in begun for column in placed.columns)) for placed in filled)
