"""Organisations, accounts, groups and contacts of the example."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group, Permission

from agreements.example import shapes
from agreements.management.demo.past import done
from agreements.models import (
    Affiliation,
    Agreement,
    Contact,
    GroupKind,
    Membership,
    Organisation,
    OrganisationName,
    Participant,
    Party,
    Seat,
)
from agreements.permissions import Capacity, Role
from agreements.workflow.agreement import PartyFacts, create_agreement
from agreements.workflow.group import role_group, write_group
from agreements.workflow.membership import write_membership
from samverkan.accounts.models import User
from samverkan.demo import PASSWORD

ADMINISTRATOR = "admin"
ADMINISTERED = ("organisation", "organisationname", "affiliation", "user")


def load_organisations(example: shapes.Example) -> dict[str, Organisation]:
    """The organisations by key, with the names that they bore before."""
    made: dict[str, Organisation] = {}
    for row in example.organisations:
        made[row.key] = Organisation.objects.create(
            name=row.name, kind=row.kind, org_number=row.org_number, postal_street=row.postal_street,
            postal_code=row.postal_code, postal_city=row.postal_city, registrar_mailbox=row.registrar_mailbox,
            registry_number_pattern=row.registry_number_pattern, belongs_to=made.get(row.belongs_to),
        )  # fmt: skip
        for former in row.former_names:
            OrganisationName.objects.create(organisation=made[row.key], name=former.name, valid_to=former.until)
    return made


def load_accounts(example: shapes.Example, organisations: dict[str, Organisation]) -> dict[str, User]:
    """The example accounts by the local part of their address. The administrator manages, but reads no drafts."""
    users = {}
    for row in example.accounts:
        user = User.objects.create_user(
            f"{row.local}@example.se", PASSWORD, name=row.name, title=row.title, is_staff=row.is_administrator
        )
        users[row.local] = user
        if row.organisation:
            Affiliation.objects.create(user=user, organisation=organisations[row.organisation], title=row.title)
        if row.is_administrator:
            user.groups.add(administrators())
    return users


def administrators() -> Group:
    """The group that may change organisations and accounts in the administration."""
    group, _made = Group.objects.get_or_create(name="administrators")
    known = Permission.objects.filter(content_type__model__in=ADMINISTERED)
    group.permissions.set(known | Permission.objects.filter(codename="add_agreement"))
    return group


def load_agreement(row: shapes.Agreement, organisations: dict[str, Organisation], users: dict[str, User]) -> Agreement:
    """The agreement with its parties, groups, roles and contacts, on the day when it was first written; its texts come
    afterwards."""
    day = row.first_version.submitted_on
    with done(day, 7, by=users[ADMINISTRATOR]):
        agreement = _begin(row, organisations)
    parties = _parties(agreement, row, organisations)
    load_groups(agreement, row, organisations, users, until=row.starts_on, on=day)
    for holder in row.role_holders:
        with done(day, 8, by=coordinator_of(row, users, holder.party)):
            _load_holder(agreement, holder, parties, users, starts_on=day)
    for at, contact in enumerate(row.contacts, start=1):
        with done(day, 8, by=coordinator_of(row, users, contact.party)):
            _load_contact(agreement, contact, at, parties, organisations)
    return agreement


def _begin(row: shapes.Agreement, organisations: dict[str, Organisation]) -> Agreement:
    agreement = create_agreement(
        slug=row.slug,
        title=row.title,
        level=row.level,
        parent=Agreement.objects.get(slug=row.parent) if row.parent else None,
        starts_on=row.starts_on,
        original_copies=row.original_copies,
        parties=[
            PartyFacts(organisations[party.organisation], party.defined_term, party.registry_number)
            for party in row.parties
        ],
    )
    for at, participant in enumerate(row.participants, start=1):
        Participant.objects.create(
            agreement=agreement, organisation=organisations[participant.organisation], note=participant.note,
            position=at,
        )  # fmt: skip
    return agreement


def coordinator_of(row: shapes.Agreement, users: dict[str, User], party: str) -> User:
    """Who writes for ``party``: its coordinator; for what is no party's own, and where a party has none, whoever
    submitted the first text."""
    named = (known.account for known in row.role_holders if known.role == Role.COORDINATOR and known.party == party)
    return users[next(named, row.first_version.submitted_by)]


def _parties(agreement: Agreement, row: shapes.Agreement, organisations: dict[str, Organisation]) -> dict[str, Party]:
    """The parties by key."""
    return {
        known.key: Party.objects.get(agreement=agreement, organisation=organisations[known.organisation])
        for known in row.parties
    }


def load_groups(
    agreement: Agreement,
    row: shapes.Agreement,
    organisations: dict[str, Organisation],
    users: dict[str, User],
    *,
    after: date = date.min,
    until: date,
    on: date | None = None,
) -> None:
    """The groups that began after one day and not later than another: a text names the groups of its own time. They
    were entered ``on`` a day, else when they began."""
    parties = _parties(agreement, row, organisations)
    for group in row.groups:
        begins = group.starts_on or row.starts_on
        if not after < begins <= until:
            continue
        day = on or begins
        with done(day, 8, by=coordinator_of(row, users, "")):
            seats = _load_group(agreement, group, parties)
        for seat, wanted in seats:
            since = wanted.since or begins
            with done(max(day, since), 8, by=coordinator_of(row, users, wanted.party)):
                _seat_somebody(seat, wanted, since, parties, organisations, users)


def _load_group(agreement: Agreement, row: shapes.Group, parties: dict[str, Party]) -> list[tuple[Seat, shapes.Seat]]:
    """Make the group with its seats; returns those that somebody takes."""
    group = agreement.governing_groups.filter(kind=row.kind).first() if row.kind != GroupKind.WORKING else None
    if group is None:
        group = write_group(agreement, GroupKind(row.kind), name=row.name)
    group.name, group.task = row.name, row.task
    group.starts_on, group.ends_on, group.next_meeting_on = row.starts_on, row.ends_on, row.next_meeting_on
    group.save()
    seats = [
        Seat.objects.create(
            group=group, function=wanted.function, party=parties.get(wanted.party), has_mandate=wanted.has_mandate,
            priority=wanted.priority, position=at,
        )
        for at, wanted in enumerate(row.seats, start=1)
    ]  # fmt: skip
    return [(seat, wanted) for seat, wanted in zip(seats, row.seats, strict=True) if not wanted.is_vacant]


def _seat_somebody(
    seat: Seat,
    row: shapes.Seat,
    since: date,
    parties: dict[str, Party],
    organisations: dict[str, Organisation],
    users: dict[str, User],
) -> Membership:
    return write_membership(
        seat.group.role_group,
        by=None,
        user=users.get(row.account),
        name=row.holder,
        party=parties.get(row.party),
        organisation=organisations.get(row.organisation),
        seat=seat,
        capacity=Capacity(row.capacity),
        is_convener=row.is_convener,
        starts_on=since,
    )


def _load_holder(
    agreement: Agreement,
    row: shapes.RoleHolder,
    parties: dict[str, Party],
    users: dict[str, User],
    *,
    starts_on: date,
) -> None:
    role = Role(row.role)
    central = agreement.governing_groups.filter(kind=GroupKind.CENTRAL_PREPARATORY)
    group = central.get() if role == Role.CENTRAL else None
    write_membership(
        role_group(agreement, role, group),
        by=None,
        user=users[row.account],
        party=parties.get(row.party),
        capacity=Capacity(row.capacity),
        starts_on=starts_on,
    )


def _load_contact(
    agreement: Agreement,
    row: shapes.Contact,
    position: int,
    parties: dict[str, Party],
    organisations: dict[str, Organisation],
) -> None:
    contact = Contact(
        agreement=agreement, party=parties.get(row.party), organisation=organisations.get(row.organisation),
        position=position, function=row.function, phone=row.phone, mobile=row.mobile, email=row.email,
        is_acting=row.is_acting, is_spokesperson=row.is_spokesperson, is_contact_person=row.is_contact_person,
        is_service=row.is_service,
    )  # fmt: skip
    contact.clean()
    contact.save()
