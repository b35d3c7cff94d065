"""The problems that the parties work on together: one register, referenced and never retyped (R72-R80)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.documents.blocks import body_blocks, heading_block
from agreements.models import Annex, PriorityArea, Section
from agreements.rights import today
from agreements.selectors.picture_in_force import AreaName, areas_in_force, is_own_draft
from agreements.selectors.section_common import common_of
from agreements.states import AnnexKind
from agreements.workflow.kinds.base import Found, RowsKind, item, item_list, text
from agreements.workflow.order import DEEPEST

if TYPE_CHECKING:
    from agreements.documents.block_types import Common

Tree = dict[PriorityArea | None, list[PriorityArea]]


class PriorityAreasKind(RowsKind):
    """In the situational picture: each area as a numbered heading with its description, in two levels.

    Elsewhere the areas' names alone, as the picture in force has them; while there is none, as they are now,
    unless that is one party's own draft.
    """

    key = "priority_areas"
    name = gettext_lazy("priority areas")
    related = ("annex__agreement__priority_areas",)

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        if section.annex.kind == AnnexKind.SITUATIONAL_PICTURE:
            return _written_out(section)
        names = areas_in_force(section.annex.agreement)
        if names is None:
            names = [] if is_own_draft(section.annex.agreement) else _drafted(section)
        return item_list(section, "areas", _named(names), ordered=True)

    def check(self, section: Section) -> Found:
        if section.annex.kind != AnnexKind.SITUATIONAL_PICTURE:
            return []
        planned, say = _planned(section), section.annex.agreement.say
        return [
            ("area_without_plan", say(_("%(the_priority_area)s “%(area)s” has no action plan."), area=area.title))
            for area in tree(section)[None]
            if area.pk not in planned
        ]

    def copy(self, section: Section, target: Section) -> None:
        """Areas that another agreement lacks, by their titles, with their parts."""
        agreement = target.annex.agreement
        if agreement.pk == section.annex.agreement_id or target.annex.kind != AnnexKind.SITUATIONAL_PICTURE:
            return
        known = set(agreement.priority_areas.values_list("title", flat=True))
        areas = tree(section)
        for area in areas[None]:
            if area.title not in known:
                made = _copied(area, agreement_id=agreement.pk, part_of=None)
                for part in areas[area]:
                    _copied(part, agreement_id=agreement.pk, part_of=made)

    def edit_url(self, section: Section) -> str | None:
        annex = section.annex
        if annex.kind != AnnexKind.SITUATIONAL_PICTURE:
            return None
        return reverse("agreements:priority_area_list", args=[annex.agreement.slug, annex.number, section.pk])


def tree(section: Section) -> Tree:
    """The areas of today under None, and the parts of each under it, both in order; none that was left out."""
    areas = {area.pk: area for area in section.annex.agreement.priority_areas.all() if not area.is_left_out}
    found: Tree = defaultdict(list)
    for area in sorted(areas.values(), key=lambda area: (area.position, str(area.pk))):
        if area.part_of_id is None or area.part_of_id in areas:
            found[areas[area.part_of_id] if area.part_of_id else None].append(area)
    return found


def _written_out(section: Section) -> list[dict[str, Any]]:
    areas = tree(section)
    blocks: list[dict[str, Any]] = []
    for number, area in enumerate(areas[None], start=1):
        blocks += _area(section, area, 1, str(number))
        for part_number, part in enumerate(areas[area], start=1):
            blocks += _area(section, part, 2, f"{number}.{part_number}")
    return blocks


def _area(section: Section, area: PriorityArea, depth: int, number: str) -> list[dict[str, Any]]:
    common = cast("Common", {**common_of(section), "id": str(area.pk)})
    level = min(section.level + depth, DEEPEST)
    heading = heading_block(common, level=level, html=text(area.title), number=number, row="priority_area")
    return cast("list[dict[str, Any]]", [heading, *body_blocks(common, area.description)])


def _drafted(section: Section) -> list[AreaName]:
    areas = tree(section)
    return [
        AreaName(str(area.pk), text(area.title), is_part)
        for top in areas[None]
        for area, is_part in [(top, False), *((part, True) for part in areas[top])]
    ]


def _named(names: list[AreaName]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name in names:
        row = item(f"area-{name.id}", name.html)
        if name.is_part and rows:
            rows[-1]["items"].append(row)
        else:
            rows.append(row)
    return rows


def _planned(section: Section) -> set[object]:
    """The ids of the areas that a living, shared action plan is about, itself or through one of their parts."""
    plans = Annex.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today()),
        agreement=section.annex.agreement_id,
        kind=AnnexKind.ACTION_PLAN,
        draft_party=None,
        priority_area__isnull=False,
    )
    return {pk for row in plans.values_list("priority_area", "priority_area__part_of") for pk in row if pk}


def _copied(area: PriorityArea, *, agreement_id: int, part_of: PriorityArea | None) -> PriorityArea:
    return PriorityArea.objects.create(
        agreement_id=agreement_id,
        part_of=part_of,
        position=area.position,
        title=area.title,
        description=area.description,
    )
