"""Who no longer takes part is told nothing in "Mitt arbete": neither what waits for them nor what they waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from agreements.models import Membership, SavedAside, SheetValue, Task
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.selectors.waiting import waiting_for
from agreements.selectors.worklist import worklist
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.comment import ask
from agreements.workflow.registration import register_signed
from agreements.workflow.revision import submit as submit_annex
from agreements.workflow.revision import submit_matter
from agreements.workflow.signing import SignatoryFacts, open_manifest
from tests.factories import World, answered, decide, entered_ending, make_sheet, make_user, proposal_at, submit
from tests.factories.agreements import seat_in
from tests.factories.removals import ask as ask_for_removal
from tests.factories.removals import name_somebody

S = ProposalStatus
DAY = timedelta(days=1)


def _asked(world: World) -> None:
    ask(proposal_at(world, S.PROPOSED), text="Vad kostar det?", by=world.member)


def _entered(world: World) -> None:
    moves.enter_decision(
        proposal_at(world, S.PROPOSED), by=world.coordinator, decided_on=today(), effective_from=today(),
        resolution="Bifall.",
    )  # fmt: skip


def _registered(world: World) -> None:
    signed = [(SignatoryFacts(party, "Kim Ek", "Chef"), today(), "Prov") for party in (world.kommun, world.polis)]
    register_signed(world.agreement, [world.text], signatures=signed, effective_from=today(), by=world.coordinator)


def _removal(world: World) -> None:
    name_somebody(world)
    ask_for_removal(world, decide(world).revision)


def _signing(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    open_manifest(world.agreement, effective_from=today(), by=world.coordinator)


def _by_a_colleague(world: World) -> None:
    colleague = make_user("Kollega")
    seat_in(world.agreement, Role.COORDINATOR, colleague, world.kommun)
    submit_annex(answered(world.picture), by=colleague)


def _task(world: World) -> None:
    Task.objects.create(
        agreement=world.agreement, annex=world.plan, kind=Task.Kind.FOLLOW_UP, decision=decide(world, "3a")
    )


def _open_point(world: World) -> None:
    value = SheetValue.objects.get(field__sheet=make_sheet(world), field__key="funding")
    value.is_to_be_decided, value.due_on = True, today()
    value.save()


def _due(world: World) -> None:
    world.agreement.review_months = 1
    world.agreement.save()
    decide(world)


def _aside(world: World) -> None:
    section = world.picture.sections.all()[0]
    SavedAside.objects.create(section=section, based_on_version=1, body="<p>Mitt.</p>", saved_by=world.coordinator)


def _leaves(world: World, name: str, *, reads_on: bool) -> None:
    """The membership ended yesterday; maybe the person still reads what is in force."""
    user = getattr(world, name)
    Membership.objects.filter(user=user).update(ends_on=today() - DAY)
    if reads_on:
        seat_in(world.agreement, Role.READER, user)
    forget(user)


WAITED_FOR: dict[str, tuple[Callable[[World], object], str]] = {
    "submitted": (lambda world: submit(world), "coordinator"),
    "submitted together": (
        lambda world: submit_matter(
            [answered(world.picture), answered(world.plan)], title="Vårens", by=world.coordinator
        ),
        "coordinator",
    ),
    "submitted by a colleague": (_by_a_colleague, "coordinator"),
    "said yes to": (lambda world: moves.give_assent(proposal_at(world, S.PROPOSED), by=world.anna), "anna"),
    "forwarded": (lambda world: moves.forward(submit(world), by=world.preparer), "preparer"),
    "asked": (_asked, "member"),
    "entered from a meeting": (_entered, "coordinator"),
    "asked to be removed": (_removal, "registrar"),
    "an end entered": (lambda world: entered_ending(world, "1", today()), "coordinator"),
    "a signing registered": (_registered, "coordinator"),
}


@pytest.mark.parametrize("reads_on", [False, True], ids=["gone", "a reader now"])
@pytest.mark.parametrize("source", WAITED_FOR)
def test_whose_membership_ended_yesterday_no_longer_sees_what_is_on_its_way(
    world: World, source: str, reads_on: bool
) -> None:
    make, name = WAITED_FOR[source]
    make(world)
    forget(user := getattr(world, name))
    assert waiting_for(user)

    _leaves(world, name, reads_on=reads_on)

    assert waiting_for(user) == []


WORK: dict[str, tuple[Callable[[World], object], str]] = {
    "a text saved aside": (_aside, "coordinator"),
    "to decide": (lambda world: proposal_at(world, S.PROPOSED), "anna"),
    "to say one's mind of": (lambda world: proposal_at(world, S.PROPOSED), "member"),
    "to prepare": (lambda world: submit(world), "preparer"),
    "to sign": (_signing, "signatory"),
    "to lay before signatories": (lambda world: proposal_at(world, S.AWAITING_SIGNATURES), "coordinator"),
    "a registered signing to confirm": (_registered, "police_coordinator"),
    "an end to confirm": (lambda world: entered_ending(world, "1", today()), "police_coordinator"),
    "a question to answer": (_asked, "coordinator"),
    "an entered decision to confirm": (_entered, "police_coordinator"),
    "a removal to confirm": (_removal, "police_coordinator"),
    "sent back": (lambda world: proposal_at(world, S.REFERRED_BACK), "coordinator"),
    "a task": (_task, "bo"),
    "an open point": (_open_point, "police_coordinator"),
    "something due": (_due, "coordinator"),
}


@pytest.mark.parametrize("reads_on", [False, True], ids=["gone", "a reader now"])
@pytest.mark.parametrize("source", WORK)
def test_nothing_waits_for_whose_membership_ended_yesterday(world: World, source: str, reads_on: bool) -> None:
    make, name = WORK[source]
    make(world)
    forget(user := getattr(world, name))
    assert worklist(user)

    _leaves(world, name, reads_on=reads_on)

    assert worklist(user) == []
