"""The register of priority areas for the page where it is edited."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.models import Agreement, PriorityArea


@dataclass(frozen=True)
class AreaRow:
    """An area with its number ("2.1"; empty when it is no longer prioritised) and what can be done with it."""

    area: PriorityArea
    number: str
    is_first: bool
    is_last: bool

    @property
    def is_empty(self) -> bool:
        return not self.area.description


def area_rows(agreement: Agreement) -> list[AreaRow]:
    """The areas with their parts in order, then those that were left out. One query."""
    areas = list(agreement.priority_areas.all())
    shown = [area for area in areas if not area.is_left_out]
    rows: list[AreaRow] = []
    tops = [area for area in shown if area.part_of_id is None]
    for number, top in enumerate(tops, start=1):
        rows.append(_row(top, str(number), tops))
        parts = [area for area in shown if area.part_of_id == top.pk]
        rows += [_row(part, f"{number}.{at}", parts) for at, part in enumerate(parts, start=1)]
    listed = {row.area.pk for row in rows}
    return rows + [AreaRow(area, "", is_first=True, is_last=True) for area in areas if area.pk not in listed]


def _row(area: PriorityArea, number: str, siblings: list[PriorityArea]) -> AreaRow:
    return AreaRow(area, number, is_first=area == siblings[0], is_last=area == siblings[-1])
