"""One annex as its reader meets it: which text, in which standing, with which way back and forth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from agreements.models import Annex, AnnexFile, Comment, Decision, Proposal, Revision
from agreements.permissions import Perm
from agreements.policies.annex import may_read_draft
from agreements.policies.revision import visible_revisions
from agreements.rights import has, today
from agreements.selectors.in_force import decisions_in_force, parent_decision
from agreements.selectors.working_text import draft_document
from agreements.states import ON_THE_WAY, AnnexKind, FixedBy

if TYPE_CHECKING:
    from agreements.documents.block_types import Document
    from samverkan.accounts.models import User


@dataclass(frozen=True)
class Reading:
    """What is read: a frozen version, or the draft (then ``revision`` is None). ``status`` is a code of the
    status component: in_force, superseded, decided_later, ended, draft, or a ProposalStatus."""

    annex: Annex
    document: Document
    revision: Revision | None
    decision: Decision | None
    status: str


def standing_code(revision: Revision, day: date) -> str:
    """How a frozen version stands on ``day``, as a code of the status component."""
    proposal: Proposal | None = getattr(revision, "proposal", None)
    decision: Decision | None = getattr(revision, "decision", None)
    if decision is None:
        return proposal.status if proposal else "draft"
    if decision.effective_from > day:
        return "decided_later"
    current = decisions_in_force([revision.annex_id], day).first()
    if current is None or current.pk != decision.pk:
        return "superseded"
    return "ended" if revision.annex.has_ended(day) else "in_force"


def of_revision(revision: Revision, day: date) -> Reading:
    decision: Decision | None = getattr(revision, "decision", None)
    return Reading(revision.annex, revision.document, revision, decision, standing_code(revision, day))


def of_draft(annex: Annex) -> Reading:
    return Reading(annex, draft_document(annex), None, None, "draft")


def in_force_decision(annex: Annex, day: date) -> Decision | None:
    """The decision whose text stands for ``annex`` on ``day``: its own, or the parent's for one that follows it."""
    if annex.has_ended(day):
        return None
    if annex.fixed_by == FixedBy.PARENT and annex.agreement.parent_id is not None:
        return parent_decision(annex.agreement, day)
    return decisions_in_force([annex.pk], day).first()


def reading_for(user: User, annex: Annex, day: date) -> Reading | None:
    """The text to show when somebody opens the annex: what is in force on ``day``; today, where nothing is, the
    newest version that ``user`` may read, else the draft when it is the user's. None: nothing to read."""
    decision = in_force_decision(annex, day)
    if decision is not None:
        return Reading(annex, decision.revision.document, decision.revision, decision, "in_force")
    if day != today():
        return None
    newest = visible_revisions(user).filter(annex=annex).order_by("-number").first()
    if newest is not None:
        return of_revision(newest, day)
    if may_read_draft(user, annex):
        return of_draft(annex)
    return None


def versions_of(user: User, annex: Annex) -> list[Revision]:
    """All versions that ``user`` may read, newest first."""
    return list(visible_revisions(user).filter(annex=annex).order_by("-number"))


def files_beside(reading: Reading) -> list[AnnexFile]:
    """The files beside what is read: those that a frozen text names, and all of a draft's. An annex that stands for
    the overarching agreement has its own, whatever text it follows."""
    rows = list(reading.annex.attachments.select_related("file"))
    if reading.revision is None or reading.annex.kind == AnnexKind.OVERARCHING_AGREEMENT:
        return rows
    named = {file["sha256"] for file in reading.document.get("attachments", [])}
    return [row for row in rows if row.file.sha256 in named]


def moving_proposal(user: User, annex: Annex) -> Proposal | None:
    """What is on its way, when ``user`` may know it."""
    if not has(user, Perm.READ_PROPOSED, annex):
        return None
    return annex.proposals.filter(status__in=ON_THE_WAY).select_related("revision").first()


def open_comments(revision: Revision) -> list[Comment]:
    return list(
        revision.comments.filter(answer_to=None).prefetch_related("answers__written_by").select_related("written_by")
    )
