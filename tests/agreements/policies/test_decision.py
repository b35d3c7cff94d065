"""From when a version may apply, and what is registered as decided."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from agreements.models import Proposal
from agreements.rights import today
from agreements.states import AnnexKind, FixedBy, ProposalStatus
from agreements.workflow.proposal import enter_decision
from agreements.workflow.registration import TakenDecision, register_decided, register_signed
from agreements.workflow.revision import submit_matter
from agreements.workflow.signing import SignatoryFacts, open_manifest
from samverkan.verdict import TransitionRefused
from tests.factories import World, answered, decide, proposal_at, submit


def _meeting(world: World, day: date) -> object:
    return enter_decision(
        proposal_at(world, ProposalStatus.PROPOSED), by=world.coordinator, decided_on=today(), effective_from=day,
        resolution="Fastställs.",
    )  # fmt: skip


def _signed(world: World, day: date) -> object:
    signatures = [
        (SignatoryFacts(party, "Chefen", "Chef"), today(), "Norrvik") for party in (world.kommun, world.polis)
    ]
    return register_signed(
        world.agreement, [world.picture], signatures=signatures, effective_from=day, by=world.coordinator
    )


WAYS: dict[str, Callable[[World, date], object]] = {
    "submitted": lambda world, day: submit(world, effective_from=day),
    "decided at a meeting": _meeting,
    "registered as decided": lambda world, day: register_decided(
        world.picture, TakenDecision(today(), day, "Fastställs."), by=world.coordinator
    ),
    "registered as signed": _signed,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_day_that_another_version_has_is_refused_before_anybody_says_yes(world: World, way: str) -> None:
    day = today() + timedelta(days=10)
    decide(world, effective_from=day)

    with pytest.raises(TransitionRefused) as refusal:
        WAYS[way](world, day)

    assert refusal.value.verdict.code == "day_taken"


@pytest.mark.parametrize("way", WAYS)
def test_the_day_after_is_free(world: World, way: str) -> None:
    day = today() + timedelta(days=10)
    decide(world, effective_from=day)

    WAYS[way](world, day + timedelta(days=1))


@pytest.mark.parametrize("way", WAYS)
def test_a_day_after_the_annexs_last_is_refused(world: World, way: str) -> None:
    last = _ends(world)

    with pytest.raises(TransitionRefused) as refusal:
        WAYS[way](world, last + timedelta(days=1))

    assert refusal.value.verdict.code == "ended_before"


@pytest.mark.parametrize("way", WAYS)
def test_the_annexs_last_day_is_a_day_like_others(world: World, way: str) -> None:
    WAYS[way](world, _ends(world))


def _ends(world: World) -> date:
    """The agreement ends in ten days."""
    world.picture.agreement.ends_on = world.agreement.ends_on = today() + timedelta(days=10)
    world.agreement.save()
    return world.agreement.ends_on


def test_another_annex_may_have_the_same_day(world: World) -> None:
    decide(world, "3a", effective_from=today())

    _meeting(world, today())


def test_a_signing_is_not_prepared_for_a_day_that_another_version_has(world: World) -> None:
    rules = world.agreement.fixing_rules
    world.agreement.fixing_rules = rules | {AnnexKind.AGREEMENT_TEXT.value: FixedBy.DECISION.value}
    world.agreement.save()
    for annex in world.annexes.values():
        annex.refresh_from_db()
    decide(world, "0", effective_from=today())
    world.agreement.fixing_rules = rules
    world.agreement.save()
    for annex in world.annexes.values():
        annex.refresh_from_db()
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)

    with pytest.raises(TransitionRefused) as refusal:
        open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    assert refusal.value.verdict.code == "day_taken"


def test_a_text_that_signatures_fix_is_not_registered_as_decided(world: World) -> None:
    taken = TakenDecision(today(), today(), "Styrgruppen godkänner överenskommelsen.", "§ 3")

    with pytest.raises(TransitionRefused) as refusal:
        register_decided(world.text, taken, by=world.coordinator)

    assert refusal.value.verdict.code == "fixed_by_signatures"
    assert not Proposal.objects.exists()


def test_parts_that_are_fixed_in_different_ways_are_not_bound_together(world: World) -> None:
    parts = [answered(world.text), answered(world.picture)]

    with pytest.raises(TransitionRefused) as refusal:
        submit_matter(parts, title="Våren", by=world.coordinator, is_bound_together=True)

    assert refusal.value.verdict.code == "bound_apart"
    assert not world.agreement.matters.exists()
    assert submit_matter(parts, title="Våren", by=world.coordinator).proposals.count() == 2
