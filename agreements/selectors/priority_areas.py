"""The register of priority areas for the page where it is edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from agreements.documents.text import plain
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

    @property
    def is_left_out(self) -> bool:
        """Whether the area stands in no text: it was left out itself, or with the area that it is a part of."""
        return not self.number


def choosable_areas(user: User, agreement: Agreement, kept: Iterable[UUID | None] = ()) -> QuerySet[PriorityArea]:
    """The areas that ``user`` can point to: those of today, and those ``kept``, which were pointed to before; while the
    situational picture is another party's own draft, only those that the picture in force names."""
    if _reads_the_pictures(user, agreement):
        return agreement.priority_areas.filter(Q(is_left_out=False) | Q(pk__in=list(kept)))
    return agreement.priority_areas.filter(pk__in=[area.id for area in areas_in_force(agreement) or ()])


def area_names(user: User, agreement: Agreement) -> dict[str, str]:
    """The names, by id, of the areas that ``user`` may know of: as they are now, or, while the situational picture is
    another party's own draft, as the picture in force has them. Three queries at most."""
    if _reads_the_pictures(user, agreement):
        return {str(area.pk): area.title for area in agreement.priority_areas.all()}
    return {area.id: plain(area.html) for area in areas_in_force(agreement) or ()}


def _reads_the_pictures(user: User, agreement: Agreement) -> bool:
    pictures = agreement.annexes.filter(kind=AnnexKind.SITUATIONAL_PICTURE, draft_party__isnull=False)
    return all(may_read_draft(user, picture) for picture in pictures)


def area_rows(agreement: Agreement) -> list[AreaRow]:
    """The areas in order, those that were left out last, and each with its parts in the same way. One query."""
    areas = list(agreement.priority_areas.all())
    rows: list[AreaRow] = []
    for top in _numbered([area for area in areas if area.part_of_id is None]):
        parts = _numbered([area for area in areas if area.part_of_id == top.area.pk], top)
        rows += [top, *parts]
    return rows


def _numbered(siblings: list[PriorityArea], top: AreaRow | None = None) -> list[AreaRow]:
    prefix = f"{top.number}." if top else ""
    shown = [area for area in siblings if not area.is_left_out and not (top and top.is_left_out)]
    left = [AreaRow(area, "", is_first=True, is_last=True) for area in siblings if area not in shown]
    return [*(_row(area, f"{prefix}{at}", shown) for at, area in enumerate(shown, start=1)), *left]


def _row(area: PriorityArea, number: str, siblings: list[PriorityArea]) -> AreaRow:
    return AreaRow(area, number, is_first=area == siblings[0], is_last=area == siblings[-1])
