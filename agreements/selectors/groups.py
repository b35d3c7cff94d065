"""Roles and contacts of an agreement, as the page "Grupper och kontakter" shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agreements.models import Agreement, Contact, Membership, Party
from agreements.permissions import Role


@dataclass(frozen=True)
class RoleView:
    """A role outside the groups with those who have it on the day."""

    role: Role
    members: list[Membership]


@dataclass(frozen=True)
class ContactsView:
    """One party's contacts; ``party`` None: services such as 114 14, and others."""

    party: Party | None
    contacts: list[Contact]


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
    """The contacts valid on ``day`` by party, those of no party last; parties without contacts are shown empty."""
    rows = list(
        agreement.contacts.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .select_related("organisation")
    )
    parties = list(agreement.parties.select_related("organisation"))
    views = [ContactsView(party, [row for row in rows if row.party_id == party.pk]) for party in parties]
    others = [row for row in rows if row.party_id is None]
    return [*views, ContactsView(None, others)] if others else views
