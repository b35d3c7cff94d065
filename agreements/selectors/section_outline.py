"""The outline beside the editor: every section with its number and what is to be known about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from agreements.documents.numbering import numbers
from agreements.models import (
    Annex,
    Commitment,
    Definition,
    Presence,
    PriorityArea,
    SavedAside,
    Section,
    SheetValue,
    Source,
)
from agreements.selectors.comments import DraftComments

if TYPE_CHECKING:
    from datetime import datetime

    from samverkan.accounts.models import User

SEEN_WITHIN = timedelta(seconds=30)
"""Who has not been seen for longer than this is not there any more."""


@dataclass
class OutlineEntry:
    """One section, its text not fetched. ``marks`` are codes of statuses ("empty", "changed", "commented" …);
    ``others`` the names of those who have it open now; ``aside`` the id of the reader's own text aside."""

    section: Section
    number: str
    is_empty: bool
    marks: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    comments: int = 0
    aside: int | None = None


def section_outline(annex: Annex, user: User, comments: DraftComments) -> list[OutlineEntry]:
    """Every section in order, those left out too, as ``user`` sees it with those ``comments``. Four queries, none of
    them with a text."""
    rows = list(_with_content(annex))
    shown = [row for row in rows if not row.is_left_out]
    number_of = dict(zip((row.pk for row in shown), numbers(shown), strict=True))
    entries = [OutlineEntry(row, number_of.get(row.pk, ""), not row.has_content) for row in rows]  # type: ignore[attr-defined]
    _fill_parents(entries)
    _mark(entries, annex, user, comments)
    return entries


def _with_content(annex: Annex) -> QuerySet[Section]:
    """The sections without their texts, each with ``has_content``: a text, or rows where its kind has rows of
    its own. What comes from the registers of parties, groups and annexes is always there."""
    agreement = annex.agreement_id
    value = SheetValue.objects.filter(field__sheet__section=OuterRef("pk")).exclude(html="")
    commitment = Commitment.objects.filter(value__field__sheet__section=OuterRef("pk"))
    rows = Case(
        When(kind="text", then=Value(value=False)),
        When(kind="action_plan_sheet", then=Exists(value) | Exists(commitment)),
        When(kind="priority_areas", then=Exists(PriorityArea.objects.filter(agreement=agreement, is_left_out=False))),
        When(kind="sources", then=Exists(Source.objects.filter(agreement=agreement))),
        When(kind="definitions", then=Exists(Definition.objects.filter(annex=annex))),
        default=Value(value=True),
    )
    found = annex.sections.defer("body").annotate(
        has_content=Case(When(~Q(body=""), then=Value(value=True)), default=rows)
    )
    return cast("QuerySet[Section]", found)


def _fill_parents(entries: list[OutlineEntry]) -> None:
    """A heading with text in a section below it is not empty."""
    above: list[OutlineEntry] = []
    for entry in entries:
        above = [one for one in above if one.section.level < entry.section.level]
        if not entry.is_empty and not entry.section.is_left_out:
            for one in above:
                one.is_empty = False
        above.append(entry)


def _mark(entries: list[OutlineEntry], annex: Annex, user: User, comments: DraftComments) -> None:
    frozen_at = annex.revisions.order_by("-frozen_at").values_list("frozen_at", flat=True).first()
    others = _others(annex, user)
    mine = SavedAside.objects.filter(section__annex=annex, saved_by=user, settled_at=None)
    asides = dict(mine.values_list("section_id", "pk"))
    for entry in entries:
        section = entry.section
        entry.comments = len(comments.by_section.get(str(section.pk), ()))
        entry.others = others[section.pk]
        entry.aside = asides.get(section.pk)
        entry.marks = list(_marks(entry, frozen_at))


def _marks(entry: OutlineEntry, frozen_at: datetime | None) -> list[str]:
    if entry.section.is_left_out:
        return ["left_out"]
    marks = ["empty" if entry.is_empty else "written"]
    if frozen_at is not None and entry.section.edited_at > frozen_at:
        marks = ["changed"] if not entry.is_empty else marks
    if entry.comments:
        marks.append("commented")
    if entry.others:
        marks.append("occupied")
    return marks


def _others(annex: Annex, user: User) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    here = Presence.objects.filter(section__annex=annex, seen_at__gte=timezone.now() - SEEN_WITHIN)
    for presence in here.exclude(user=user).select_related("user").order_by("user"):
        names[presence.section_id].append(str(presence.user))
    return names
