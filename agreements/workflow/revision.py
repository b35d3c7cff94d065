"""Freezing a working text and sending it on its way (R41-R45, R169)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from agreements.documents.canonical import canonical_json, content_hash, split_ids
from agreements.documents.checker import UNLAWFUL, Finding, Severity
from agreements.documents.html import word_count
from agreements.documents.text import to_text
from agreements.models import Agreement, Annex, Consequence, Matter, Move, Party, Proposal, Revision
from agreements.policies.decision import may_apply_from
from agreements.policies.proposal import may_bind, may_submit
from agreements.rights import parties_of
from agreements.selectors.findings import findings, unanswered
from agreements.selectors.working_text import draft_document
from agreements.signals import proposal_submitted
from agreements.states import ProposalStatus
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, Verdict, refused


@dataclass(frozen=True)
class Submission:
    """What the submitter says about one annex: at most 500 characters of proposed decision, and per party (by
    its id) what a yes means. ``effective_from`` empty: the day of the decision."""

    annex: Annex
    change_summary: str
    proposed_decision: str
    consequences: dict[int, str] = field(default_factory=dict)
    effective_from: date | None = None
    warnings_answered: bool = False


def freeze(annex: Annex, *, by: User, change_summary: str = "", number: int | None = None) -> Revision:
    """Write the annex's working text as a new revision. The caller holds the lock on ``annex``.

    ``number``: the version number when it is given from outside (registered afterwards); else the next one.
    """
    revision = unsaved_revision(annex, by=by, change_summary=change_summary, number=number)
    revision.save()
    return revision


def unsaved_revision(annex: Annex, *, by: User, change_summary: str, number: int | None) -> Revision:
    """The annex's working text as a revision that is not yet written; the rest as ``freeze``."""
    document = draft_document(annex)
    content, ids = split_ids(cast("dict[str, Any]", document))
    if number is None:
        number = (annex.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    return Revision(
        annex=annex,
        number=number,
        format_version=document["format"],
        content=canonical_json(content),
        ids=ids,
        sha256=content_hash(cast("dict[str, Any]", document)),
        plain_text=to_text(document, with_title=True),
        word_count=word_count(document),
        change_summary=change_summary,
        frozen_by=by,
        party=own_party(by, annex),
    )


def own_party(user: User, annex: Annex) -> Party | None:
    """The party that ``user`` acts for in the annex's agreement; the first in order when there are several."""
    return min(parties_of(user, annex.agreement), key=lambda party: party.position, default=None)


def first_status(agreement: Agreement) -> ProposalStatus:
    """Where a submission begins: with the preparatory group, or where this is switched off with the steering group."""
    return ProposalStatus.IN_PREPARATION if agreement.is_prepared else ProposalStatus.PROPOSED


def locked(annex: Annex) -> Annex:
    """The annex, read anew under a lock that is held until the transaction ends."""
    return Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=annex.pk)


class UnfitText(TransitionRefused):
    """The text of ``annex`` cannot be sent as it is; ``finding`` is the first fault, None when it is another lack."""

    def __init__(self, verdict: Verdict, annex: Annex, finding: Finding | None = None) -> None:
        super().__init__(verdict)
        self.annex = annex
        self.finding = finding


def refuse_unlawful(annex: Annex) -> None:
    """Raise UnfitText when the text holds what must not be kept: a personal identity number, the number of a crime
    report. Other faults do not stop what was decided as it stands."""
    for finding in findings(annex):
        if finding.code in UNLAWFUL:
            words = {"annex": annex, "fault": finding.message}
            raise UnfitText(refused("text_is_unlawful", _("%(annex)s: %(fault)s") % words), annex, finding)


def refuse_unfit(annex: Annex, *, warnings_answered: bool) -> None:
    """Raise TransitionRefused when registry numbers are missing; UnfitText for errors and unanswered warnings."""
    missing = [party for party in annex.agreement.parties.all() if not party.registry_number]
    if missing:
        raise TransitionRefused(
            refused(
                "registry_number_missing",
                _("The registry number of %(party)s is missing.")
                % {"party": ", ".join(str(party) for party in missing)},
            )
        )
    found = findings(annex)
    error = next((finding for finding in found if finding.severity == Severity.ERROR), None)
    if error is not None:
        reason = _("%(annex)s has faults that must be mended first.") % {"annex": annex}
        raise UnfitText(refused("text_has_errors", reason), annex, error)
    left = [] if warnings_answered else unanswered(annex, found)
    if left:
        reason = _("Look through the warnings of %(annex)s and answer them.") % {"annex": annex}
        raise UnfitText(refused("warnings_unanswered", reason), annex, left[0])


@transaction.atomic
def submit(
    submission: Submission, *, by: User, matter: Matter | None = None, answer_wanted_by: date | None = None
) -> Proposal:
    """Freeze the annex's working text and put it before the preparatory group, or the steering group where the
    agreement has switched preparation off.

    Raises TransitionRefused: not a coordinator, something on its way already, faults in the text, unanswered
    warnings, a day that another version has, or a party's registry number missing. Source: R26, R43, R169.
    """
    annex = locked(submission.annex)
    if not (verdict := may_submit(by, annex)):
        raise TransitionRefused(verdict)
    if submission.effective_from and not (verdict := may_apply_from(annex, submission.effective_from)):
        raise TransitionRefused(verdict)
    refuse_unfit(annex, warnings_answered=submission.warnings_answered)
    revision = freeze(annex, by=by, change_summary=submission.change_summary)
    first = first_status(annex.agreement)
    proposal = Proposal(
        revision=revision,
        annex=annex,
        matter=matter,
        status=first,
        proposed_decision=submission.proposed_decision,
        proposed_effective_from=submission.effective_from,
        answer_wanted_by=answer_wanted_by,
        submitted_by=by,
        party=revision.party,
    )
    proposal.clean_fields(exclude=["revision", "annex", "matter", "submitted_by", "party"])
    proposal.save()
    Consequence.objects.bulk_create(
        Consequence(proposal=proposal, party_id=party_id, text=text)
        for party_id, text in submission.consequences.items()
        if text
    )
    Move.objects.create(
        proposal=proposal, verb=Move.Verb.SUBMIT, to_status=first, moved_by=by, party=revision.party,
        reason=submission.change_summary,
    )  # fmt: skip
    proposal_submitted.send(Proposal, proposal=proposal, by=by)
    return proposal


@transaction.atomic
def submit_matter(
    submissions: list[Submission],
    *,
    title: str,
    by: User,
    is_bound_together: bool = False,
    answer_wanted_by: date | None = None,
) -> Matter:
    """Submit several annexes of one agreement as one matter; all of them or none.

    Raises TransitionRefused for the first annex that cannot be submitted, which it names, and for parts that cannot
    be bound together, ValueError when they belong to different agreements or there are none.
    """
    agreements = {submission.annex.agreement_id for submission in submissions}
    if len(agreements) != 1:
        raise ValueError("A matter holds annexes of one agreement.")
    if is_bound_together and not (verdict := may_bind([submission.annex for submission in submissions])):
        raise TransitionRefused(verdict)
    matter = Matter.objects.create(
        agreement_id=agreements.pop(),
        title=title,
        is_bound_together=is_bound_together,
        answer_wanted_by=answer_wanted_by,
        created_by=by,
    )
    for submission in sorted(submissions, key=lambda item: item.annex.sort_key):
        try:
            submit(submission, by=by, matter=matter, answer_wanted_by=answer_wanted_by)
        except UnfitText:
            raise
        except TransitionRefused as refusal:
            reason = _("%(annex)s: %(fault)s") % {"annex": submission.annex, "fault": refusal.verdict.reason}
            raise TransitionRefused(refused(refusal.verdict.code, reason)) from refusal
    return matter
