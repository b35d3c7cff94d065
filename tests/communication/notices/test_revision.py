"""Who is told what while a text is on its way. The person who acted is told nothing."""

from datetime import date, timedelta

import pytest

from agreements.models import Agreement, Membership
from agreements.permissions import Role
from agreements.policies.proposal import visible_proposals
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.registration import TakenDecision, register_decided
from communication.models import Notice
from communication.states import NoticeEvent
from samverkan.accounts.models import User
from tests.communication.conftest import titles, told
from tests.factories import World, make_user, proposal_at, submit
from tests.factories.agreements import seat_in

PREPARATORY = {"Beredare kommun", "Beredare polis"}
STEERING = {"Anna", "Pia", "Ledamot"}


def test_a_submission_is_told_to_the_preparatory_group_and_the_other_coordinator(world: World) -> None:
    proposal = submit(world)

    assert told(event=NoticeEvent.SUBMITTED) == PREPARATORY | {"Samordnare polis"}
    assert titles() == {f"{proposal.revision} är hos beredningsgruppen"}


def test_a_working_group_is_told_about_its_own_plan_only(world: World) -> None:
    submit(world, "3a")

    assert told(annex=world.plan) == PREPARATORY | {"Samordnare polis", "Bo"}


def test_without_preparation_the_steering_group_is_told_at_once(world: World) -> None:
    Agreement.objects.filter(pk=world.agreement.pk).update(is_prepared=False)
    submit(world)

    assert told(event=NoticeEvent.SUBMITTED) == STEERING | {"Samordnare polis"}


def test_forwarding_by_one_party_tells_nobody_and_by_the_last_the_steering_group(world: World) -> None:
    proposal = submit(world)
    moves.forward(proposal, by=world.preparer)
    assert told(event=NoticeEvent.FORWARDED) == set()

    moves.forward(proposal, by=world.police_preparer)
    assert told(event=NoticeEvent.FORWARDED) == STEERING | {"Samordnare kommun", "Samordnare polis"}


def test_a_notice_names_the_day_by_which_an_answer_is_wanted(world: World) -> None:
    proposal = submit(world)
    type(proposal).objects.filter(pk=proposal.pk).update(answer_wanted_by=date(2027, 3, 18))
    for by in (world.preparer, world.police_preparer):
        moves.forward(proposal, by=by)

    assert titles(event=NoticeEvent.FORWARDED) == {
        f"{proposal.revision} är hos styrgruppen, som ska svara senast den 18 mars 2027"
    }


def test_a_referral_back_reaches_those_who_wrote_and_prepared(world: World) -> None:
    proposal_at(world, ProposalStatus.REFERRED_BACK)

    assert told(event=NoticeEvent.REFERRED_BACK) == PREPARATORY | {
        "Samordnare kommun", "Samordnare polis", "Pia", "Ledamot",
    }  # fmt: skip


def test_a_reason_is_not_repeated_in_the_title(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.REFERRED_BACK)

    assert titles(event=NoticeEvent.REFERRED_BACK) == {f"{proposal.revision} har återremitterats"}


def test_a_rejection_reaches_the_same_people_as_a_referral_back(world: World) -> None:
    proposal_at(world, ProposalStatus.REJECTED)

    assert told(event=NoticeEvent.REJECTED) == PREPARATORY | {
        "Samordnare kommun", "Samordnare polis", "Pia", "Ledamot",
    }  # fmt: skip


def test_a_withdrawal_is_told_to_the_group_that_it_was_taken_from(world: World) -> None:
    moves.withdraw(proposal_at(world, ProposalStatus.PROPOSED), by=world.coordinator)

    assert told(event=NoticeEvent.WITHDRAWN) == PREPARATORY | STEERING | {"Samordnare polis"}


def test_a_postponement_names_the_new_day(world: World) -> None:
    until = today() + timedelta(days=30)
    moves.postpone(proposal_at(world, ProposalStatus.PROPOSED), by=world.anna, reason="Mer tid.", until=until)

    assert told(event=NoticeEvent.POSTPONED) == {"Pia", "Ledamot", "Samordnare kommun", "Samordnare polis"}
    assert str(until.year) in titles(event=NoticeEvent.POSTPONED).pop()


def test_one_partys_assent_is_told_to_the_other_partys_decision_maker_alone(world: World) -> None:
    moves.give_assent(proposal_at(world, ProposalStatus.PROPOSED), by=world.anna)

    assert told(event=NoticeEvent.ASSENTED) == {"Pia"}


def test_the_last_assent_is_told_as_a_decision_and_not_as_an_assent(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    moves.give_assent(proposal, by=world.anna)
    moves.give_assent(proposal, by=world.pia)

    assert told(event=NoticeEvent.ASSENTED) == {"Pia"}
    assert "Anna" in told(event=NoticeEvent.DECIDED)


def test_an_assent_withdrawn_is_told_to_those_who_decide_and_to_coordinators(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    moves.give_assent(proposal, by=world.anna)
    moves.withdraw_assent(proposal, by=world.anna)

    assert told(event=NoticeEvent.ASSENT_WITHDRAWN) == {"Pia", "Samordnare kommun", "Samordnare polis"}


def test_an_entered_decision_is_told_to_those_who_can_confirm_it_and_a_dispute_back(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Fastställs."
    )
    assert told(event=NoticeEvent.DECISION_ENTERED) == {"Anna", "Pia", "Samordnare polis"}

    moves.dispute_entry(proposal, by=world.police_coordinator, reason="Fel dag.")
    assert told(event=NoticeEvent.ENTRY_DISPUTED) == {"Anna", "Pia", "Samordnare kommun"}


def test_what_is_registered_afterwards_waits_for_the_other_party(world: World) -> None:
    taken = TakenDecision(resolution="Fastställs.", decided_on=today(), effective_from=today())
    proposal = register_decided(world.picture, taken, by=world.coordinator)

    assert "Samordnare polis" in told(event=NoticeEvent.SUBMITTED)
    assert titles(event=NoticeEvent.SUBMITTED) == {
        f"{proposal.revision} har registrerats i efterhand och väntar på att bekräftas"
    }


def test_a_text_sent_to_signature_is_told_to_signatories(world: World) -> None:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)

    assert told(event=NoticeEvent.SENT_TO_SIGNATURE) == {
        "Undertecknare kommun", "Undertecknare polis", "Samordnare kommun", "Samordnare polis",
    }  # fmt: skip


@pytest.mark.parametrize("status", ProposalStatus)
def test_everybody_who_is_told_may_see_what_it_is_about(world: World, status: ProposalStatus) -> None:
    proposal = proposal_at(world, status)
    told_people = User.objects.filter(notices__proposal=proposal).distinct()

    assert told_people
    assert [user for user in told_people if not visible_proposals(user).filter(pk=proposal.pk).exists()] == []


EVERY_WAY = [status for status in ProposalStatus if status != ProposalStatus.DECIDED]


@pytest.mark.parametrize("status", EVERY_WAY)
def test_the_near_miss_the_reader_and_nobody_are_told_nothing(world: World, status: ProposalStatus) -> None:
    proposal_at(world, status)

    assert Notice.objects.exists()
    assert told() & {"Cia", "Nils", "Lasare", "Registrator"} == set()


@pytest.mark.parametrize("status", ProposalStatus)
def test_whose_membership_ended_yesterday_is_told_nothing(world: World, status: ProposalStatus) -> None:
    gone = make_user("Avgången")
    seat_in(world.agreement, Role.COORDINATOR, gone, world.kommun, ends_on=today() - timedelta(days=1))
    proposal_at(world, status)

    assert Notice.objects.exists()
    assert not Notice.objects.filter(recipient=gone).exists()


def test_a_closed_account_is_told_nothing(world: World) -> None:
    world.police_preparer.is_active = False
    world.police_preparer.save()
    submit(world)

    assert told(event=NoticeEvent.SUBMITTED) == {"Beredare kommun", "Samordnare polis"}


def test_somebody_with_two_roles_is_told_once(world: World) -> None:
    seat_in(world.agreement, Role.COORDINATOR, world.preparer, world.kommun)
    submit(world)

    assert Notice.objects.filter(recipient=world.preparer).count() == 1
    assert Membership.objects.filter(user=world.preparer).count() == 2


def test_the_path_leads_to_the_proposal(world: World) -> None:
    proposal = submit(world)

    assert set(Notice.objects.values_list("path", flat=True)) == {proposal.get_absolute_url()}


def test_another_wording_is_told_to_those_whose_yes_is_void(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    moves.give_assent(proposal, by=world.anna)
    moves.give_assent(proposal, by=world.pia, resolution="Fastställs till och med 2027.")

    assert told(event=NoticeEvent.REWORDED) == {"Anna"}
    assert titles(event=NoticeEvent.REWORDED) == {
        f"{world.polis} har sagt ja till {proposal.revision} med en ändrad mening; er parts svar saknas"
    }
