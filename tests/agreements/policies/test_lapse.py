"""What is on its way when its annex or agreement ends goes no further; a coordinator withdraws it (decisions/0014)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse

from agreements.models import Decision, Proposal, Task
from agreements.policies import proposal as policy
from agreements.policies.annex import may_edit
from agreements.policies.lapse import can_begin_to_apply, lapsed, not_lapsed
from agreements.policies.proposal import may_submit
from agreements.policies.signing import may_open
from agreements.rights import forget, today
from agreements.selectors.waiting import waiting_for
from agreements.selectors.worklist import worklist
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.decision import Resolution, write_decision
from agreements.workflow.matter import forward_all
from agreements.workflow.registration import (
    TakenDecision,
    confirm_signed,
    dispute_signed,
    register_decided,
    register_signed,
)
from agreements.workflow.revision import submit_matter
from agreements.workflow.section import save_section
from agreements.workflow.signing import SignatoryFacts, open_manifest, record_signature
from tests.agreements.selectors.test_worklist import with_work
from tests.agreements.workflow.test_ending import code_of
from tests.factories import World, answered, as_, decide, end, proposal_at, submit

S = ProposalStatus
DAY = timedelta(days=1)
COORDINATORS = {"coordinator", "police_coordinator"}


def ends(world: World, day: date | None) -> None:
    """The agreement, of which nothing has been decided, has that last day."""
    world.agreement.ends_on = day
    world.agreement.save()
    for annex in world.annexes.values():
        annex.refresh_from_db()


def lapses(proposal: Proposal) -> bool:
    """Whether ``proposal`` has lapsed, as judged one by one and as found in a list, which say the same."""
    proposal = Proposal.objects.select_related("annex__agreement").get(pk=proposal.pk)
    mine = Proposal.objects.filter(pk=proposal.pk)
    is_lapsed = not can_begin_to_apply(proposal)
    assert (lapsed(mine).exists(), not_lapsed(mine).exists()) == (is_lapsed, not is_lapsed)
    return is_lapsed


STEPS: dict[str, tuple[ProposalStatus, Callable[[World, Proposal], object]]] = {
    "forward": (S.IN_PREPARATION, lambda world, it: moves.forward(it, by=world.preparer)),
    "refer back to rework": (
        S.IN_PREPARATION, lambda world, it: moves.refer_back(it, by=world.preparer, reason="Nej.")
    ),
    "say yes": (S.PROPOSED, lambda world, it: moves.give_assent(it, by=world.anna)),
    "say no": (S.PROPOSED, lambda world, it: moves.reject(it, by=world.anna, reason="Nej.")),
    "refer back": (S.PROPOSED, lambda world, it: moves.refer_back(it, by=world.anna, reason="Nej.")),
    "postpone": (
        S.PROPOSED, lambda world, it: moves.postpone(it, by=world.anna, reason="Sen.", until=today() + DAY)
    ),
    "prepare the signing": (
        S.AWAITING_SIGNATURES,
        lambda world, _it: open_manifest(world.agreement, effective_from=today(), by=world.coordinator),
    ),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_after_the_last_day_the_first_step_is_refused_and_says_why(world: World, step: str) -> None:
    status, act = STEPS[step]
    proposal = proposal_at(world, status)
    ends(world, today() - DAY)

    assert code_of(lambda: act(world, proposal)) == "lapsed"
    assert "Sista dagen" in str(can_begin_to_apply(Proposal.objects.get(pk=proposal.pk)).reason)
    assert lapses(proposal)


@pytest.mark.parametrize("step", STEPS)
def test_on_the_last_day_each_step_is_as_before(world: World, step: str) -> None:
    status, act = STEPS[step]
    proposal = proposal_at(world, status)
    ends(world, today())

    act(world, proposal)

    assert not lapses(proposal)


def test_a_last_day_that_is_confirmed_while_the_last_yes_is_given_holds_for_its_decision(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    read_before = Proposal.objects.select_related("revision", "annex__agreement", "matter").get(pk=proposal.pk)
    ends(world, today() - DAY)

    assert code_of(lambda: write_decision(read_before, Resolution(), by=world.pia)) == "ended_before"


@pytest.mark.parametrize(("days", "code"), [(0, None), (-1, "agreement_ended")])
def test_nothing_of_an_ended_agreement_is_submitted(world: World, days: int, code: str | None) -> None:
    ends(world, today() + days * DAY)

    verdict = may_submit(world.coordinator, world.picture)

    assert (bool(verdict), verdict.code or None) == (code is None, code)
    if code:
        assert code_of(lambda: submit(world)) == code
        assert "registreras i efterhand" in str(verdict.reason)


@pytest.mark.parametrize(("days", "code"), [(0, None), (-1, "annex_ended")])
def test_nothing_of_an_ended_annex_is_submitted(world: World, days: int, code: str | None) -> None:
    end(world, "3a", today() + days * DAY)
    world.plan.refresh_from_db()

    verdict = may_submit(world.coordinator, world.plan)

    assert (bool(verdict), verdict.code or None) == (code is None, code)


def test_what_an_annex_that_has_ended_since_had_on_its_way_has_lapsed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    end(world, "3a", today())
    world.plan.refresh_from_db()
    proposal = submit(world, "3a")
    assert not lapses(proposal)

    tomorrow = today() + DAY
    monkeypatch.setattr("agreements.policies.lapse.today", lambda: tomorrow)
    assert lapses(proposal)
    assert not lapses(submit(world, "1"))


def _sent_with_what_ends_today(world: World, *, is_bound: bool) -> list[Proposal]:
    """The picture and the plan, before the steering group together; the plan's last day is today."""
    end(world, "3a", today())
    world.plan.refresh_from_db()
    matter = submit_matter(
        [answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator, is_bound_together=is_bound
    )
    for who in (world.preparer, world.police_preparer):
        forward_all(matter.proposals.all(), by=who)
    return list(matter.proposals.order_by("annex__sort_key"))


@pytest.mark.parametrize("is_bound", [True, False])
def test_what_is_decided_together_with_a_part_that_has_lapsed_has_lapsed_too(
    world: World, monkeypatch: pytest.MonkeyPatch, is_bound: bool
) -> None:
    picture, plan = _sent_with_what_ends_today(world, is_bound=is_bound)
    assert not lapses(picture)
    assert not lapses(plan)

    tomorrow = today() + DAY
    monkeypatch.setattr("agreements.policies.lapse.today", lambda: tomorrow)

    assert lapses(plan)
    assert lapses(picture) == is_bound


def test_a_part_of_it_is_not_said_yes_to_in_vain_but_withdrawn_with_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture, plan = _sent_with_what_ends_today(world, is_bound=True)
    tomorrow = today() + DAY
    monkeypatch.setattr("agreements.policies.lapse.today", lambda: tomorrow)

    assert code_of(lambda: moves.give_assent(picture, by=world.anna)) == "lapsed"
    page = as_(world.anna).get(picture.get_absolute_url()).content.decode()
    assert "Versionen fastställs tillsammans med Bilaga 3a" in page
    assert with_work(world) == COORDINATORS

    moves.withdraw(picture, by=world.coordinator)
    assert set(Proposal.objects.filter(pk__in=[picture.pk, plan.pk]).values_list("status", flat=True)) == {S.WITHDRAWN}
    assert with_work(world) == set()


def test_what_a_meeting_decided_about_all_of_it_before_is_entered_and_confirmed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = _sent_with_what_ends_today(world, is_bound=True)
    tomorrow = today() + DAY
    monkeypatch.setattr("agreements.policies.lapse.today", lambda: tomorrow)
    for part in parts:
        _enter(world, part, today())

    assert with_work(world) == {"pia", "police_coordinator"}
    decided = [moves.confirm_entry(part, by=world.police_coordinator) for part in parts]
    assert decided[-1] is not None


@pytest.mark.parametrize("status", [S.IN_PREPARATION, S.PROPOSED, S.AWAITING_SIGNATURES])
def test_it_leaves_those_whose_turn_it_was_and_stands_with_the_coordinators(
    world: World, status: ProposalStatus
) -> None:
    proposal = proposal_at(world, status)
    Proposal.objects.filter(pk=proposal.pk).update(answer_wanted_by=today() - 9 * DAY)
    ends(world, today())
    assert not any("Återta" in str(item.what) for item in worklist(world.coordinator))

    ends(world, today() - DAY)
    assert with_work(world) == COORDINATORS
    (item,) = worklist(world.coordinator)
    assert str(item.what) == f"Återta {proposal.revision}, som inte längre kan börja gälla"
    assert (item.url, item.due, item.is_overdue) == (proposal.get_absolute_url(), None, False)
    assert waiting_for(world.coordinator) == []

    moves.withdraw(proposal, by=world.police_coordinator)
    assert with_work(world) == set()


def test_what_was_forwarded_before_is_waited_for_no_more(world: World) -> None:
    moves.forward(submit(world), by=world.preparer)
    ends(world, today())
    assert len(waiting_for(world.preparer)) == 1

    ends(world, today() - DAY)
    assert waiting_for(world.preparer) == []


def test_a_yes_given_before_can_still_be_taken_back(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    moves.give_assent(proposal, by=world.anna)
    ends(world, today() - DAY)

    moves.withdraw_assent(proposal, by=world.anna)

    assert not proposal.assents.filter(withdrawn_at=None).exists()


def test_when_the_agreement_is_prolonged_it_goes_on(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    ends(world, today() - DAY)
    ends(world, None)

    assert with_work(world) == {"anna", "pia", "member"}
    moves.give_assent(proposal, by=world.anna)
    assert moves.give_assent(proposal, by=world.pia) is not None


def _enter(world: World, proposal: Proposal, day: date) -> None:
    moves.enter_decision(proposal, by=world.coordinator, decided_on=day, effective_from=day, resolution="Fastställs.")


def test_what_a_meeting_decided_before_the_last_day_is_entered_and_confirmed_after_it(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    ends(world, today() - DAY)
    assert code_of(lambda: _enter(world, proposal, today())) == "ended_before"

    _enter(world, proposal, today() - DAY)
    assert not lapses(proposal)
    assert with_work(world) == {"pia", "police_coordinator"}

    moves.confirm_entry(proposal, by=world.police_coordinator)
    assert Decision.objects.get(revision=proposal.revision).effective_from == today() - DAY


def test_an_entered_day_that_came_to_lie_after_the_last_one_is_not_confirmed_but_disputed(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    _enter(world, proposal, today())
    ends(world, today() - DAY)

    assert lapses(proposal)
    assert with_work(world) == COORDINATORS
    assert code_of(lambda: moves.confirm_entry(proposal, by=world.police_coordinator)) == "lapsed"
    assert policy.may_withdraw(world.coordinator, proposal)
    moves.dispute_entry(proposal, by=world.police_coordinator, reason="Vi upphörde igår.")


def test_a_signing_of_a_day_before_the_last_is_completed_after_it(world: World) -> None:
    proposal = proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today() - DAY, by=world.coordinator)
    ends(world, today() - DAY)

    assert not lapses(proposal)
    assert with_work(world) == COORDINATORS | {"signatory", "police_signatory"}
    for signatory, by in zip(manifest.signatories.all(), (world.signatory, world.police_signatory), strict=True):
        record_signature(signatory, signed_on=today() - DAY, place="Prov", by=by)
    assert Decision.objects.filter(revision=proposal.revision).exists()


def test_a_signing_of_a_day_after_the_last_is_refused_from_the_first_signature_on(world: World) -> None:
    proposal = proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    ends(world, today() - DAY)

    assert lapses(proposal)
    assert with_work(world) == COORDINATORS
    assert [item.url for item in worklist(world.coordinator)] == [proposal.get_absolute_url()]
    signatory = manifest.signatories.all()[0]
    refusal = code_of(lambda: record_signature(signatory, signed_on=today(), place="Prov", by=world.signatory))
    assert refusal == "ends_before"

    moves.withdraw(proposal, by=world.coordinator)
    manifest.refresh_from_db()
    assert not manifest.is_open


def test_a_registered_signing_of_a_day_after_the_last_is_disputed_and_not_confirmed(world: World) -> None:
    signed = [(SignatoryFacts(party, "Kim Ek", "Chef"), today(), "Prov") for party in (world.kommun, world.polis)]
    manifest = register_signed(
        world.agreement, [world.text], signatures=signed, effective_from=today(), by=world.coordinator
    )
    ends(world, today() - DAY)

    assert with_work(world) == {"police_coordinator"}
    assert code_of(lambda: confirm_signed(manifest, by=world.police_coordinator)) == "ends_before"
    dispute_signed(manifest, reason="Vi upphörde igår.", by=world.police_coordinator)


def test_what_was_decided_before_is_written_and_registered_after_the_last_day(world: World) -> None:
    ends(world, today() - DAY)
    section = world.picture.sections.all()[0]
    save_section(
        section, heading=section.heading, body="<p>Så löd den.</p>", version=section.version, by=world.coordinator
    )

    proposal = register_decided(
        world.picture, TakenDecision(today() - 9 * DAY, today() - 9 * DAY, "Fastställs."), by=world.coordinator
    )

    assert not lapses(proposal)
    assert with_work(world) == {"pia", "police_coordinator"}
    assert moves.confirm_entry(proposal, by=world.police_coordinator) is not None


@pytest.mark.parametrize(("days", "code"), [(0, None), (-1, "agreement_ended")])
@pytest.mark.parametrize(("name", "number"), [("bo", "3a"), ("communicator", "4")])
def test_only_coordinators_write_in_an_ended_agreement(
    world: World, name: str, number: str, days: int, code: str | None
) -> None:
    ends(world, today() + days * DAY)

    verdict = may_edit(getattr(world, name), world.annexes[number])

    assert (bool(verdict), verdict.code or None) == (code is None, code)
    assert may_edit(world.coordinator, world.annexes[number])


def test_a_text_that_came_back_is_not_reworked_after_the_last_day(world: World) -> None:
    proposal_at(world, S.REFERRED_BACK)
    ends(world, today())
    assert with_work(world) == COORDINATORS

    ends(world, today() - DAY)
    assert with_work(world) == set()


@pytest.mark.parametrize(("days", "number"), [(0, 2), (-1, 1)])
def test_a_task_about_an_ended_annex_is_nobodys(world: World, days: int, number: int) -> None:
    decision = decide(world, "1")
    end(world, "3a", today() + days * DAY)
    for annex in (world.plan, world.communication):
        Task.objects.create(agreement=world.agreement, annex=annex, kind=Task.Kind.FOLLOW_UP, decision=decision)
    forget(world.bo)

    assert len(worklist(world.coordinator)) == number
    assert len(worklist(world.bo)) == number - 1


def test_a_signing_waits_for_what_has_ended_to_be_withdrawn(world: World) -> None:
    proposal = proposal_at(world, S.AWAITING_SIGNATURES)
    assert may_open(world.coordinator, world.agreement)
    ends(world, today() - DAY)
    assert may_open(world.coordinator, world.agreement).code == "lapsed"

    moves.withdraw(proposal, by=world.coordinator)
    assert may_open(world.coordinator, world.agreement).code == "nothing_to_sign"


@pytest.mark.parametrize(("days", "is_said"), [(0, False), (-1, True)])
def test_the_decision_page_says_why_nothing_can_be_chosen(world: World, days: int, is_said: bool) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    ends(world, today() + days * DAY)

    page = as_(world.anna).get(proposal.get_absolute_url()).content.decode()

    assert ("så versionen kan inte börja gälla" in page) == is_said
    assert (reverse("agreements:proposal_step", args=[proposal.pk, "bifall"]) in page) != is_said
