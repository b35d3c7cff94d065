"""The numbers of a value table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Values:
    """``rows`` holds one row per label, one number per name of a series; None is a value that is not shown."""

    series: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[int | None, ...], ...]

    @property
    def highest(self) -> int:
        return max(value for row in self.rows for value in row if value is not None)

    def of(self, series: int) -> list[int | None]:
        return [row[series] for row in self.rows]


def values(cells: list[list[str]]) -> Values:
    """From the table's plain text, head row first; anything but digits ("..") is a value that is not shown."""
    head, *body = cells
    return Values(
        series=tuple(head[1:]),
        labels=tuple(row[0] for row in body),
        rows=tuple(tuple(int(cell) if cell.isdigit() else None for cell in row[1:]) for row in body),
    )
