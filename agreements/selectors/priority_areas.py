"""The register of priority areas for the page where it is edited."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from agreements.models import Agreement, PriorityArea
from agreements.policies.annex import may_read_draft
from agreements.selectors.picture_in_force import areas_in_force
from agreements.states import AnnexKind
from samverkan.accounts.models import User


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


def choosable_areas(user: User, agreement: Agreement) -> QuerySet[PriorityArea]:
    """The areas that ``user`` can point to: those of today; while the situational picture is another party's own
    draft, only those that the picture in force names."""
    areas = agreement.priority_areas.filter(is_left_out=False)
    pictures = agreement.annexes.filter(kind=AnnexKind.SITUATIONAL_PICTURE, draft_party__isnull=False)
    if all(may_read_draft(user, picture) for picture in pictures):
        return areas
    return areas.filter(pk__in=[area.id for area in areas_in_force(agreement) or ()])


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
