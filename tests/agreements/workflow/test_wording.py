"""One sentence to which every party said yes: whoever changes it asks the others anew."""

from datetime import date, timedelta

import pytest

from agreements.models import Assent, Decision, Move, Proposal
from agreements.rights import today
from agreements.selectors.wording import wording_of
from agreements.selectors.worklist import worklist
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.revision import submit_matter
from samverkan.verdict import TransitionRefused
from tests.factories import World, answered, decide, proposal_at

OURS = "Styrgruppen fastställer lägesbilden till och med 2027."
THEIRS = "Styrgruppen fastställer lägesbilden tills vidare."
TOMORROW = timedelta(days=1)


@pytest.fixture
def proposal(world: World) -> Proposal:
    return proposal_at(world, ProposalStatus.PROPOSED)


def test_the_first_partys_wording_is_the_decisions_when_the_last_says_yes_to_it(
    world: World, proposal: Proposal
) -> None:
    moves.give_assent(proposal, by=world.anna, resolution=OURS)

    decision = moves.give_assent(proposal, by=world.pia)

    assert decision is not None
    assert decision.resolution == OURS
    assert set(proposal.assents.values_list("resolution", "withdrawn_at")) == {(OURS, None)}


def test_another_wording_makes_the_yes_given_before_void_and_it_is_asked_for_anew(
    world: World, proposal: Proposal
) -> None:
    moves.give_assent(proposal, by=world.anna, resolution=OURS)
    assert not [item for item in worklist(world.anna) if item.url == proposal.get_absolute_url()]

    assert moves.give_assent(proposal, by=world.pia, resolution=THEIRS) is None

    assert [assent.party for assent in Assent.objects.filter(withdrawn_at=None)] == [world.polis]
    assert proposal.moves.get(verb=Move.Verb.REWORD).reason == THEIRS
    assert [item for item in worklist(world.anna) if item.url == proposal.get_absolute_url()]
    decision = moves.give_assent(proposal, by=world.anna)
    assert decision is not None
    assert decision.resolution == THEIRS


def test_the_same_words_are_the_same_wording_whatever_the_browser_does_to_their_spaces(
    world: World, proposal: Proposal
) -> None:
    moves.give_assent(proposal, by=world.anna, resolution="Styrgruppen fastställer lägesbilden.\nDen gäller.")

    typed = " Styrgruppen fastställer lägesbilden.\r\nDen gäller. "

    assert moves.give_assent(proposal, by=world.pia, resolution=typed) is not None


def test_a_yes_that_was_taken_back_leaves_no_wording(world: World, proposal: Proposal) -> None:
    moves.give_assent(proposal, by=world.anna, resolution=OURS)

    moves.withdraw_assent(proposal, by=world.anna)

    assert wording_of(proposal).text == proposal.proposed_decision


def test_nobody_says_yes_to_another_sentence_than_the_one_read(world: World, proposal: Proposal) -> None:
    seen = wording_of(proposal).mark
    moves.give_assent(proposal, by=world.pia, resolution=THEIRS)

    with pytest.raises(TransitionRefused) as refusal:
        moves.give_assent(proposal, by=world.anna, seen=seen)

    assert refusal.value.verdict.code == "reworded"
    assert not Decision.objects.exists()
    assert moves.give_assent(proposal, by=world.anna, seen=wording_of(proposal).mark) is not None


def test_yes_to_all_parts_is_to_the_wording_of_each(world: World) -> None:
    matter = submit_matter([answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator)
    first, second = matter.proposals.order_by("annex__sort_key")
    for part in (first, second):
        moves.forward(part, by=world.preparer)
        moves.forward(part, by=world.police_preparer)
    moves.give_assent(first, by=world.anna, resolution=OURS)
    moves.give_assent(second, by=world.anna)

    moves.assent_to_all([first, second], by=world.pia)

    assert Decision.objects.get(annex=first.annex).resolution == OURS
    assert Decision.objects.get(annex=second.annex).resolution == second.proposed_decision


def test_bound_parts_keep_each_its_wording(world: World) -> None:
    matter = submit_matter(
        [answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator, is_bound_together=True
    )
    first, second = matter.proposals.order_by("annex__sort_key")
    for part in (first, second):
        moves.forward(part, by=world.preparer)
        moves.forward(part, by=world.police_preparer)
    for who in (world.anna, world.pia):
        moves.give_assent(first, by=who, resolution=OURS)
    for who in (world.anna, world.pia):
        moves.give_assent(second, by=who)

    assert Decision.objects.get(annex=first.annex).resolution == OURS


def _decided_today_and_before_the_group(world: World) -> Proposal:
    decide(world)
    return proposal_at(world, ProposalStatus.PROPOSED)


def test_where_the_day_is_taken_another_is_agreed_like_the_wording(world: World) -> None:
    proposal = _decided_today_and_before_the_group(world)
    day: date = today() + TOMORROW
    moves.give_assent(proposal, by=world.anna)

    assert moves.give_assent(proposal, by=world.pia, effective_from=day) is None
    decision = moves.give_assent(proposal, by=world.anna)

    assert decision is not None
    assert decision.effective_from == day


def test_where_the_day_is_taken_and_nobody_chose_another_the_last_yes_is_refused(world: World) -> None:
    proposal = _decided_today_and_before_the_group(world)
    moves.give_assent(proposal, by=world.anna)

    with pytest.raises(TransitionRefused) as refusal:
        moves.give_assent(proposal, by=world.pia)

    assert refusal.value.verdict.code == "day_taken"
