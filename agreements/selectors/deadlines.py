"""What is due in an agreement, and since when it is overdue. Nothing lapses by being late (domain.md 8.3).

Intervals are settings of the agreement with the seeds' values as defaults (domain.md section 7).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, cast

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Greatest, Least
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Decision, Review
from agreements.states import AnnexKind

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Dated(TypedDict):
        decided: Any
        reviewed: Any
        first_due: Any

    DatedAnnex = WithAnnotations[Annex, _Dated]


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


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month: 31 January + 1 is 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _decided_by(day: date) -> Q:
    """Decisions known on ``day``: taken by then, or in force by then when they were written down later."""
    return Q(decided_on__lte=day) | Q(effective_from__lte=day)


def _last_looked_at(annexes: Iterable[Annex], day: date) -> dict[int, tuple[date, date]]:
    """Per annex: (the day from which the newest text applies, the newest of that and of a review without change).

    A text that has been decided counts before its day has come: what was due has been done.
    """
    ids = [annex.pk for annex in annexes]
    decided = dict(
        Decision.objects.filter(_decided_by(day), annex__in=ids)
        .values_list("annex")
        .annotate(last=Max("effective_from"))
    )
    reviewed = dict(Review.objects.filter(annex__in=ids).values_list("annex").annotate(last=Max("reviewed_on")))
    return {pk: (last, max(last, reviewed.get(pk, last))) for pk, last in decided.items()}


class Rule(NamedTuple):
    """One thing that a kind of annex is due for: ``months``, a setting of the agreement, after it was last decided,
    or after it was last looked over without change."""

    months: str
    what: str | Promise
    source: str
    is_met_by_review: bool = False


RULES = {
    AnnexKind.AGREEMENT_TEXT: (
        Rule("revision_months", _("%(the_agreement)s is revised after consultation."), "R11", is_met_by_review=True),
    ),
    AnnexKind.SITUATIONAL_PICTURE: (
        Rule(
            "review_months", _("The steering group looks over the situational picture."), "R51", is_met_by_review=True
        ),
        Rule("situational_picture_months", _("The situational picture is revised."), "R41"),
    ),
    AnnexKind.COMMUNICATION_PLAN: (Rule("communication_plan_months", _("The communication plan is updated."), "R102"),),
    AnnexKind.ACTION_PLAN: (
        Rule("statutory_follow_up_months", _("The action plan is followed up."), "lag 2023:196 6 §"),
    ),
}


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
        for rule in RULES.get(AnnexKind(annex.kind), ()):
            since = reviewed if rule.is_met_by_review else decided
            months = getattr(agreement, rule.months)
            due.append(Deadline(agreement, annex, add_months(since, months), agreement.say(rule.what), rule.source))
    due += [
        Deadline(agreement, None, agreement.evaluated_on, agreement.say(_("%(the_agreement)s is evaluated.")), "R133")
        for agreement in living
        if agreement.evaluated_on is not None
    ]
    due += [
        Deadline(agreement, None, agreement.ends_on, agreement.say(_("%(the_agreement)s ends.")), "R10")
        for agreement in living
        if agreement.ends_on is not None
    ]
    return sorted(due, key=lambda item: (item.due, item.agreement.pk, str(item.annex.sort_key if item.annex else "")))


def due_by(agreements: QuerySet[Agreement], day: date, horizon: date) -> list[Deadline]:
    """What of ``deadlines`` is due by ``horizon``. The database finds it, and no more than that is fetched."""
    annexes = _dated(agreements, day).filter(first_due__lte=horizon)
    found = agreements.filter(
        Q(pk__in=annexes.values("agreement"))
        | Q(ends_on__gte=day, ends_on__lte=horizon)
        | Q(Q(ends_on=None) | Q(ends_on__gte=day), evaluated_on__lte=horizon)
    ).prefetch_related(Prefetch("annexes", annexes))
    return [item for item in deadlines(found, day) if item.due <= horizon]


def next_due(agreements: QuerySet[Agreement], day: date) -> Deadline | None:
    """What of ``deadlines`` is the first on or after ``day``; the database finds it."""
    still_to_come = [Case(When(**{f"{name}__gte": day}, then=F(name))) for name in DUE]
    annex = (
        _dated(agreements, day)
        .annotate(next_due=Least(*still_to_come))
        .filter(next_due__isnull=False)
        .order_by("next_due", "agreement", "sort_key")
        .select_related("agreement")
        .first()
    )
    found = []
    if annex is not None:
        prefetch_related_objects([annex.agreement], Prefetch("annexes", Annex.objects.filter(pk=annex.pk)))
        found.append(annex.agreement)
    as_a_whole = (
        agreements.filter(Q(ends_on=None) | Q(ends_on__gte=day))
        .annotate(own_due=Least("ends_on", Case(When(evaluated_on__gte=day, then=F("evaluated_on")))))
        .filter(own_due__isnull=False)
        .order_by("own_due", "pk")
    )
    found += as_a_whole.prefetch_related(Prefetch("annexes", Annex.objects.none()))[:1]
    return next((item for item in deadlines(found, day) if item.due >= day), None)


DUE = [f"due_{place}" for place in range(max(map(len, RULES.values())))]
"""What ``_dated`` calls the day of a kind's first rule, of its second …; null where it has none."""


def _dated(agreements: QuerySet[Agreement], day: date) -> QuerySet[DatedAnnex]:
    """The annexes of ``agreements`` that can be due, with the days and the first of them as ``first_due``."""
    decided = Decision.objects.filter(_decided_by(day), annex=OuterRef("pk")).order_by("-effective_from")
    reviewed = Review.objects.filter(annex=OuterRef("pk")).order_by("-reviewed_on")
    found: Any = (
        Annex.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), agreement__in=agreements, kind__in=list(RULES))
        .exclude(agreement__ends_on__lt=day)
        .annotate(
            decided=Subquery(decided.values("effective_from")[:1]),
            reviewed=Subquery(reviewed.values("reviewed_on")[:1]),
        )
        .exclude(decided=None)
        .annotate(**{name: _due(place) for place, name in enumerate(DUE)})
        .annotate(first_due=Least(*map(F, DUE)))
    )
    return cast("QuerySet[DatedAnnex]", found)


def _due(place: int) -> Case:
    """The day by the rule that has that place among those of the annex's kind."""
    rules = {kind: rules[place] for kind, rules in RULES.items() if len(rules) > place}
    return Case(*(When(kind=kind, then=_day(rule)) for kind, rule in rules.items()), output_field=DateField())


def _day(rule: Rule) -> Cast:
    since = Greatest("decided", "reviewed") if rule.is_met_by_review else F("decided")
    months = Func(
        Value(0), F(f"agreement__{rule.months}"), function="make_interval", output_field=DurationField()
    )  # years, months
    return Cast(ExpressionWrapper(since + months, DateTimeField()), DateField())
