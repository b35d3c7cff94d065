"""Roles and contacts of an agreement, as the page "Grupper och kontakter" shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Agreement, Contact, GoverningGroup, Membership
from agreements.permissions import Role


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
    order = (Role.COORDINATOR, Role.COMMUNICATOR, Role.SIGNATORY, Role.REGISTRAR, Role.READER)
    return [RoleView(role, by_role.get(role, [])) for role in order]


def contacts_of(agreement: Agreement, day: date) -> list[ContactsView]:
    """The contacts valid on ``day`` by party, then those of no party, services last; parties without contacts are
    shown empty."""
    rows = list(
        agreement.contacts.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .select_related("organisation")
    )
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
