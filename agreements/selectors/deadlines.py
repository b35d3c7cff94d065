"""What is due in an agreement, and since when it is overdue. Nothing lapses by being late (domain.md 8.3).

Intervals are settings of the agreement with the seeds' values as defaults (domain.md section 7).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Decision, Review
from agreements.states import AnnexKind


@dataclass(frozen=True)
class Deadline:
    """One thing that is due on ``due``: what (a sentence), for which agreement and annex, by which rule."""

    agreement: Agreement
    annex: Annex | None
    due: date
    what: str | Promise
    source: str

    def is_overdue(self, day: date) -> bool:
        return self.due < day

    def days_left(self, day: date) -> int:
        return (self.due - day).days


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month: 31 January + 1 is 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _last_looked_at(annexes: Iterable[Annex], day: date) -> dict[int, tuple[date, date]]:
    """Per annex: (the day of the newest decision in force, the newest of that and of a review without change)."""
    ids = [annex.pk for annex in annexes]
    decided = dict(
        Decision.objects.filter(annex__in=ids, effective_from__lte=day)
        .values_list("annex")
        .annotate(last=Max("effective_from"))
    )
    reviewed = dict(Review.objects.filter(annex__in=ids).values_list("annex").annotate(last=Max("reviewed_on")))
    return {pk: (last, max(last, reviewed.get(pk, last))) for pk, last in decided.items()}


def _rules(agreement: Agreement, annex: Annex) -> list[tuple[int, str | Promise, str]]:
    """(months since it was last looked at, what, source) for one annex."""
    if annex.kind == AnnexKind.AGREEMENT_TEXT:
        return [
            (agreement.revision_months, agreement.say(_("%(the_agreement)s is revised after consultation.")), "R11")
        ]
    if annex.kind == AnnexKind.SITUATIONAL_PICTURE:
        return [
            (agreement.review_months, _("The steering group looks over the situational picture."), "R51"),
            (agreement.situational_picture_months, _("The situational picture is revised."), "R41"),
        ]
    if annex.kind == AnnexKind.COMMUNICATION_PLAN:
        return [(agreement.communication_plan_months, _("The communication plan is updated."), "R102")]
    if annex.kind == AnnexKind.ACTION_PLAN:
        return [(agreement.statutory_follow_up_months, _("The action plan is followed up."), "lag 2023:196 6 §")]
    return []


def deadlines(agreements: Iterable[Agreement], day: date) -> list[Deadline]:
    """Everything due in ``agreements``, soonest first; two queries whatever their number. Reads ``annexes``
    (prefetch them). Only what has once been decided can be due; ended annexes and agreements are not."""
    living = [agreement for agreement in agreements if not agreement.has_ended(day)]
    annexes = [
        annex
        for agreement in living
        for annex in agreement.annexes.all()
        if annex.ends_on is None or annex.ends_on >= day
    ]
    by_pk = {agreement.pk: agreement for agreement in living}
    looked = _last_looked_at(annexes, day)
    due = []
    for annex in annexes:
        if annex.pk not in looked:
            continue
        agreement = by_pk[annex.agreement_id]
        decided, reviewed = looked[annex.pk]
        for months, what, source in _rules(agreement, annex):
            since = reviewed if source in ("R51", "R11") else decided
            due.append(Deadline(agreement, annex, add_months(since, months), what, source))
    due += [
        Deadline(agreement, None, agreement.ends_on, agreement.say(_("%(the_agreement)s ends.")), "R10")
        for agreement in living
        if agreement.ends_on is not None
    ]
    return sorted(due, key=lambda item: (item.due, item.agreement.pk, str(item.annex.sort_key if item.annex else "")))
