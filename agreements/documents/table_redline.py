"""Tables with their differences: rows and columns that came or went, cells word by word."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from agreements.documents.align import Pair, align, bag, likeness
from agreements.documents.block_types import CellData, FigureTable
from agreements.documents.marking import Mark
from agreements.documents.places_in_tables import find_columns, one_row
from agreements.documents.text import plain, title
from agreements.documents.text_redline import TextRedline

Row = list[CellData]
Rows = list[Row]
FILLER: CellData = {"html": "", "header": False, "colspan": 1, "rowspan": 1, "mark": "filler"}


def merged_table(old: FigureTable, new: FigureTable, text: TextRedline) -> FigureTable | None:
    """The two as one table, or None when they cannot be shown as one.

    Cells over several rows can only where nothing but text is different; cells over several columns only
    where the table is as wide as before.
    """
    if _shape(old) == _shape(new) and _has_rowspans(new):
        return {
            "head": _cell_by_cell(old["head"], new["head"], text),
            "body": _cell_by_cell(old["body"], new["body"], text),
        }
    columns = _columns(old, new)
    if columns is None:
        return None
    heads = [title(cell["html"]) for cell in new["head"][-1]] if new["head"] else []
    merger = _RowMerger(columns, heads, text)
    merged: FigureTable = {
        "head": merger.rows(old["head"], new["head"], is_head=True),
        "body": merger.rows(old["body"], new["body"]),
    }
    find_columns(columns, _htmls(old), _htmls(new), text)
    return merged


def _htmls(table: FigureTable) -> list[list[str]]:
    return [[cell["html"] for cell in row] for row in _rows(table)]


def _rows(table: FigureTable) -> Rows:
    return [*table["head"], *table["body"]]


def _shape(table: FigureTable) -> list[list[list[tuple[bool, int, int]]]]:
    return [
        [[(cell["header"], cell["colspan"], cell["rowspan"]) for cell in row] for row in rows]
        for rows in (table["head"], table["body"])
    ]


def _has_rowspans(*tables: FigureTable) -> bool:
    return any(cell["rowspan"] > 1 for table in tables for row in _rows(table) for cell in row)


def _cell_by_cell(old: Rows, new: Rows, text: TextRedline) -> Rows:
    return [_row_cell_by_cell(*rows, text) for rows in zip(old, new, strict=True)]


def _row_cell_by_cell(old: Row, new: Row, text: TextRedline) -> Row:
    with one_row("", text):
        return [
            {**after, "html": text.cell(before["html"], after["html"], "")}
            for before, after in zip(old, new, strict=True)
        ]


def _columns(old: FigureTable, new: FigureTable) -> list[Pair] | None:
    """Which column became which; None when spans stand in the way."""
    widths = [{sum(cell["colspan"] for cell in row) for row in _rows(table)} for table in (old, new)]
    if _has_rowspans(old, new) or any(len(width) != 1 for width in widths):
        return None
    if widths[0] == widths[1]:
        return [(column, column) for column in range(*widths[0])]
    if any(cell["colspan"] > 1 for table in (old, new) for row in _rows(table) for cell in row):
        return None
    return list(_aligned_columns(_texts(old), _texts(new)))


def _texts(table: FigureTable) -> list[list[str]]:
    """The words of each column, from the top."""
    return [[plain(cell["html"]) for cell in column] for column in zip(*_rows(table), strict=True)]


def _aligned_columns(old: list[list[str]], new: list[list[str]]) -> Iterator[Pair]:
    bags_old, bags_new = ([bag(" ".join(column)) for column in side] for side in (old, new))
    return align(
        [column[0] for column in old],
        [column[0] for column in new],
        lambda i, j: likeness(bags_old[i], bags_new[j]),
    )


class _RowMerger:
    """Puts the rows of two tables side by side. With spans the columns are the cells of a row."""

    def __init__(self, columns: Sequence[Pair], heads: Sequence[str], text: TextRedline) -> None:
        self._columns = columns
        self._heads = heads
        self._is_as_wide = all(i == j for i, j in columns)
        self._is_head = False
        self._text = text

    def rows(self, old: Rows, new: Rows, *, is_head: bool = False) -> Rows:
        self._is_head = is_head
        return self._text.merged(
            [_written(row) for row in old],
            [_written(row) for row in new],
            fits=lambda i, j: self._fits(old[i], new[j]),
            added=lambda j: self._whole(new[j], "added"),
            removed=lambda i: self._whole(old[i], "removed"),
            pair=lambda i, j: self._pair(old[i], new[j]),
        )

    def _fits(self, old: Row, new: Row) -> bool:
        kinds_old, kinds_new = ([(cell["header"], cell["colspan"]) for cell in row] for row in (old, new))
        if self._is_as_wide:
            return kinds_old == kinds_new
        return all(kinds_old[i] == kinds_new[j] for i, j in self._columns if i is not None and j is not None)

    def _pair(self, old: Row, new: Row) -> Row:
        if _written(old) == _written(new) and "data-ref" not in _written(new):
            return new
        columns = [(i, i) for i in range(len(new))] if self._is_as_wide else self._columns
        name = _("Column heading") if self._is_head else title(new[0]["html"])
        is_renamed = not self._is_head and self._is_renamed(old, new, columns)
        with one_row(name, self._text, is_renamed=is_renamed):
            return [self._cell(old, i, new, j) for i, j in columns]

    def _is_renamed(self, old: Row, new: Row, columns: Sequence[Pair]) -> bool:
        """Whether the cell by which the row is called has other words."""
        return any(
            i is not None and j == 0 and not self._text.is_same(old[i]["html"], new[j]["html"]) for i, j in columns
        )

    def _cell(self, old: Row, i: int | None, new: Row, j: int | None) -> CellData:
        if i is not None and j is not None:
            return {**new[j], "html": self._text.cell(old[i]["html"], new[j]["html"], self._head(new, j))}
        if j is not None:
            return self._marked(new[j], "added")
        return self._marked(old[i], "removed") if i is not None else FILLER

    def _head(self, row: Row, index: int) -> str:
        """What stands above the cell; nothing in a head, or where the table's columns are not those of the row."""
        return self._heads[index] if not self._is_head and len(self._heads) == len(row) else ""

    def _whole(self, row: Row, mark: Mark) -> Row:
        """A row that came or went; where only the other table has a column, it has an empty cell."""
        if self._is_as_wide:
            return [self._marked(cell, mark) for cell in row]
        side = 1 if mark == "added" else 0
        return [
            self._marked(row[place], mark) if (place := pair[side]) is not None else FILLER for pair in self._columns
        ]

    def _marked(self, cell: CellData, mark: Mark) -> CellData:
        return _whole_cell(cell, mark, self._text)


def whole_table(rows: Rows, mark: Mark, text: TextRedline) -> Rows:
    """Rows that have come or gone with their table."""
    return [[_whole_cell(cell, mark, text) for cell in row] for row in rows]


def _whole_cell(cell: CellData, mark: Mark, text: TextRedline) -> CellData:
    return {**cell, "html": text.whole(cell["html"], mark), "mark": mark}


def _written(row: Row) -> str:
    """The row as rich text: comparable, and in plain words readable."""
    return "<p>|</p>".join(f"<{cell['header']} {cell['colspan']}>{cell['html']}" for cell in row)
