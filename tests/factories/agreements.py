from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from agreements.models import (
    Agreement,
    Annex,
    GoverningGroup,
    GroupKind,
    Membership,
    Organisation,
    OrganisationKind,
    Party,
    PriorityArea,
    RoleGroup,
    Section,
)
from agreements.permissions import Capacity, Role
from agreements.rights import today
from agreements.states import AnnexKind
from agreements.workflow.agreement import PartyFacts, create_agreement
from agreements.workflow.group import grant_to_new_annex, role_group, sync_working_group, write_group
from agreements.workflow.membership import write_membership
from samverkan.accounts.models import User

_numbers = itertools.count(1)


def make_user(name: str = "", *, title: str = "", **extra: object) -> User:
    """An account; its address is made of the name, or of a running number."""
    number = next(_numbers)
    address = f"{(name or 'person').lower().replace(' ', '.')}.{number}@example.se"
    return User.objects.create_user(address, "hemligt-losenord", name=name, title=title, **extra)


def make_organisation(
    name: str = "", kind: str = OrganisationKind.MUNICIPALITY, org_number: str = "", **extra: object
) -> Organisation:
    return Organisation.objects.create(
        name=name or f"Organisation {next(_numbers)}", kind=kind, org_number=org_number, **extra
    )


def make_agreement(slug: str = "", **settings: Any) -> Agreement:
    """A local agreement between a municipality and a local police area, with groups but nobody in them."""
    number = next(_numbers)
    kommun = make_organisation(f"Provkommun {number}", postal_street="Box 1", postal_code="100 00", postal_city="Prov")
    polis = make_organisation(f"Lokalpolisområde Prov {number}", OrganisationKind.LOCAL_POLICE_AREA)
    return create_agreement(
        slug=slug or f"prov-{number}",
        title=str(settings.pop("title", f"Lokal samverkansöverenskommelse Prov {number}")),
        parties=[
            PartyFacts(kommun, "Kommunen", f"KS 2026/{number}"),
            PartyFacts(polis, "Polisen", f"A100.{number:03d}/2026"),
        ],
        starts_on=date(2026, 3, 1),
        **settings,
    )


@dataclass
class World:
    """One agreement with the whole cast, an agreement text and a lägesbild, an action plan, a communication plan."""

    agreement: Agreement
    kommun: Party
    polis: Party
    anna: User
    pia: User
    bo: User
    cia: User
    nils: User
    coordinator: User
    police_coordinator: User
    preparer: User
    police_preparer: User
    member: User
    communicator: User
    signatory: User
    police_signatory: User
    registrar: User
    reader: User
    other: Agreement
    area: PriorityArea
    working_group: GoverningGroup
    annexes: dict[str, Annex] = field(default_factory=dict)

    @property
    def text(self) -> Annex:
        return self.annexes["0"]

    @property
    def picture(self) -> Annex:
        return self.annexes["1"]

    @property
    def plan(self) -> Annex:
        return self.annexes["3a"]

    @property
    def communication(self) -> Annex:
        return self.annexes["4"]


def seat_in(
    agreement: Agreement,
    role: Role,
    user: User,
    party: Party | None = None,
    capacity: Capacity = Capacity.ORDINARY,
    group: GoverningGroup | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Let ``user`` have ``role``, since a year unless a day is given."""
    if group is None and role in (Role.STEERING, Role.PREPARATORY):
        group = agreement.governing_groups.get(
            kind=GroupKind.STEERING if role == Role.STEERING else GroupKind.PREPARATORY
        )
    own: RoleGroup = role_group(agreement, role, group)
    return write_membership(
        own, by=None, user=user, party=party, capacity=capacity,
        starts_on=starts_on or today() - timedelta(days=365), ends_on=ends_on,
    )  # fmt: skip


ANNEXES = (
    (AnnexKind.AGREEMENT_TEXT, "0", "Överenskommelsen"),
    (AnnexKind.SITUATIONAL_PICTURE, "1", "Gemensam lokal lägesbild"),
    (AnnexKind.ACTION_PLAN, "3a", "Åtgärdsplan"),
    (AnnexKind.COMMUNICATION_PLAN, "4", "Kommunikationsplan"),
)


def make_annex(agreement: Agreement, kind: AnnexKind, number: str, title: str, **extra: object) -> Annex:
    """An annex with two sections of text, without faults."""
    annex = Annex.objects.create(agreement=agreement, kind=kind, number=number, title=title, **extra)
    for at, (heading, body) in enumerate(
        [
            ("Syfte", "<p>Parterna arbetar tillsammans för att förebygga brott.</p>"),
            ("Arbetssätt", "<p>Arbetet leds av styrgruppen och följs upp varje år.</p>"),
        ]
    ):
        Section.objects.create(annex=annex, position=at, level=1, heading=heading, body=body)
    grant_to_new_annex(annex)
    return annex


def make_world(**settings: Any) -> World:
    """The whole cast in one agreement, and Cia deciding under another."""
    agreement = make_agreement(**settings)
    kommun, polis = agreement.parties.select_related("organisation")
    other = make_agreement()
    area = PriorityArea.objects.create(agreement=agreement, position=1, title="Trygga platser")
    group = write_group(agreement, GroupKind.WORKING, name="Arbetsgrupp trygga platser")
    group.priority_areas.add(area)
    world = World(
        agreement=agreement,
        kommun=kommun,
        polis=polis,
        anna=make_user("Anna", title="Kommundirektör"),
        pia=make_user("Pia", title="Lokalpolisområdeschef"),
        bo=make_user("Bo"),
        cia=make_user("Cia", title="Stadsdelsdirektör"),
        nils=make_user("Nils"),
        coordinator=make_user("Samordnare kommun"),
        police_coordinator=make_user("Samordnare polis"),
        preparer=make_user("Beredare kommun"),
        police_preparer=make_user("Beredare polis"),
        member=make_user("Ledamot"),
        communicator=make_user("Kommunikator"),
        signatory=make_user("Undertecknare kommun", title="Kommunstyrelsens ordförande"),
        police_signatory=make_user("Undertecknare polis", title="Lokalpolisområdeschef"),
        registrar=make_user("Registrator"),
        reader=make_user("Lasare"),
        other=other,
        area=area,
        working_group=group,
    )
    for kind, number, title in ANNEXES:
        extra = {"priority_area": area} if kind == AnnexKind.ACTION_PLAN else {}
        world.annexes[number] = make_annex(agreement, kind, number, title, **extra)
    seat_in(agreement, Role.COMMUNICATOR, world.communicator, kommun)
    sync_working_group(group)
    seat_in(agreement, Role.STEERING, world.anna, kommun, Capacity.DECISION_MAKER)
    seat_in(agreement, Role.STEERING, world.pia, polis, Capacity.DECISION_MAKER)
    seat_in(agreement, Role.STEERING, world.member, kommun)
    seat_in(agreement, Role.WORKING_GROUP, world.bo, polis, group=group)
    seat_in(agreement, Role.COORDINATOR, world.coordinator, kommun)
    seat_in(agreement, Role.COORDINATOR, world.police_coordinator, polis)
    seat_in(agreement, Role.PREPARATORY, world.preparer, kommun)
    seat_in(agreement, Role.PREPARATORY, world.police_preparer, polis)
    seat_in(agreement, Role.SIGNATORY, world.signatory, kommun)
    seat_in(agreement, Role.SIGNATORY, world.police_signatory, polis)
    seat_in(agreement, Role.REGISTRAR, world.registrar, kommun)
    seat_in(agreement, Role.READER, world.reader, kommun)
    seat_in(other, Role.STEERING, world.cia, other.parties.first(), Capacity.DECISION_MAKER)
    return world
