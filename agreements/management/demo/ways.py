"""The ways of the example's versions: submissions, decisions and signatures at their days in the past.

The workflow writes the present; here the same rows are written with the example's dates, and the database's
own checks (truths) judge them as they judge the workflow's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from agreements.example import shapes
from agreements.management.demo.moment import moment
from agreements.management.demo.past import done
from agreements.management.demo.texts import write_text
from agreements.models import (
    Annex,
    Assent,
    Comment,
    Consequence,
    Decision,
    HigherDecision,
    Manifest,
    Matter,
    MeetingEntry,
    Move,
    OriginalCopy,
    Party,
    Proposal,
    Review,
    Revision,
    Signatory,
    Signature,
)
from agreements.selectors.imprint import imprint_of
from agreements.states import FixedBy, ProposalStatus
from agreements.workflow.revision import own_party, unsaved_revision
from agreements.workflow.signing import write_entries
from agreements.workflow.tasks import open_tasks
from samverkan.accounts.models import User
from samverkan.history import remember_why

Users = dict[str, User]


def write_version(annex: Annex, row: shapes.Version, users: Users, matter: Matter | None) -> Proposal:
    """Write the text as working text, freeze it, and lay it where ``row`` says, up to its decision or return."""
    by = users[row.submitted_by]
    written_on = row.submitted_on
    write_text(annex, row.text, by=by, written_on=written_on)
    revision = unsaved_revision(annex, by=by, change_summary=row.change_summary, number=row.number)
    revision.frozen_at = moment(written_on)
    revision.save()
    outcome = ProposalStatus(row.status)
    proposal = Proposal.objects.create(
        revision=revision,
        annex=annex,
        matter=matter,
        kind=Proposal.Kind.REGISTRATION if row.is_registered_afterwards else Proposal.Kind.ORDINARY,
        status=_first_status(annex, row),
        status_since=moment(written_on),
        proposed_decision=row.proposed_decision,
        proposed_effective_from=row.effective_from,
        answer_wanted_by=matter.answer_wanted_by if matter else None,
        submitted_at=moment(written_on),
        submitted_by=by,
        party=own_party(by, annex),
    )
    _consequences(proposal, row)
    _move(proposal, Move.Verb.SUBMIT, by, written_on, reason=row.change_summary, is_first=True)
    if row.forwarded_on is not None:
        _forward(proposal, row, users)
    if outcome in (ProposalStatus.REFERRED_BACK, ProposalStatus.REJECTED) and row.returned_on is not None:
        verb = Move.Verb.REFER_BACK if outcome == ProposalStatus.REFERRED_BACK else Move.Verb.REJECT
        _move(proposal, verb, users[row.returned_by], row.returned_on, to=outcome, reason=row.return_reason)
    elif outcome == ProposalStatus.PROPOSED:
        for account in row.assents:
            _assent(proposal, users[account], row.forwarded_on or written_on)
    return proposal


def _first_status(annex: Annex, row: shapes.Version) -> ProposalStatus:
    if annex.fixed_by == FixedBy.SIGNATURES and row.status == ProposalStatus.DECIDED:
        return ProposalStatus.AWAITING_SIGNATURES
    if row.is_registered_afterwards or not annex.agreement.is_prepared:
        return ProposalStatus.PROPOSED
    return ProposalStatus.IN_PREPARATION


def _move(
    proposal: Proposal,
    verb: str,
    by: User,
    day: date,
    *,
    to: ProposalStatus | None = None,
    reason: str = "",
    is_first: bool = False,
    party: Party | None = None,
) -> None:
    before = "" if is_first else proposal.status
    if to is not None and to != proposal.status:
        proposal.status, proposal.status_since = to, moment(day, 14)
        with done(day, 14, by=by):
            proposal.save(update_fields=["status", "status_since"])
    Move.objects.create(
        proposal=proposal, verb=verb, from_status=before, to_status=proposal.status, reason=reason, moved_by=by,
        moved_at=moment(day, 14), party=party or own_party(by, proposal.annex),
    )  # fmt: skip


def _consequences(proposal: Proposal, row: shapes.Version) -> None:
    by_term = {"kommun": "Kommunen", "polis": "Polisen"}
    for key, text in row.consequences.items():
        party = proposal.annex.agreement.parties.filter(defined_term=by_term.get(key, key)).first()
        if party is not None:
            Consequence.objects.create(proposal=proposal, party=party, text=text)


def _forward(proposal: Proposal, row: shapes.Version, users: Users) -> None:
    day = row.forwarded_on or row.submitted_on
    for at, account in enumerate(row.forwarded_by):
        is_last = at == len(row.forwarded_by) - 1
        _move(proposal, Move.Verb.FORWARD, users[account], day, to=ProposalStatus.PROPOSED if is_last else None)


def _assent(
    proposal: Proposal, user: User, day: date, *, is_entered: bool = False, effective_from: date | None = None
) -> None:
    party = own_party(user, proposal.annex)
    if party is None or proposal.assents.filter(party=party).exists():
        return
    with done(day, 15, by=user):
        Assent.objects.create(
            proposal=proposal, party=party, given_by=user, given_at=moment(day, 15), name=str(user), title=user.title,
            is_entered=is_entered, resolution=proposal.proposed_decision, effective_from=effective_from,
        )  # fmt: skip
    _move(proposal, Move.Verb.CONFIRM if is_entered else Move.Verb.ASSENT, user, day, party=party)


def decide(proposal: Proposal, row: shapes.Version, users: Users, deciders: Iterable[User]) -> Decision:
    """Let every party assent at the meeting (or each on its own) and write the decision of that day."""
    day = row.decided_on or row.submitted_on
    entered = row.method == Decision.Method.MEETING
    entry = None
    if entered:
        entry = _enter(proposal, row, day, users[row.submitted_by])
    for user in deciders:
        _assent(
            proposal, user, day, is_entered=entered,
            effective_from=(row.effective_from or day) if entered else None,
        )  # fmt: skip
    if entry is not None:
        entry.closed_at = moment(day, 16)
        with done(day, 16, by=users[row.submitted_by]):
            entry.save(update_fields=["closed_at"])
    return _write(proposal, row, day, by=users[row.submitted_by], basis=Decision.Basis.STEERING_GROUP, manifest=None)


def _enter(proposal: Proposal, row: shapes.Version, day: date, by: User) -> MeetingEntry:
    with done(day, 15, by=by):
        return MeetingEntry.objects.create(
            proposal=proposal, decided_on=day, item_number=row.item_number, attendance=row.attendance,
            resolution=row.proposed_decision, effective_from=row.effective_from or day,
            party=own_party(by, proposal.annex) or proposal.annex.agreement.parties.all()[0],
            entered_at=moment(day, 15), entered_by=by,
        )  # fmt: skip


def _write(
    proposal: Proposal, row: shapes.Version, day: date, *, by: User, basis: str, manifest: Manifest | None
) -> Decision:
    annex, revision = proposal.annex, proposal.revision
    before = Revision.objects.filter(annex=annex, decision__isnull=False).order_by("-number").first()
    taken = Decision.objects.filter(agreement=annex.agreement, year=day.year).count()
    decision = Decision.objects.create(
        revision=revision, annex=annex, agreement=annex.agreement, matter=proposal.matter, manifest=manifest,
        year=day.year, number=taken + 1, basis=basis, method=row.method, resolution=row.proposed_decision,
        sha256=revision.sha256, decided_on=day, effective_from=row.effective_from or day, item_number=row.item_number,
        attendance=row.attendance, is_registered_afterwards=row.is_registered_afterwards, written_at=moment(day, 16),
        written_by=by, imprint=imprint_of(annex.agreement, day),
    )  # fmt: skip
    _move(proposal, Move.Verb.DECIDE, by, day, to=ProposalStatus.DECIDED)
    for task in open_tasks(decision, before=before):
        task.done_at, task.done_by = moment(day, 17), by
        with done(day, 17, by=by):
            task.save(update_fields=["done_at", "done_by"])
    return decision


def sign(agreement_row: shapes.Agreement, rows: list[tuple[Proposal, shapes.Version]], users: Users) -> Manifest:
    """One signing, by hand, of the texts that signatures fix, with its decisions from above."""
    agreement = rows[0][0].annex.agreement
    signing = agreement_row.signing
    parties = {known.key: agreement.parties.get(defined_term=known.defined_term) for known in agreement_row.parties}
    by = users[rows[0][1].submitted_by]
    with done(signing.signed_on, 8, by=by):
        manifest = Manifest.objects.create(
            agreement=agreement, number=1, effective_from=signing.effective_from, created_by=by,
            created_at=moment(signing.signed_on, 8),
        )  # fmt: skip
    write_entries(manifest, [proposal.revision for proposal, _row in rows])
    _decide_above(manifest, signing, parties, by=by)
    _sign_with_ink(manifest, signing, parties, users, by=by)
    holders = list(parties.values())
    OriginalCopy.objects.bulk_create(
        OriginalCopy(manifest=manifest, number=at + 1, holder=holders[at % len(holders)])
        for at in range(agreement.original_copies)
    )
    manifest.closed_at = moment(signing.signed_on, 16)
    with done(signing.signed_on, 16, by=by):
        manifest.save(update_fields=["closed_at"])
    for proposal, row in rows:
        _write(proposal, row, signing.signed_on, by=by, basis=Decision.Basis.SIGNATURES, manifest=manifest)
    return manifest


def _decide_above(manifest: Manifest, signing: shapes.Signing, parties: dict[str, Party], *, by: User) -> None:
    for needed in signing.higher_decisions:
        with done(needed.decided_on, 16, by=by):
            HigherDecision.objects.create(
                manifest=manifest, party=parties[needed.party], body=needed.body, decided_on=needed.decided_on,
                item_number=needed.item_number, registry_number=needed.registry_number, recorded_by=by,
                recorded_at=moment(needed.decided_on, 16),
            )  # fmt: skip


def _sign_with_ink(
    manifest: Manifest, signing: shapes.Signing, parties: dict[str, Party], users: Users, *, by: User
) -> None:
    """Everybody who shall sign is named before the first one does: afterwards none may come to it."""
    signatories = [
        Signatory(
            manifest=manifest, party=parties[row.party], user=users.get(row.account),
            name=str(users[row.account]) if row.account else row.title,
            title=row.title, is_acting=row.is_acting, is_deputy=row.is_deputy, authority=row.authority, position=at,
        )
        for at, row in enumerate(signing.signatories)
    ]  # fmt: skip
    for signatory in signatories:
        remember_why(signatory, str(_("Shall sign")), by=by)
        with done(signing.signed_on, 8):
            signatory.save()
    for signatory in signatories:
        Signature.objects.create(
            signatory=signatory, signed_on=signing.signed_on, place=signing.place, recorded_by=by,
            recorded_at=moment(signing.signed_on, 15),
        )  # fmt: skip


def write_comment(annex: Annex, row: shapes.Comment, section_id: str, users: Users) -> Comment:
    """A comment on a version with its answers; those in the newest version also stand by the working text."""
    revision = annex.revisions.get(number=row.version)
    with done(row.written_on, 11, by=users[row.author]):
        comment = Comment.objects.create(
            annex=annex, revision=revision, section_id=section_id, quote=row.quote, text=row.text,
            is_question=row.is_question, written_by=users[row.author], author_name=str(users[row.author]),
            written_at=moment(row.written_on, 11),
            resolved_at=moment(row.resolved_on, 12) if row.resolved_on else None,
            resolved_by=users[row.resolved_by] if row.resolved_on else None,
        )  # fmt: skip
    for answer in row.answers:
        with done(answer.written_on, 13, by=users[answer.author]):
            Comment.objects.create(
                annex=annex, revision=revision, section_id=section_id, answer_to=comment, text=answer.text,
                written_by=users[answer.author], author_name=str(users[answer.author]),
                written_at=moment(answer.written_on, 13),
            )  # fmt: skip
    return comment


def write_review(annex: Annex, row: shapes.Review, users: Users) -> Review:
    """That the agreement was looked over without change."""
    revision = annex.revisions.filter(decision__isnull=False).order_by("number")[0]
    return Review.objects.create(
        annex=annex, revision=revision, reviewed_on=row.reviewed_on, note=row.note,
        recorded_by=users["samordnare-kommun"], recorded_at=moment(row.reviewed_on, 16),
    )  # fmt: skip
