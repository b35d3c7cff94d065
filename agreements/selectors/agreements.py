"""Agreements for lists and for the agreement's own page; always from what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Decision, Organisation, Party, Proposal
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.rights import agreements_with
from agreements.selectors.deadlines import Deadline, deadlines
from agreements.selectors.in_force import numbers_in_force, parent_decision
from agreements.states import ON_THE_WAY, AnnexKind
from samverkan.numbers import whole_number

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from samverkan.accounts.models import User

    class _Told(TypedDict):
        status: str
        text_since: date | None

    AgreementWithStatus = WithAnnotations[Agreement, _Told]

STATUSES = {
    "draft": _("Being written"),
    "in_force": _("In force"),
    "decided_later": _("Decided, not yet in force"),
    "ended": _("Ended"),
}


@dataclass(frozen=True)
class Row:
    """One agreement in the list: how it stands on ``day``, and how many annexes are where."""

    agreement: Agreement
    parties: list[Party]
    status: str
    in_force_since: date | None
    next_revision: date | None
    in_force: int
    on_the_way: int
    overdue: int


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; every field may be empty. ``period`` is a year."""

    organisation: str = ""
    status: str = ""
    period: str = ""
    text: str = ""


def with_status(agreements: QuerySet[Agreement], day: date) -> QuerySet[AgreementWithStatus]:
    """``agreements`` with ``status`` on ``day``, one of STATUSES, and ``text_since``, the day from which their own
    text applies. An agreement is in force when its own text is and it has begun. A day before the text was decided
    knows of no decision."""
    decided = Decision.objects.filter(agreement=OuterRef("pk"), annex__kind=AnnexKind.AGREEMENT_TEXT)
    now = decided.filter(effective_from__lte=day).order_by("-effective_from")
    return agreements.annotate(
        text_since=Subquery(now.values("effective_from")[:1]),
        status=Case(
            When(ends_on__lt=day, then=Value("ended")),
            When(Q(starts_on=None) | Q(starts_on__lte=day), text_since__isnull=False, then=Value("in_force")),
            When(Exists(decided.filter(decided_on__lte=day)), then=Value("decided_later")),
            default=Value("draft"),
        ),
    )


def status_of(agreement: Agreement, day: date) -> str:
    """The agreement's status on ``day``; one query."""
    return with_status(Agreement.objects.filter(pk=agreement.pk), day).get().status


def listed_agreements(user: User, chosen: Filter, day: date) -> QuerySet[AgreementWithStatus]:
    """The agreements of the list in order, ``with_status``; ``rows_of`` makes rows of those that a page shows."""
    found = with_status(visible_agreements(user), day)
    if chosen.status in STATUSES:
        found = found.filter(status=chosen.status)
    if (organisation := whole_number(chosen.organisation)) is not None:
        found = found.filter(Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation=organisation)))
    if chosen.text:
        found = found.filter(Q(title__icontains=chosen.text) | Q(slug__icontains=chosen.text))
    if (year := whole_number(chosen.period)) is not None and MINYEAR <= year <= MAXYEAR:
        found = found.filter(
            Q(starts_on__isnull=True) | Q(starts_on__year__lte=year),
            Q(ends_on__isnull=True) | Q(ends_on__year__gte=year),
        )
    return found.prefetch_related(Prefetch("parties", Party.objects.select_related("organisation")))


def rows_of(agreements: Iterable[AgreementWithStatus], user: User, day: date) -> list[Row]:
    """Agreements of ``listed_agreements`` as rows; the number of queries does not grow with theirs."""
    agreements = list(agreements)
    prefetch_related_objects(agreements, "annexes")
    now = numbers_in_force(agreements, day)
    moving = _on_the_way(user, agreements)
    due: dict[int, list[Deadline]] = {}
    for item in deadlines(agreements, day):
        due.setdefault(item.agreement.pk, []).append(item)
    return [_row(agreement, day, due.get(agreement.pk, []), now, moving) for agreement in agreements]


def _row(
    agreement: AgreementWithStatus, day: date, dates: list[Deadline], now: Mapping[int, int], moving: Mapping[int, int]
) -> Row:
    return Row(
        agreement,
        list(agreement.parties.all()),
        agreement.status,
        agreement.text_since if agreement.status == "in_force" else None,
        next((item.due for item in dates if item.source == "R11"), None),
        now.get(agreement.pk, 0),
        moving.get(agreement.pk, 0),
        len({item.annex.pk for item in dates if item.annex is not None and item.is_overdue(day)}),
    )


def _on_the_way(user: User, agreements: Iterable[Agreement]) -> dict[int, int]:
    """How many revisions are on their way per agreement, where ``user`` may know it."""
    counts: dict[int, int] = {}
    allowed = agreements_with(user, Perm.READ_PROPOSED).values("pk")
    moving = Proposal.objects.filter(
        annex__agreement__in=[agreement.pk for agreement in agreements], status__in=ON_THE_WAY
    ).filter(annex__agreement__in=allowed)
    for pk in moving.values_list("annex__agreement_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def organisations_of(user: User) -> list[tuple[int, str]]:
    """Id and name of the organisations to choose from in the filter: the parties of what ``user`` sees. One that has
    been taken over says by whom (R165)."""
    parties = Party.objects.filter(agreement__in=visible_agreements(user))
    found = Organisation.objects.filter(pk__in=parties.values("organisation")).select_related("successor")
    return [(organisation.pk, _with_successor(organisation)) for organisation in found]


def _with_successor(organisation: Organisation) -> str:
    if organisation.successor is None:
        return organisation.name
    words = {"name": organisation.name, "successor": organisation.successor.name}
    return gettext("%(name)s (taken over by %(successor)s)") % words


def parent_warning(agreement: Agreement, day: date) -> str:
    """A sentence when the overarching agreement that this one rests on is not in force (R12), else "". ``agreement`` is
    the row of ``day``."""
    if agreement.parent is None:
        return ""
    if agreement.parent.has_ended(day):
        return agreement.say(_("The overarching agreement that %(the_agreement)s rests on has ended."))
    if parent_decision(agreement, day) is None:
        return agreement.say(_("The overarching agreement that %(the_agreement)s rests on is not in force."))
    return ""
