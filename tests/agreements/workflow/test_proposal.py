from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from agreements.models import Assent, Decision, Move, Proposal
from agreements.permissions import Capacity, Role
from agreements.policies.proposal import decision_makers
from agreements.rights import forget, today
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.membership import end_membership
from agreements.workflow.revision import submit_matter
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World, answered, decide, make_user, make_world, proposal_at, submit
from tests.factories.agreements import seat_in

S = ProposalStatus


def code_of(call: Callable[[], object]) -> str:
    """The code with which ``call`` is refused, or "done"."""
    try:
        call()
    except TransitionRefused as refusal:
        verdict = refusal.verdict
    else:
        return "done"
    assert str(verdict.reason), "a refusal says why"
    return verdict.code


VERBS: dict[str, Callable[[Proposal, User], object]] = {
    "forward": lambda proposal, by: moves.forward(proposal, by=by),
    "refer_back": lambda proposal, by: moves.refer_back(proposal, by=by, reason="Skäl."),
    "reject": lambda proposal, by: moves.reject(proposal, by=by, reason="Skäl."),
    "postpone": lambda proposal, by: moves.postpone(
        proposal, by=by, reason="Skäl.", until=today() + timedelta(days=30)
    ),
    "withdraw": lambda proposal, by: moves.withdraw(proposal, by=by),
    "assent": lambda proposal, by: moves.give_assent(proposal, by=by),
    "opinion": lambda proposal, by: moves.give_opinion(proposal, by=by, stance="support"),
    "enter": lambda proposal, by: moves.enter_decision(
        proposal, by=by, decided_on=today(), effective_from=today(), resolution="Fastställs."
    ),
}

# Who may do what in which status; everything that is not here is refused.
GRANTED = {
    ("forward", S.IN_PREPARATION): {"preparer", "police_preparer"},
    ("refer_back", S.IN_PREPARATION): {"preparer", "police_preparer"},
    ("refer_back", S.PROPOSED): {"anna", "pia"},
    ("reject", S.PROPOSED): {"anna", "pia"},
    ("postpone", S.PROPOSED): {"anna", "pia"},
    ("assent", S.PROPOSED): {"anna", "pia"},
    ("opinion", S.PROPOSED): {"member"},
    ("enter", S.PROPOSED): {"coordinator", "police_coordinator"},
    ("withdraw", S.IN_PREPARATION): {"coordinator", "police_coordinator"},
    ("withdraw", S.PROPOSED): {"coordinator", "police_coordinator"},
    ("withdraw", S.AWAITING_SIGNATURES): {"coordinator", "police_coordinator"},
}
PEOPLE = (
    "anna pia bo cia nils coordinator police_coordinator preparer police_preparer member communicator signatory "
    "police_signatory registrar reader"
).split()


@pytest.mark.parametrize("status", list(S))
def test_verb_x_status_x_role(world: World, status: ProposalStatus) -> None:
    """Every verb by everybody in every status: only what is granted is done."""
    proposal = proposal_at(world, status)
    done: dict[str, set[str]] = {}
    for verb, act in VERBS.items():
        for name in PEOPLE:
            _savepoint()
            if code_of(lambda: act(proposal, getattr(world, name))) == "done":  # noqa: B023 -- called at once
                done.setdefault(verb, set()).add(name)
            _rollback()
            proposal.refresh_from_db()
    assert done == {verb: people for (verb, at), people in GRANTED.items() if at == status}


def _savepoint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_the_verb")


def _rollback() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT before_the_verb")


def test_one_party_forwarding_does_not_put_it_before_the_steering_group(world: World) -> None:
    proposal = submit(world)

    assert moves.forward(proposal, by=world.preparer).status == S.IN_PREPARATION
    assert code_of(lambda: moves.forward(proposal, by=world.preparer)) == "already_forwarded"
    assert moves.forward(proposal, by=world.police_preparer).status == S.PROPOSED


def test_nobody_forwards_for_two_parties(world: World) -> None:
    for party in (world.kommun, world.polis):
        seat_in(world.agreement, Role.PREPARATORY, world.coordinator, party)
    proposal = submit(world)
    moves.forward(proposal, by=world.coordinator)

    assert code_of(lambda: moves.forward(proposal, by=world.coordinator)) == "forwarded_for_another"
    assert code_of(lambda: moves.forward(proposal, by=world.preparer)) == "already_forwarded"
    assert moves.forward(proposal, by=world.police_preparer).status == S.PROPOSED


def test_who_has_forwarded_for_one_party_forwards_the_next_version_for_the_other(world: World) -> None:
    """Once for each version and person: another person has forwarded this one, and the old one went back."""
    seat_in(world.agreement, Role.PREPARATORY, world.police_preparer, world.kommun)
    first = submit(world)
    moves.forward(first, by=world.police_preparer)
    moves.refer_back(first, by=world.preparer, reason="Siffrorna.")
    proposal = submit(world)
    moves.forward(proposal, by=world.preparer)

    assert moves.forward(proposal, by=world.police_preparer).status == S.PROPOSED


def test_last_assent_writes_one_decision(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    assert moves.give_assent(proposal, by=world.anna) is None
    decision = moves.give_assent(proposal, by=world.pia)

    proposal.refresh_from_db()
    assert decision == Decision.objects.get()
    assert proposal.status == S.DECIDED
    assert decision.sha256 == proposal.revision.sha256
    assert decision.resolution == proposal.proposed_decision
    assert (decision.decided_on, decision.effective_from) == (today(), today())
    assert decision.label == f"{today().year}:1"


def test_the_decision_names_people_and_titles_as_they_were_that_day(world: World) -> None:
    proposal = proposal_at(world, S.DECIDED)

    world.anna.title = "Något annat"
    world.anna.save()

    assert list(proposal.assents.values_list("name", "title")) == [
        ("Anna", "Kommundirektör"),
        ("Pia", "Lokalpolisområdeschef"),
    ]


def test_one_person_cannot_assent_for_both_parties(world: World) -> None:
    seat_in(world.agreement, Role.STEERING, world.anna, world.polis, Capacity.DECISION_MAKER)
    proposal = proposal_at(world, S.PROPOSED)

    moves.give_assent(proposal, by=world.anna)

    assert code_of(lambda: moves.give_assent(proposal, by=world.anna)) == "already_assented"
    assert not Decision.objects.exists()


def test_the_one_who_submitted_never_counts(world: World) -> None:
    seat_in(world.agreement, Role.STEERING, world.coordinator, world.kommun, Capacity.DECISION_MAKER)
    proposal = proposal_at(world, S.PROPOSED)

    assert code_of(lambda: moves.give_assent(proposal, by=world.coordinator)) == "submitted_it"


def test_a_substitute_decides_only_for_a_party_without_a_decision_maker(world: World) -> None:
    substitute = make_user("Ersättare", title="Biträdande kommundirektör")
    seat_in(world.agreement, Role.STEERING, substitute, world.kommun, Capacity.SUBSTITUTE)
    proposal = proposal_at(world, S.PROPOSED)

    assert code_of(lambda: moves.give_assent(proposal, by=substitute)) == "not_decision_maker"
    end_membership(world.anna.memberships.get(), by=world.coordinator)
    forget(substitute)  # the next request asks anew

    assert code_of(lambda: moves.give_assent(proposal, by=substitute)) == "done"
    assert code_of(lambda: moves.give_assent(proposal, by=world.anna)) == "not_decision_maker"


def test_a_substitute_decides_when_the_decision_makers_account_is_closed(world: World) -> None:
    substitute = make_user("Ersättare", title="Biträdande kommundirektör")
    seat_in(world.agreement, Role.STEERING, substitute, world.kommun, Capacity.SUBSTITUTE)
    proposal = proposal_at(world, S.PROPOSED)
    world.anna.is_active = False
    world.anna.save()

    assert code_of(lambda: moves.give_assent(proposal, by=world.anna)) == "not_decision_maker"
    assert {m.user for m in decision_makers(world.agreement.pk)} == {substitute, world.pia}
    assert code_of(lambda: moves.give_assent(proposal, by=substitute)) == "done"


def test_a_membership_that_ended_yesterday_decides_nothing(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    end_membership(world.anna.memberships.get(), by=world.coordinator)

    assert code_of(lambda: moves.give_assent(proposal, by=world.anna)) == "not_decision_maker"


def test_an_assent_can_be_withdrawn_until_the_last_one(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    moves.give_assent(proposal, by=world.anna)

    moves.withdraw_assent(proposal, by=world.anna)
    moves.give_assent(proposal, by=world.pia)

    assert not Decision.objects.exists()
    assert Assent.objects.filter(withdrawn_at=None).get().party == world.polis


def test_a_referral_back_voids_the_assents_given(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    moves.give_assent(proposal, by=world.anna)

    moves.refer_back(proposal, by=world.pia, reason="Siffrorna för 2025 saknas.")

    assert not proposal.assents.filter(withdrawn_at=None).exists()
    assert proposal.moves.get(verb=Move.Verb.REFER_BACK).reason == "Siffrorna för 2025 saknas."
    assert submit(world).revision.number == 2


@pytest.mark.parametrize("verb", ["refer_back", "reject"])
def test_going_back_needs_a_reason(world: World, verb: str) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    assert code_of(lambda: getattr(moves, verb)(proposal, by=world.anna, reason="  ")) == "reason_missing"


def test_a_postponement_is_a_new_date_and_the_same_status(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    day = today() + timedelta(days=30)

    moves.postpone(proposal, by=world.anna, reason="Vi väntar på statistiken.", until=day)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer_wanted_by) == (S.PROPOSED, day)
    assert code_of(lambda: moves.postpone(proposal, by=world.anna, reason="Nej.", until=today())) == "date_passed"


def test_dissent_is_recorded_and_does_not_block(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    opinion = moves.give_opinion(proposal, by=world.member, stance="dissent", reason="Målen är för låga.")
    moves.give_assent(proposal, by=world.anna)

    assert moves.give_assent(proposal, by=world.pia) is not None
    assert (opinion.name, opinion.stance) == ("Ledamot", "dissent")


def test_an_entered_decision_waits_for_the_other_party(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    day = today() - timedelta(days=3)
    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=day, effective_from=day, resolution="Styrgruppen fastställer.",
        item_number="§ 7", attendance="Alla.",
    )  # fmt: skip

    assert code_of(lambda: moves.confirm_entry(proposal, by=world.coordinator)) == "own_entry"
    assert code_of(lambda: moves.confirm_entry(proposal, by=world.anna)) == "own_entry"
    assert code_of(lambda: moves.give_assent(proposal, by=world.anna)) == "entered"
    decision = moves.confirm_entry(proposal, by=world.police_coordinator)

    assert decision is not None
    assert (decision.decided_on, decision.item_number, decision.method) == (day, "§ 7", "meeting")
    assert proposal.meeting_entries.get().closed_at is not None


def test_a_disputed_entry_leaves_the_version_before_the_group(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Fastställs."
    )

    moves.dispute_entry(proposal, by=world.pia, reason="Så beslutade vi inte.")

    proposal.refresh_from_db()
    assert proposal.status == S.PROPOSED
    assert code_of(lambda: moves.give_assent(proposal, by=world.anna)) == "done"


def test_another_entry_than_the_one_read_is_neither_confirmed_nor_disputed(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    enter = partial(moves.enter_decision, proposal, by=world.coordinator, decided_on=today(), effective_from=today())
    read = enter(resolution="Fastställs.")
    moves.dispute_entry(proposal, by=world.pia, reason="Så beslutade vi inte.", entry=read.pk)
    now = enter(resolution="Fastställs med ändring.")

    assert code_of(lambda: moves.confirm_entry(proposal, by=world.pia, entry=read.pk)) == "reworded"
    assert code_of(lambda: moves.dispute_entry(proposal, by=world.pia, reason="Nej.", entry=read.pk)) == "reworded"
    decision = moves.confirm_entry(proposal, by=world.pia, entry=now.pk)
    assert decision is not None
    assert decision.resolution == "Fastställs med ändring."


@pytest.mark.django_db
def test_without_preparation_it_lies_before_the_steering_group_at_once() -> None:
    assert submit(make_world(is_prepared=False)).status == S.PROPOSED


def test_a_text_fixed_by_signatures_is_sent_to_signature(world: World) -> None:
    proposal = proposal_at(world, S.AWAITING_SIGNATURES)

    assert proposal.status == S.AWAITING_SIGNATURES
    assert not Decision.objects.exists()


def test_parts_of_a_matter_are_decided_one_by_one_unless_bound(world: World) -> None:
    matter = submit_matter(
        [answered(world.picture), answered(world.plan)], title="Vårens revidering", by=world.coordinator
    )
    for proposal in matter.proposals.all():
        moves.forward(proposal, by=world.preparer)
        moves.forward(proposal, by=world.police_preparer)
    first, second = matter.proposals.order_by("annex__sort_key")

    moves.refer_back(second, by=world.anna, reason="Planen saknar mål.")
    moves.give_assent(first, by=world.anna)

    assert moves.give_assent(first, by=world.pia) is not None
    assert [p.status for p in matter.proposals.order_by("annex__sort_key")] == [S.DECIDED, S.REFERRED_BACK]


def test_bound_parts_are_decided_together_and_go_back_together(world: World) -> None:
    def bound_matter() -> list[Proposal]:
        matter = submit_matter(
            [answered(world.picture), answered(world.plan)],
            title="Vårens revidering", by=world.coordinator, is_bound_together=True,
        )  # fmt: skip
        for proposal in matter.proposals.all():
            moves.forward(proposal, by=world.preparer)
            moves.forward(proposal, by=world.police_preparer)
        return list(matter.proposals.order_by("annex__sort_key"))

    first, second = bound_matter()
    moves.refer_back(first, by=world.anna, reason="Se över siffrorna.")
    second.refresh_from_db()
    assert second.status == S.REFERRED_BACK

    first, second = bound_matter()
    for person in (world.anna, world.pia):
        assert moves.give_assent(first, by=person) is None
    moves.give_assent(second, by=world.anna)
    assert not Decision.objects.exists()
    moves.give_assent(second, by=world.pia)
    assert Decision.objects.count() == 2


def test_two_decisions_on_the_same_day_cannot_apply_from_the_same_day(world: World) -> None:
    decide(world)

    assert code_of(lambda: decide(world)) == "day_taken"


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_last_assents_write_one_decision() -> None:
    world = make_world()
    twin = make_user("Petra", title="Biträdande lokalpolisområdeschef")
    seat_in(world.agreement, Role.STEERING, twin, world.polis, Capacity.DECISION_MAKER)
    proposal = proposal_at(world, S.PROPOSED)
    moves.give_assent(proposal, by=world.anna)
    barrier, codes = Barrier(2), []

    def assent(user_id: int) -> None:
        barrier.wait(timeout=20)
        codes.append(code_of(lambda: moves.give_assent(proposal, by=User.objects.get(pk=user_id))))
        connections.close_all()

    threads = [Thread(target=assent, args=(user.pk,)) for user in (world.pia, twin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(codes) == ["done", "wrong_status"]
    assert Decision.objects.count() == 1
