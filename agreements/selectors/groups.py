"""Groups, roles and contacts of an agreement, as the page "Grupper och kontakter" shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from agreements.models import Agreement, Contact, GoverningGroup, GroupKind, Membership, Party
from agreements.permissions import OUTSIDE_THE_GROUPS, Role
from agreements.rights import today
from samverkan.periods import holds_on, not_over


@dataclass(frozen=True)
class SeatView:
    """A seat with who holds it today; it is vacant when nobody does whose account is not closed."""

    pk: int
    function: str
    has_mandate: bool
    priority: int | None
    is_required: bool
    holders: list[Membership]

    @property
    def is_vacant(self) -> bool:
        return all(holder.has_closed_account for holder in self.holders)


@dataclass(frozen=True)
class GroupView:
    """A governing group as it is today: its seats, and the members who have no seat.

    ``areas`` are the names of the priority areas it belongs to, as far as they were given to ``groups_of``; ``missing``
    the parties from which nobody sits in a working group, though it takes one of each (R34); ``next_meeting`` is None
    when none lies ahead.
    """

    group: GoverningGroup
    areas: list[str]
    seats: list[SeatView]
    members: list[Membership]
    missing: list[Party]
    next_meeting: date | None


def groups_of(agreement: Agreement, day: date, area_names: Mapping[str, str] | None = None) -> list[GroupView]:
    """The agreement's groups that exist on ``day``, with seats and members of that day, and with those of their areas
    that ``area_names`` (name by id) has; five queries.

    On a day that has passed: groups in which somebody was, and the seats that somebody held. Which of them stood empty
    then, and when a group was to meet, is not in the rows of today.
    """
    held = Membership.objects.on(day).select_related(
        "user", "party__organisation", "organisation", "seat", "role_group"
    )
    groups = (
        agreement.governing_groups.filter(not_over(day))
        .prefetch_related("seats", "priority_areas", Prefetch("role_group__memberships", held, to_attr="held"))
        .select_related("role_group")
    )
    parties = list(agreement.parties.select_related("organisation"))
    views = [_group_view(group, parties, day, area_names or {}) for group in groups]
    if day < today():
        views = [_without_today(view) for view in views if view.members or any(seat.holders for seat in view.seats)]
    return sorted(views, key=lambda view: GroupKind.values.index(view.group.kind))  # by name they come already


def _without_today(view: GroupView) -> GroupView:
    return replace(view, seats=[seat for seat in view.seats if seat.holders], missing=[], next_meeting=None)


def _group_view(group: GoverningGroup, parties: list[Party], day: date, names: Mapping[str, str]) -> GroupView:
    members: list[Membership] = group.role_group.held if hasattr(group, "role_group") else []  # type: ignore[attr-defined]
    seats = [
        SeatView(
            pk=seat.pk,
            function=seat.function,
            has_mandate=seat.has_mandate,
            priority=seat.priority,
            is_required=seat.is_required,
            holders=[m for m in members if m.seat_id == seat.pk],
        )
        for seat in group.seats.all()
    ]
    present = {member.party_id for member in members if not member.has_closed_account}
    missing = [party for party in parties if group.kind == GroupKind.WORKING and party.pk not in present]
    ahead = group.next_meeting_on if group.next_meeting_on and group.next_meeting_on >= day else None
    areas = [names[key] for area in group.priority_areas.all() if (key := str(area.pk)) in names]
    return GroupView(group, areas, seats, [m for m in members if m.seat_id is None], missing, ahead)


@dataclass(frozen=True)
class RoleView:
    """A role outside the groups with those who have it on the day."""

    role: Role
    members: list[Membership]


@dataclass(frozen=True)
class ContactsView:
    """A party's contacts, those of no party, or services such as 114 14, whoever has them."""

    heading: str
    contacts: list[Contact]


@dataclass(frozen=True)
class OtherDays:
    """What the rest of the page does not show, as it is to come or over; groups that have begun and those that will
    are all shown there. A membership without a last day in a group that has ended belongs here."""

    groups: list[GoverningGroup]
    memberships: list[Membership]
    contacts: list[Contact]

    def __bool__(self) -> bool:
        return bool(self.groups or self.memberships or self.contacts)


def roles_of(agreement: Agreement, day: date) -> list[RoleView]:
    """The roles that are no group: coordinators, communicators, signatories, registrars, readers. One query."""
    held = (
        Membership.objects.on(day)
        .filter(role_group__agreement=agreement, role_group__governing_group=None)
        .select_related("role_group", "user", "party__organisation")
    )
    by_role: dict[str, list[Membership]] = {}
    for membership in held:
        by_role.setdefault(membership.role_group.role, []).append(membership)
    return [RoleView(role, by_role.get(role, [])) for role in OUTSIDE_THE_GROUPS]


def contacts_of(agreement: Agreement, day: date) -> list[ContactsView]:
    """The contacts valid on ``day`` by party, then those of no party, services last; parties without contacts are
    shown empty."""
    rows = list(agreement.contacts.filter(holds_on(day)).select_related("organisation"))
    people = [row for row in rows if not row.is_service]
    views = [
        ContactsView(str(party), [row for row in people if row.party_id == party.pk])
        for party in agreement.parties.select_related("organisation")
    ]
    others = ContactsView(_("Others"), [row for row in people if row.party_id is None])
    services = ContactsView(_("Services"), [row for row in rows if row.is_service])
    return [*views, *(view for view in (others, services) if view.contacts)]


def other_days_of(agreement: Agreement, day: date) -> OtherDays:
    """Groups that have ended by ``day``, and memberships and contacts that have ended or are to come. Three queries."""
    elsewhere = Q(starts_on__gt=day) | Q(ends_on__lt=day)
    memberships = Membership.objects.filter(role_group__agreement=agreement).filter(
        elsewhere | Q(role_group__governing_group__ends_on__lt=day)
    )
    return OtherDays(
        list(agreement.governing_groups.filter(ends_on__lt=day)),
        list(memberships.select_related("role_group__governing_group", "user", "party__organisation")),
        list(agreement.contacts.filter(elsewhere)),
    )
