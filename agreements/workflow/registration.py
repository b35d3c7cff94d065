"""Registered afterwards: a text decided or signed outside the portal comes in with its true dates and files,
marked so, and is in force like any other when the other party has confirmed it (design.md, "Deciding")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    Annex,
    Manifest,
    MeetingEntry,
    Move,
    Party,
    Proposal,
    Signature,
    SigningAnswer,
    StoredFile,
)
from agreements.policies.agreement import coordinated_parties, may_enter_decision
from agreements.policies.decision import may_apply_from, may_register, may_register_decided
from agreements.policies.proposal import coordinator_party
from agreements.policies.signing import (
    answering_party,
    may_confirm_registration,
    may_dispute_registration,
    may_withdraw_registration,
    parties_to_answer,
)
from agreements.rights import today
from agreements.selectors.wording import Wording
from agreements.signals import manifest_opened, proposal_moved, proposal_submitted, signing_disputed
from agreements.states import ON_THE_WAY, ProposalStatus
from agreements.workflow.proposal import record_assent
from agreements.workflow.revision import freeze, locked, refuse_unlawful
from agreements.workflow.signing import (
    SignatoryFacts,
    close,
    missing,
    new_manifest,
    texts_waiting,
    write_signatories,
)
from agreements.workflow.signing import locked as locked_manifest
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused


@dataclass(frozen=True)
class TakenDecision:
    """A decision as it was taken outside the portal."""

    decided_on: date
    effective_from: date
    resolution: str
    item_number: str = ""
    attendance: str = ""
    minutes: StoredFile | None = None


def _registered_proposal(annex: Annex, status: ProposalStatus, text: str, *, by: User, number: int | None) -> Proposal:
    annex = locked(annex)
    if not (verdict := may_enter_decision(by, annex.agreement)) or not (verdict := may_register(annex)):
        raise TransitionRefused(verdict)
    if annex.draft_party_id is not None:
        raise TransitionRefused(refused("own_draft", _("Share the draft with the other party first.")))
    if annex.proposals.filter(status__in=ON_THE_WAY).exists():
        raise TransitionRefused(
            refused("already_on_its_way", _("There is already a version of this annex on its way."))
        )
    if number is not None and annex.revisions.filter(number=number).exists():
        raise TransitionRefused(refused("number_taken", _("There is already a version with that number.")))
    refuse_unlawful(annex)
    revision = freeze(annex, by=by, change_summary=str(_("Registered afterwards.")), number=number)
    proposal = Proposal.objects.create(
        revision=revision, annex=annex, kind=Proposal.Kind.REGISTRATION, status=status, proposed_decision=text,
        submitted_by=by, party=revision.party,
    )  # fmt: skip
    Move.objects.create(
        proposal=proposal, verb=Move.Verb.SUBMIT, to_status=status, moved_by=by, party=revision.party,
        reason=str(_("Registered afterwards.")),
    )  # fmt: skip
    return proposal


@transaction.atomic
def register_decided(annex: Annex, taken: TakenDecision, *, by: User, number: int | None = None) -> Proposal:
    """Register the working text as decided outside the portal. The other party confirms it with
    ``workflow.proposal.confirm_entry``, which writes the decision; or disputes it.

    Raises TransitionRefused: not a coordinator, something on its way, number taken, a day to come, a day that
    another version has, a text that signatures fix, a text that must not be kept.
    """
    if not (verdict := may_register_decided(annex)) or not (verdict := may_apply_from(annex, taken.effective_from)):
        raise TransitionRefused(verdict)
    if taken.decided_on > today():
        raise TransitionRefused(refused("date_to_come", _("The meeting cannot be later than today.")))
    proposal = _registered_proposal(annex, ProposalStatus.PROPOSED, taken.resolution[:500], by=by, number=number)
    party = coordinator_party(by, proposal)
    if party is None:
        raise TransitionRefused(refused("not_coordinator", _("Only a coordinator can enter a decision.")))
    MeetingEntry.objects.create(
        proposal=proposal, decided_on=taken.decided_on, effective_from=taken.effective_from,
        resolution=taken.resolution, item_number=taken.item_number, attendance=taken.attendance,
        minutes=taken.minutes, party=party, entered_by=by,
    )  # fmt: skip
    record_assent(proposal, party, Wording(taken.resolution, taken.effective_from), by=by, is_entered=True)
    Move.objects.create(
        proposal=proposal, verb=Move.Verb.ENTER, from_status=proposal.status, to_status=proposal.status,
        moved_by=by, party=party,
    )  # fmt: skip
    proposal_submitted.send(Proposal, proposal=proposal, by=by)
    return proposal


@transaction.atomic
def register_signed(
    agreement: Agreement,
    annexes: Sequence[Annex],
    *,
    signatures: Sequence[tuple[SignatoryFacts, date, str]],
    effective_from: date,
    by: User,
    scan: StoredFile | None = None,
    numbers: Mapping[int, int] | None = None,
    item_numbers: Mapping[int, str] | None = None,
) -> Manifest:
    """Register that the working texts of ``annexes`` were signed together on paper: (who, when, where) for each.

    ``numbers`` and ``item_numbers`` are their true version numbers and §, by the annex's id, where they have one.
    A coordinator of each other party confirms it with ``confirm_signed``; the last one decides the texts. Locks the
    annexes, as a submission does, before the agreement.
    """
    list(Annex.objects.select_for_update(of=("self",)).filter(pk__in=[annex.pk for annex in annexes]).order_by("pk"))
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    party = next(iter(coordinated_parties(by, agreement)), None)
    if party is None:
        raise TransitionRefused(refused("not_coordinator", _("Only a coordinator can register a signing.")))
    _refuse_unsignable(agreement, annexes, [day for _fact, day, _place in signatures], effective_from)
    text, known = str(_("Signed by all parties.")), numbers or {}
    proposals = [
        _registered_proposal(annex, ProposalStatus.AWAITING_SIGNATURES, text, by=by, number=known.get(annex.pk))
        for annex in annexes
    ]
    manifest = new_manifest(
        agreement, proposals, effective_from=effective_from, by=by, is_registered_afterwards=True,
        item_numbers=item_numbers,
    )  # fmt: skip
    manifest.scan = scan
    remember_why(manifest, "", by=by)
    manifest.save(update_fields=["scan"])
    written = write_signatories(manifest, [fact for fact, _day, _place in signatures], by=by)
    for signatory, (_fact, day, place) in zip(written, signatures, strict=True):
        Signature.objects.create(signatory=signatory, signed_on=day, place=place, recorded_by=by)
    if lacks := missing(manifest):
        raise TransitionRefused(refused("incomplete", " ".join(str(lack) for lack in lacks)))
    SigningAnswer.objects.create(manifest=manifest, party=party, stance=SigningAnswer.Stance.CONFIRMED, answered_by=by)
    manifest_opened.send(Manifest, manifest=manifest, by=by)
    return manifest


def _refuse_unsignable(
    agreement: Agreement, annexes: Sequence[Annex], signed_on: Iterable[date], effective_from: date
) -> None:
    """Raise TransitionRefused when ``annexes`` cannot have been signed together, so that they apply from that day."""
    if agreement.manifests.open().exists():
        raise TransitionRefused(refused("already_open", _("A signing is already open.")))
    if not annexes:
        raise TransitionRefused(refused("no_texts", _("Choose at least one text that was signed.")))
    if any(day > today() for day in signed_on):
        raise TransitionRefused(refused("date_to_come", _("A signature cannot be later than today.")))
    for annex in annexes:
        if not (verdict := may_apply_from(annex, effective_from)):
            raise TransitionRefused(verdict)


@transaction.atomic
def confirm_signed(manifest: Manifest, *, by: User) -> Manifest:
    """Confirm for ``by``'s party that it was signed so. The last party's word decides the texts, from the
    manifest's day.

    Raises TransitionRefused: not a coordinator of another party than the one that registered it, or confirmed.
    """
    manifest = locked_manifest(manifest)
    _answer(manifest, SigningAnswer.Stance.CONFIRMED, by=by)
    if not parties_to_answer(manifest).exists():
        close(manifest, by=by)
    return manifest


@transaction.atomic
def dispute_signed(manifest: Manifest, *, reason: str, by: User) -> Manifest:
    """Say for ``by``'s party that it was not signed so: the registration ends, and its texts come back."""
    manifest = locked_manifest(manifest)
    if not reason.strip():
        raise TransitionRefused(refused("reason_missing", _("Write a reason.")))
    answer = _answer(manifest, SigningAnswer.Stance.DISPUTED, by=by, reason=reason.strip())
    _end(manifest, Move.Verb.DISPUTE_SIGNING, by=by, party=answer.party, reason=answer.reason)
    signing_disputed.send(SigningAnswer, answer=answer, by=by)
    return manifest


@transaction.atomic
def withdraw_registration(manifest: Manifest, *, by: User) -> Manifest:
    """Take back what one's own party registered, before every party has confirmed it: its texts come back."""
    manifest = locked_manifest(manifest)
    if not (verdict := may_withdraw_registration(by, manifest)):
        raise TransitionRefused(verdict)
    for move in _end(manifest, Move.Verb.WITHDRAW, by=by):
        proposal_moved.send(Proposal, proposal=move.proposal, move=move, by=by)
    return manifest


def _answer(manifest: Manifest, stance: SigningAnswer.Stance, *, by: User, reason: str = "") -> SigningAnswer:
    may = may_dispute_registration if stance == SigningAnswer.Stance.DISPUTED else may_confirm_registration
    verdict, party = may(by, manifest), answering_party(by, manifest)
    if not verdict or party is None:
        raise TransitionRefused(verdict)
    return SigningAnswer.objects.create(manifest=manifest, party=party, stance=stance, reason=reason, answered_by=by)


def _end(manifest: Manifest, verb: str, *, by: User, party: Party | None = None, reason: str = "") -> list[Move]:
    """End a registration without decisions; its texts are withdrawn, and the working texts can be sent in anew."""
    manifest.withdrawn_at = timezone.now()
    remember_why(manifest, "", by=by)
    manifest.save(update_fields=["withdrawn_at"])
    moves = []
    for proposal in texts_waiting(manifest):
        proposal.status, proposal.status_since = ProposalStatus.WITHDRAWN, timezone.now()
        remember_why(proposal, "", by=by)
        proposal.save(update_fields=["status", "status_since"])
        moves.append(
            Move.objects.create(
                proposal=proposal, verb=verb, from_status=ProposalStatus.AWAITING_SIGNATURES,
                to_status=ProposalStatus.WITHDRAWN, moved_by=by, party=party, reason=reason,
            )
        )  # fmt: skip
    return moves
