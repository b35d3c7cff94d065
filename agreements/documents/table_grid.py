"""Tables made regular: every row equally wide, no span over the edge.

A browser repairs a ragged table silently; a screen reader and PDF/UA (ISO 14289-1, 7.5) do not.
"""

from collections.abc import Sequence
from dataclasses import replace

from agreements.documents.rich_text import Cell, Row

MAX_SPAN = 100
MAX_COLUMNS = 200


def regular(head: Sequence[Row], body: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Cut spans that overlap or leave their row group, and fill short rows with empty cells."""
    placed_head, placed_body = _placed(head), _placed(body)
    width = max((wide for _, wide in (*placed_head, *placed_body)), default=0)
    return _filled(placed_head, width), _filled(placed_body, width)


def _placed(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Each row with its cells' spans cut to what is free, and how many columns it reaches."""
    taken: list[set[int]] = [set() for _ in rows]
    placed: list[tuple[Row, int]] = []
    for index, row in enumerate(rows):
        cells = tuple(_place(cell, index, taken) for cell in row)
        placed.append((cells, max(taken[index], default=-1) + 1))
    return placed


def _place(cell: Cell, index: int, taken: list[set[int]]) -> Cell:
    column = next(column for column in range(len(taken[index]) + 1) if column not in taken[index])
    rowspan = max(1, min(cell.rowspan, MAX_SPAN, len(taken) - index))
    colspan = 1
    wanted = max(1, min(cell.colspan, MAX_SPAN, MAX_COLUMNS - column))
    while colspan < wanted and column + colspan not in taken[index]:
        colspan += 1
    for row in taken[index : index + rowspan]:
        row.update(range(column, column + colspan))
    return replace(cell, colspan=colspan, rowspan=rowspan)


def _filled(rows: Sequence[tuple[Row, int]], width: int) -> tuple[Row, ...]:
    return tuple((*cells, *(Cell() for _ in range(width - wide))) for cells, wide in rows)
