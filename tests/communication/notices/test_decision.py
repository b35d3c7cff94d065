"""A decision is told to everybody concerned, in the transaction that takes it (R46)."""

from datetime import date

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from agreements.models import GroupKind, Organisation, OrganisationKind, Proposal
from agreements.permissions import Role
from agreements.policies.agreement import visible_agreements
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.agreement import PartyFacts, create_agreement
from agreements.workflow.group import inherit_central_group
from agreements.workflow.registration import TakenDecision, register_decided
from communication.models import Delivery, Notice
from communication.notices.base import long_date
from communication.states import Channel, DeliveryStatus, NoticeEvent
from samverkan.accounts.models import User
from tests.communication.conftest import titles, told
from tests.factories import World, decide, make_organisation, make_user, make_world, proposal_at
from tests.factories.agreements import seat_in

GROUPS = {"Anna", "Ledamot", "Beredare kommun", "Beredare polis", "Samordnare kommun", "Samordnare polis"}
"""Everybody in the groups but Pia, whose assent was the last."""


def test_the_situational_picture_concerns_all_groups(world: World) -> None:
    decide(world)

    assert told(event=NoticeEvent.DECIDED) == GROUPS | {"Bo", "Registrator"}


def test_a_communication_plan_concerns_communicators_and_no_working_group(world: World) -> None:
    decide(world, "4")

    assert told(event=NoticeEvent.DECIDED) == GROUPS | {"Kommunikator", "Registrator"}


def test_registrars_mailboxes_are_told_by_mail_alone_and_their_people_not_twice(world: World) -> None:
    Organisation.objects.filter(pk=world.kommun.organisation_id).update(registrar_mailbox="registrator@example.se")
    Organisation.objects.filter(pk=world.polis.organisation_id).update(registrar_mailbox="Diariet@example.se")
    decide(world)

    assert told(event=NoticeEvent.DECIDED) == GROUPS | {"Bo", "registrator@example.se", "Diariet@example.se"}
    letters = Delivery.objects.filter(notice__mailbox="registrator@example.se")
    assert [letter.channel for letter in letters] == [Channel.MAIL]


def test_parties_with_one_mailbox_get_one_letter(world: World) -> None:
    Organisation.objects.filter(parties__agreement=world.agreement).update(registrar_mailbox="diariet@example.se")
    decide(world)

    assert Notice.objects.filter(mailbox="diariet@example.se").count() == 1


def test_the_central_preparatory_group_of_the_overarching_agreement_is_told(world: World) -> None:
    city = create_agreement(
        slug="staden",
        title="Övergripande överenskommelse",
        level="overarching",
        parties=[
            PartyFacts(make_organisation("Staden"), "Staden", "1"),
            PartyFacts(make_organisation("Polisregionen", OrganisationKind.POLICE_REGION), "Polisen", "2"),
        ],
    )
    central = make_user("Central")
    group = city.governing_groups.get(kind=GroupKind.CENTRAL_PREPARATORY)
    seat_in(city, Role.CENTRAL, central, group=group)
    world.agreement.parent = city
    world.agreement.save()
    inherit_central_group(world.agreement)
    decide(world)

    assert told(event=NoticeEvent.DECIDED) == GROUPS | {"Bo", "Registrator", "Central"}
    assert Notice.objects.get(recipient=central).reason == f"Du tillhör {group}."


def test_readers_the_near_miss_and_nobody_are_told_nothing(world: World) -> None:
    decide(world)

    assert told() & {"Lasare", "Cia", "Nils"} == set()


def test_everybody_who_is_told_may_see_it(world: World) -> None:
    decide(world)

    for user in User.objects.filter(notices__isnull=False).distinct():
        assert visible_agreements(user).filter(pk=world.agreement.pk).exists()


def test_the_title_names_text_version_and_day_and_leads_to_the_decision(world: World) -> None:
    decision = decide(world)
    notice = Notice.objects.filter(event=NoticeEvent.DECIDED).first()

    assert notice is not None
    assert titles(event=NoticeEvent.DECIDED) == {
        f"{decision.revision} är fastställd och gäller från {long_date(decision.effective_from)}"
    }
    assert (notice.path, notice.date, notice.decision) == (
        decision.get_absolute_url(), decision.decided_on, decision,
    )  # fmt: skip


def test_each_person_has_it_in_the_portal_and_a_letter_waiting(world: World) -> None:
    decide(world)
    notice = Notice.objects.get(event=NoticeEvent.DECIDED, recipient=world.anna)

    assert {(d.channel, d.status, d.address) for d in notice.deliveries.all()} == {
        (Channel.PORTAL, DeliveryStatus.SENT, ""),
        (Channel.MAIL, DeliveryStatus.PENDING, world.anna.email),
    }


class Undone(Exception):
    pass


def counts() -> tuple[int, int, int]:
    return Notice.objects.count(), Delivery.objects.count(), ProcrastinateJob.objects.count()


@transaction.atomic
def decide_and_fail(proposal: Proposal, world: World, before: tuple[int, int, int]) -> None:
    """Take the decision, see that rows and jobs are there, and fail in the same transaction."""
    assert moves.give_assent(proposal, by=world.pia) is not None
    assert all(now > then for now, then in zip(counts(), before, strict=True))
    raise Undone


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_notice_and_no_job() -> None:
    world = make_world()
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    moves.give_assent(proposal, by=world.anna)
    before = counts()

    with pytest.raises(Undone):
        decide_and_fail(proposal, world, before)

    assert counts() == before


def registered(world: World, day: date) -> str:
    """What is told of a picture that was decided on ``day`` and is registered afterwards."""
    taken = TakenDecision(decided_on=day, effective_from=day, resolution="Fastställs.")
    proposal = register_decided(world.picture, taken, by=world.coordinator)
    moves.confirm_entry(proposal, by=world.police_coordinator)
    notice = Notice.objects.filter(event=NoticeEvent.DECIDED, decision__revision=proposal.revision).first()
    assert notice is not None
    return notice.title.removeprefix(str(proposal.revision)).strip()


def test_what_was_registered_says_so_and_for_which_time_it_applied(world: World) -> None:
    assert registered(world, date(2025, 3, 1)) == "har registrerats i efterhand och gäller från 1 mars 2025"
    assert registered(world, date(2024, 6, 1)) == (
        "har registrerats i efterhand och gällde från 1 juni 2024 till 28 februari 2025"
    )
