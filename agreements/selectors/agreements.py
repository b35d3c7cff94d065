"""Agreements for lists and for the agreement's own page; always from what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Decision, GoverningGroup, GroupKind, Membership, Organisation, Party, Proposal
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.rights import agreements_with
from agreements.selectors.deadlines import Deadline, deadlines
from agreements.selectors.in_force import decisions_in_force, parent_decision
from agreements.states import ON_THE_WAY, AnnexKind
from samverkan.numbers import whole_number

if TYPE_CHECKING:
    from samverkan.accounts.models import User

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


def status_of(agreement: Agreement, text_in_force: Decision | None, is_decided: bool, day: date) -> str:
    """ "draft", "decided_later", "in_force" or "ended". An agreement is in force when its own text is."""
    if agreement.has_ended(day):
        return "ended"
    if text_in_force is not None and (agreement.starts_on is None or agreement.has_begun(day)):
        return "in_force"
    return "decided_later" if is_decided else "draft"


def _narrowed(user: User, chosen: Filter) -> list[Agreement]:
    found = visible_agreements(user)
    if (organisation := whole_number(chosen.organisation)) is not None:
        found = found.filter(parties__organisation=organisation)
    if chosen.text:
        found = found.filter(Q(title__icontains=chosen.text) | Q(slug__icontains=chosen.text))
    if (year := whole_number(chosen.period)) is not None and MINYEAR <= year <= MAXYEAR:
        found = found.filter(
            Q(starts_on__isnull=True) | Q(starts_on__year__lte=year),
            Q(ends_on__isnull=True) | Q(ends_on__year__gte=year),
        )
    return list(
        found.distinct()
        .prefetch_related(Prefetch("parties", Party.objects.select_related("organisation")), "annexes")
        .order_by("title")
    )


def agreement_rows(user: User, chosen: Filter, day: date) -> list[Row]:
    """The rows of the list; the number of queries does not grow with the number of agreements."""
    return rows_of(_narrowed(user, chosen), user, day, status=chosen.status)


def rows_of(agreements: list[Agreement], user: User, day: date, *, status: str = "") -> list[Row]:
    """``agreements`` (with parties and annexes prefetched) as rows, those with ``status`` when it is given."""
    annexes = [annex for agreement in agreements for annex in agreement.annexes.all()]
    kinds = {annex.pk: annex.kind for annex in annexes}
    now: dict[int, list[Decision]] = {}
    text: dict[int, Decision] = {}
    decided = set(
        Decision.objects.filter(annex__in=[pk for pk, kind in kinds.items() if kind == AnnexKind.AGREEMENT_TEXT])
        .order_by()
        .values_list("agreement_id", flat=True)
    )
    for decision in (
        decisions_in_force(list(kinds), day).select_related(None).only("annex_id", "agreement_id", "effective_from")
    ):
        if kinds[decision.annex_id] == AnnexKind.AGREEMENT_TEXT:
            text[decision.agreement_id] = decision
        else:
            now.setdefault(decision.agreement_id, []).append(decision)
    moving = _on_the_way(user, agreements)
    due: dict[int, list[Deadline]] = {}
    for item in deadlines(agreements, day):
        due.setdefault(item.agreement.pk, []).append(item)
    rows = []
    for agreement in agreements:
        own = text.get(agreement.pk)
        found = status_of(agreement, own, agreement.pk in decided, day)
        if status and found != status:
            continue
        dates = due.get(agreement.pk, [])
        rows.append(
            Row(
                agreement,
                list(agreement.parties.all()),
                found,
                own.effective_from if own and found == "in_force" else None,
                next((item.due for item in dates if item.source == "R11"), None),
                len(now.get(agreement.pk, [])),
                moving.get(agreement.pk, 0),
                len({item.annex.pk for item in dates if item.annex is not None and item.is_overdue(day)}),
            )
        )
    return rows


def _on_the_way(user: User, agreements: list[Agreement]) -> dict[int, int]:
    """How many revisions are on their way per agreement, where ``user`` may know it."""
    counts: dict[int, int] = {}
    allowed = agreements_with(user, Perm.READ_PROPOSED).values("pk")
    moving = Proposal.objects.filter(
        annex__agreement__in=[agreement.pk for agreement in agreements], status__in=ON_THE_WAY
    ).filter(annex__agreement__in=allowed)
    for pk in moving.values_list("annex__agreement_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def organisations_of(user: User) -> list[Organisation]:
    """The organisations to choose from in the filter: the parties of what ``user`` sees."""
    return list(
        Organisation.objects.filter(parties__agreement__in=visible_agreements(user)).distinct().order_by("name")
    )


@dataclass(frozen=True)
class SeatView:
    """A seat with who holds it today; no holders: the seat is vacant."""

    pk: int
    function: str
    has_mandate: bool
    is_required: bool
    holders: list[Membership]


@dataclass(frozen=True)
class GroupView:
    """A governing group as it is today: its seats, and the members who have no seat.

    ``missing`` are the parties from which nobody sits in a working group, though it takes one of each (R34).
    """

    group: GoverningGroup
    seats: list[SeatView]
    members: list[Membership]
    missing: list[Party]

    @property
    def vacancies(self) -> int:
        return sum(1 for seat in self.seats if seat.is_required and not seat.holders)


def groups_of(agreement: Agreement, day: date) -> list[GroupView]:
    """The agreement's groups that exist on ``day``, with seats and members of that day; five queries."""
    held = Membership.objects.on(day).select_related(
        "user", "party__organisation", "organisation", "seat", "role_group"
    )
    groups = (
        agreement.governing_groups.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .prefetch_related("seats", "priority_areas", Prefetch("role_group__memberships", held, to_attr="held"))
        .select_related("role_group")
    )
    order = {"steering": 0, "preparatory": 1, "working": 2, "central_preparatory": 3}
    parties = list(agreement.parties.select_related("organisation"))
    views = [_group_view(group, parties) for group in groups]
    return sorted(views, key=lambda view: (order[view.group.kind], view.group.name))


def _group_view(group: GoverningGroup, parties: list[Party]) -> GroupView:
    members: list[Membership] = group.role_group.held if hasattr(group, "role_group") else []  # type: ignore[attr-defined]
    seats = [
        SeatView(
            seat.pk, seat.function, seat.has_mandate, seat.is_required, [m for m in members if m.seat_id == seat.pk]
        )
        for seat in group.seats.all()
    ]
    present = {member.party_id for member in members}
    missing = [party for party in parties if group.kind == GroupKind.WORKING and party.pk not in present]
    return GroupView(group, seats, [m for m in members if m.seat_id is None], missing)


def parent_warning(agreement: Agreement, day: date) -> str:
    """A sentence when the overarching agreement that this one rests on is not in force (R12), else ""."""
    if agreement.parent is None:
        return ""
    if agreement.parent.has_ended(day):
        return agreement.say(_("The overarching agreement that %(the_agreement)s rests on has ended."))
    if parent_decision(agreement, day) is None:
        return agreement.say(_("The overarching agreement that %(the_agreement)s rests on is not in force."))
    return ""
