"""Moving a submitted revision: prepared, referred back, assented to, postponed, rejected, withdrawn.

Every function locks the proposal (and those bound to it), so that the second of two simultaneous calls meets
the new state and is refused. Each move is one row of the log, with who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreements.models import Assent, Decision, Manifest, MeetingEntry, Move, Opinion, Party, Proposal, StoredFile
from agreements.permissions import Role
from agreements.policies import proposal as policy
from agreements.policies.decision import may_apply_from
from agreements.rights import memberships_in, today
from agreements.selectors.wording import Wording, wording_of
from agreements.signals import proposal_moved
from agreements.states import MOVES, ON_THE_WAY, FixedBy, ProposalStatus
from agreements.workflow.decision import Resolution, write_decision
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import ALLOWED, TransitionRefused, Verdict, demand, refused


def locked(proposal: Proposal) -> Proposal:
    """The proposal under lock; with a matter that is bound together, all of its proposals, in one order."""
    rows = Proposal.objects.select_for_update(of=("self",)).order_by("pk")
    if proposal.matter_id is not None:
        list(rows.filter(matter=proposal.matter_id))
    return rows.select_related("revision", "annex__agreement", "matter").get(pk=proposal.pk)


def _acting_for(party: Party | None) -> Party:
    if party is None:
        raise TransitionRefused(refused("not_party", _("You do not act for a party here.")))
    return party


def _require_reason(reason: str) -> str:
    if not reason.strip():
        raise TransitionRefused(refused("reason_missing", _("Write a reason.")))
    return reason.strip()


def _log(
    proposal: Proposal,
    verb: str,
    *,
    by: User,
    to: ProposalStatus | None = None,
    reason: str = "",
    party: Party | None = None,
    answer_wanted_by: date | None = None,
) -> Move:
    """Write the move and, when ``to`` is another status, carry it out. Raises ValueError for a move that the
    table in states.py does not have: that is a fault in the calling code, never a person's."""
    before = ProposalStatus(proposal.status)
    after = to or before
    if after != before:
        if after not in MOVES[before]:
            raise ValueError(f"There is no move from {before} to {after}.")
        proposal.status = after
        proposal.status_since = timezone.now()
        remember_why(proposal, "", by=by)
        proposal.save(update_fields=["status", "status_since"])
    move = Move.objects.create(
        proposal=proposal, verb=verb, from_status=before, to_status=after, reason=reason,
        moved_by=by, party=party, answer_wanted_by=answer_wanted_by,
    )  # fmt: skip
    proposal_moved.send(Proposal, proposal=proposal, move=move, by=by)
    return move


def bound_with(proposal: Proposal) -> list[Proposal]:
    """``proposal`` and the others on their way that it is bound together with."""
    if proposal.matter is None or not proposal.matter.is_bound_together:
        return [proposal]
    return list(
        Proposal.objects.filter(matter=proposal.matter, status__in=ON_THE_WAY)
        .select_related("revision", "annex__agreement", "matter")
        .order_by("annex__sort_key")
    )


def _void_assents(proposal: Proposal, *, by: User, party: Party | None = None) -> None:
    """Those of every party, or of ``party``."""
    standing, now = proposal.assents.filter(withdrawn_at=None), timezone.now()
    for assent in standing if party is None else standing.filter(party=party):
        assent.withdrawn_at, assent.withdrawn_by = now, by
        assent.save(update_fields=["withdrawn_at", "withdrawn_by"])


def _close_entry(proposal: Proposal, *, by: User) -> None:
    for entry in proposal.meeting_entries.filter(closed_at=None):
        entry.closed_at = timezone.now()
        remember_why(entry, "", by=by)
        entry.save(update_fields=["closed_at"])


def _give_up_signing(proposal: Proposal, *, by: User) -> None:
    for manifest in Manifest.objects.open().filter(entries__revision=proposal.revision):
        manifest.withdrawn_at = timezone.now()
        remember_why(manifest, "", by=by)
        manifest.save(update_fields=["withdrawn_at"])


@transaction.atomic
def forward(proposal: Proposal, *, by: User, reason: str = "") -> Proposal:
    """Say for ``by``'s party that the revision is ready; the last party's word puts it before the steering group.

    ``reason`` is the preparatory group's word to the steering group, shown on the decision page.
    """
    proposal = locked(proposal)
    demand(policy.may_forward(by, proposal))
    done = set(proposal.moves.filter(verb=Move.Verb.FORWARD).values_list("party_id", flat=True))
    mine = [m.party for m in policy.seats(by, proposal, Role.PREPARATORY) if m.party_id not in done]
    party = next(party for party in mine if party is not None)
    done.add(party.pk)
    complete = done >= set(proposal.annex.agreement.parties.values_list("pk", flat=True))
    _log(
        proposal, Move.Verb.FORWARD, by=by, party=party, reason=reason,
        to=ProposalStatus.PROPOSED if complete else None,
    )  # fmt: skip
    return proposal


@transaction.atomic
def refer_back(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Send the revision back to its coordinator with a reason; assents given are void. Bound parts follow."""
    proposal = locked(proposal)
    demand(policy.may_refer_back(by, proposal))
    _back(proposal, Move.Verb.REFER_BACK, ProposalStatus.REFERRED_BACK, by=by, reason=_require_reason(reason))
    return proposal


@transaction.atomic
def reject(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Say no for good, with a reason; assents given are void. Bound parts follow."""
    proposal = locked(proposal)
    demand(policy.may_reject(by, proposal))
    _back(proposal, Move.Verb.REJECT, ProposalStatus.REJECTED, by=by, reason=_require_reason(reason))
    return proposal


def _back(proposal: Proposal, verb: str, to: ProposalStatus, *, by: User, reason: str) -> None:
    party = policy.deciding_party(by, proposal) or policy.confirming_party(by, proposal)
    for bound in bound_with(proposal):
        if to not in MOVES[ProposalStatus(bound.status)]:
            raise TransitionRefused(
                refused("bound_together", _("The matter is decided together, and a part of it cannot go back now."))
            )
        _void_assents(bound, by=by)
        _close_entry(bound, by=by)
        _log(bound, verb, by=by, to=to, reason=reason, party=party)
    proposal.refresh_from_db()


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User, reason: str = "") -> Proposal:
    """Take the revision back; an open signing of it is given up. Bound parts follow.

    Locks the open signing before the proposals, as the one who records the last signature does.
    """
    open_ones = Manifest.objects.open().filter(agreement=proposal.annex.agreement_id)
    list(open_ones.select_for_update(of=("self",)))
    proposal = locked(proposal)
    demand(policy.may_withdraw(by, proposal))
    for bound in bound_with(proposal):
        _give_up_signing(bound, by=by)
        _void_assents(bound, by=by)
        _close_entry(bound, by=by)
        _log(bound, Move.Verb.WITHDRAW, by=by, to=ProposalStatus.WITHDRAWN, reason=reason)
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def postpone(proposal: Proposal, *, by: User, reason: str, until: date) -> Proposal:
    """Move the answer to another day with a reason (bordlägga); the status stays."""
    proposal = locked(proposal)
    demand(policy.may_postpone(by, proposal))
    reason = _require_reason(reason)
    if until <= today():
        raise TransitionRefused(refused("date_passed", _("Choose a day that is still to come.")))
    for bound in bound_with(proposal):
        bound.answer_wanted_by = until
        remember_why(bound, "", by=by)
        bound.save(update_fields=["answer_wanted_by"])
        _log(bound, Move.Verb.POSTPONE, by=by, reason=reason, answer_wanted_by=until)
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def give_opinion(proposal: Proposal, *, by: User, stance: str, reason: str = "") -> Opinion:
    """Record support or dissent of a member without a party's voice. It is written in the decision record."""
    proposal = locked(proposal)
    demand(policy.may_give_opinion(by, proposal))
    return Opinion.objects.create(
        proposal=proposal, stance=stance, reason=reason, given_by=by, name=str(by), title=title_of(by, proposal)
    )


def title_of(user: User, proposal: Proposal) -> str:
    """The title under which ``user`` acts here: the account's, else the seat's function."""
    if user.title:
        return user.title
    seats = [m.seat for m in memberships_in(user, proposal.annex.agreement) if m.seat is not None]
    return seats[0].function if seats else ""


def record_assent(proposal: Proposal, party: Party, wording: Wording, *, by: User, is_entered: bool = False) -> Assent:
    """Write ``by``'s yes to ``wording`` for ``party``. The caller has checked who may."""
    return Assent.objects.create(
        proposal=proposal, party=party, given_by=by, name=str(by), title=title_of(by, proposal),
        is_entered=is_entered, resolution=wording.text, effective_from=wording.day,
    )  # fmt: skip


@transaction.atomic
def give_assent(
    proposal: Proposal, *, by: User, resolution: str = "", effective_from: date | None = None, seen: str = ""
) -> Decision | None:
    """Give the assent of ``by``'s party; the last one needed writes the decision, or sends it to signature.

    ``resolution`` and ``effective_from`` are the sentence and day that the yes is said to; empty means those that
    the other parties have said yes to, else the proposed ones. Another sentence or day makes the assents given
    before void: every party says yes to the same. ``seen`` is the mark of the wording that ``by`` had before the
    eyes (``Wording.mark``); empty: not asked.

    Returns the decision, or None while a party, or a part that it is bound together with, is missing, and when
    signatures are still needed. Raises TransitionRefused with the policy's verdict, and when the wording has become
    another than the one seen.
    Source: R41-R46, "Uppdateringar, ändringar och tillägg" in the 2020 Östermalm agreement.
    """
    proposal = locked(proposal)
    demand(policy.may_assent(by, proposal))
    party = _acting_for(policy.deciding_party(by, proposal))
    agreed = wording_of(proposal)
    demand(as_seen(agreed, seen))
    wording = _said(agreed, resolution, effective_from)
    is_reworded = wording != agreed and proposal.assents.filter(withdrawn_at=None).exists()
    if is_reworded:
        _void_assents(proposal, by=by)
    record_assent(proposal, party, wording, by=by)
    _log(
        proposal, Move.Verb.REWORD if is_reworded else Move.Verb.ASSENT, by=by, party=party,
        reason=_as_said(wording) if wording != agreed else "",
    )  # fmt: skip
    return _finish(proposal, by=by)


def as_seen(agreed: Wording, seen: str) -> Verdict:
    """Nobody says yes to another sentence than the one read. ``seen`` is its mark; empty: not asked."""
    if seen and seen != agreed.mark:
        return refused(
            "reworded", _("The wording was changed while you were reading. Read it again before you answer.")
        )
    return ALLOWED


def _said(agreed: Wording, resolution: str, effective_from: date | None) -> Wording:
    """What was said yes to, where empty means as ``agreed``."""
    text = resolution.strip()
    return Wording(
        agreed.text if not text or agreed.says_the_same(text) else text,
        effective_from or agreed.day,
    )


def _as_said(wording: Wording) -> str:
    """The wording as the log keeps it."""
    if wording.day is None:
        return wording.text
    return _("%(text)s (applies from %(day)s)") % {"text": wording.text, "day": date_format(wording.day, "j F Y")}


@transaction.atomic
def assent_to_all(proposals: Iterable[Proposal], *, by: User, seen: Mapping[int, str] | None = None) -> list[Decision]:
    """Give the assent of ``by``'s party to several parts of a matter, each in its wording of now: to all of them, or
    to none when one is refused. ``seen`` has the marks of the wordings seen, by the proposal's id. Returns the
    decisions that were complete by it."""
    marks = seen or {}
    given = [
        give_assent(proposal, by=by, seen=marks.get(proposal.pk, ""))
        for proposal in sorted(proposals, key=lambda item: item.pk)
    ]
    return [decision for decision in given if decision is not None]


@transaction.atomic
def withdraw_assent(proposal: Proposal, *, by: User) -> Proposal:
    """Take the party's yes back, as long as the last one has not been given."""
    proposal = locked(proposal)
    demand(policy.may_withdraw_assent(by, proposal))
    party = _acting_for(policy.deciding_party(by, proposal))
    _void_assents(proposal, by=by, party=party)
    _log(proposal, Move.Verb.WITHDRAW_ASSENT, by=by, party=party)
    return proposal


def _finish(proposal: Proposal, *, by: User) -> Decision | None:
    """Decide ``proposal``, and what it is bound with, when every party has assented to all of it."""
    bound = bound_with(proposal)
    if any(item.status != ProposalStatus.PROPOSED or policy.parties_missing(item) for item in bound):
        return None
    mine = None
    for item in bound:
        decision = _fix(item, _own_resolution(item), by=by)
        _close_entry(item, by=by)
        if item.pk == proposal.pk:
            mine = decision
    proposal.refresh_from_db()
    return mine


def _own_resolution(proposal: Proposal) -> Resolution:
    """What was entered from a meeting about just this part, with its own day, § and minutes; else what every party
    has said yes to."""
    entry = proposal.meeting_entries.filter(closed_at=None).first()
    return Resolution.of_entry(entry) if entry is not None else Resolution.of_wording(wording_of(proposal))


def _fix(proposal: Proposal, resolution: Resolution, *, by: User) -> Decision | None:
    if proposal.annex.fixed_by == FixedBy.SIGNATURES:
        _log(proposal, Move.Verb.SEND_TO_SIGNATURE, by=by, to=ProposalStatus.AWAITING_SIGNATURES)
        return None
    decision = write_decision(proposal, resolution, by=by)
    _log(proposal, Move.Verb.DECIDE, by=by, to=ProposalStatus.DECIDED)
    return decision


@transaction.atomic
def enter_decision(
    proposal: Proposal,
    *,
    by: User,
    decided_on: date,
    effective_from: date,
    resolution: str,
    item_number: str = "",
    attendance: str = "",
    minutes: StoredFile | None = None,
) -> MeetingEntry:
    """Enter what a meeting decided. It becomes a decision when the other party has confirmed it."""
    proposal = locked(proposal)
    demand(policy.may_enter_decision(by, proposal))
    if decided_on > today():
        raise TransitionRefused(refused("date_to_come", _("The meeting cannot be later than today.")))
    demand(may_apply_from(proposal.annex, effective_from))
    party = _acting_for(policy.coordinator_party(by, proposal))
    _void_assents(proposal, by=by)
    entry = MeetingEntry.objects.create(
        proposal=proposal, decided_on=decided_on, effective_from=effective_from, resolution=resolution,
        item_number=item_number, attendance=attendance, minutes=minutes, party=party, entered_by=by,
    )  # fmt: skip
    record_assent(proposal, party, Wording(resolution, effective_from), by=by, is_entered=True)
    _log(proposal, Move.Verb.ENTER, by=by, party=party)
    return entry


@transaction.atomic
def confirm_entry(proposal: Proposal, *, by: User, entry: int | None = None) -> Decision | None:
    """Confirm for the other party that the entered decision is right; the last confirmation writes it.

    ``entry`` is the id of the entry that ``by`` has read; None: not asked. Raises TransitionRefused with the policy's
    verdict, and when another one lies there meanwhile.
    """
    proposal = locked(proposal)
    demand(policy.may_confirm(by, proposal))
    demand(_as_entered(proposal, entry))
    party = _acting_for(policy.confirming_party(by, proposal))
    record_assent(proposal, party, wording_of(proposal), by=by, is_entered=True)
    _log(proposal, Move.Verb.CONFIRM, by=by, party=party)
    return _finish(proposal, by=by)


@transaction.atomic
def dispute_entry(proposal: Proposal, *, by: User, reason: str, entry: int | None = None) -> Proposal:
    """Say that the entered decision is wrong: it is closed, and the revision lies before the group as before. What was
    registered afterwards never lay there; it ends, and can be registered anew. ``entry`` as in ``confirm_entry``."""
    proposal = locked(proposal)
    demand(policy.may_dispute(by, proposal))
    demand(_as_entered(proposal, entry))
    reason = _require_reason(reason)
    _void_assents(proposal, by=by)
    _close_entry(proposal, by=by)
    _log(
        proposal, Move.Verb.DISPUTE, by=by, reason=reason, party=policy.confirming_party(by, proposal),
        to=ProposalStatus.WITHDRAWN if proposal.kind == Proposal.Kind.REGISTRATION else None,
    )  # fmt: skip
    return proposal


def _as_entered(proposal: Proposal, seen: int | None) -> Verdict:
    """Nobody answers another entry than the one read."""
    now = policy.open_entry(proposal)
    if seen is not None and (now is None or now.pk != seen):
        return refused("reworded", _("Another decision has been entered meanwhile. Read it before you answer."))
    return ALLOWED
