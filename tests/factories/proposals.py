from __future__ import annotations

from datetime import date, timedelta

from agreements.models import Annex, Decision, Ending, Proposal
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.ending import confirm_ending, enter_ending, enter_last_day
from agreements.workflow.registration import TakenDecision, register_decided
from agreements.workflow.revision import Submission
from agreements.workflow.revision import submit as submit_annex
from tests.factories.agreements import World


def answered(annex: Annex, **facts: object) -> Submission:
    """A submission with every warning answered."""
    given = {
        "change_summary": "Uppdaterad efter årets uppföljning.",
        "proposed_decision": f"Styrgruppen fastställer {annex}.",
        "warnings_answered": True,
    }
    return Submission(annex=annex, **(given | facts))  # type: ignore[arg-type]


def submit(world: World, number: str = "1", **facts: object) -> Proposal:
    return submit_annex(answered(world.annexes[number], **facts), by=world.coordinator)


def drive(world: World, proposal: Proposal, status: ProposalStatus) -> Proposal:
    """Move a fresh proposal on to ``status`` by the people whose turn it is."""
    if status == ProposalStatus.WITHDRAWN:
        return moves.withdraw(proposal, by=world.coordinator)
    if status == ProposalStatus.IN_PREPARATION:
        return proposal
    if proposal.status == ProposalStatus.IN_PREPARATION:
        moves.forward(proposal, by=world.preparer)
        proposal = moves.forward(proposal, by=world.police_preparer)
    if status == ProposalStatus.REFERRED_BACK:
        return moves.refer_back(proposal, by=world.anna, reason="Siffrorna behöver ses över.")
    if status == ProposalStatus.REJECTED:
        return moves.reject(proposal, by=world.anna, reason="Parterna är inte överens.")
    if status in (ProposalStatus.DECIDED, ProposalStatus.AWAITING_SIGNATURES):
        moves.give_assent(proposal, by=world.anna)
        moves.give_assent(proposal, by=world.pia)
        proposal.refresh_from_db()
    return proposal


def proposal_at(world: World, status: ProposalStatus, number: str = "") -> Proposal:
    """A proposal in ``status``, driven there through the workflow; on the lägesbild, or for
    AWAITING_SIGNATURES on the agreement's own text."""
    chosen = number or ("0" if status == ProposalStatus.AWAITING_SIGNATURES else "1")
    return drive(world, submit(world, chosen), status)


def decide(world: World, number: str = "1", effective_from: date | None = None) -> Decision:
    """Submit and decide the annex with that number."""
    proposal = drive(world, submit(world, number, effective_from=effective_from), ProposalStatus.DECIDED)
    return Decision.objects.get(revision=proposal.revision)


def decided_before(world: World, number: str, day: date) -> Decision:
    """The annex as it was decided outside the portal on ``day``, and in force from then."""
    proposal = register_decided(world.annexes[number], TakenDecision(day, day, "Fastställs."), by=world.coordinator)
    decision = moves.confirm_entry(proposal, by=world.police_coordinator)
    assert decision is not None
    return decision


def entered_ending(world: World, number: str, ends_on: date, decision: Decision | None = None) -> Ending:
    """The municipality's coordinator has entered that the annex, decided a month ago, ends."""
    decision = decision or decided_before(world, number, today() - timedelta(days=30))
    return enter_ending(
        world.annexes[number], ends_on=ends_on, because="Området är inte längre prioriterat.", decision=decision,
        by=world.coordinator,
    )  # fmt: skip


def entered_last_day(
    world: World, ends_on: date | None, ground: str = Ending.Ground.TERMINATED, because: str = "Kommunen sade upp."
) -> Ending:
    """The municipality's coordinator has entered when the whole agreement ends, of which something has been decided."""
    if not world.agreement.decisions.exists():
        decided_before(world, "1", today() - timedelta(days=30))
    return enter_last_day(world.agreement, ground=ground, ends_on=ends_on, because=because, by=world.coordinator)


def end_agreement(world: World, ends_on: date | None, ground: str = Ending.Ground.TERMINATED) -> Ending:
    """The whole agreement has got that last day by both parties' word; ``world.agreement`` knows it."""
    ending = confirm_ending(entered_last_day(world, ends_on, ground), by=world.police_coordinator)
    world.agreement.refresh_from_db()
    return ending


def end(world: World, number: str, ends_on: date) -> Annex:
    """The annex, decided a month ago, has got its last day by both parties' word."""
    confirmed = confirm_ending(entered_ending(world, number, ends_on), by=world.police_coordinator)
    assert confirmed.annex is not None
    return confirmed.annex
