"""One annex as its reader meets it: which text, in which standing, with which way back and forth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from agreements.models import Annex, Decision, Proposal, Revision, StoredFile
from agreements.permissions import Perm
from agreements.policies.annex import may_read_draft
from agreements.policies.revision import visible_revisions
from agreements.rights import has, today
from agreements.selectors.in_force import (
    decisions_in_force,
    follows_above,
    parent_decision,
    standings,
    text_above,
)
from agreements.selectors.working_text import draft_document
from agreements.states import ON_THE_WAY

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
    """A frozen version as it stands on ``day``. Reads ``decision``, ``proposal`` and what is in force."""
    decision: Decision | None = getattr(revision, "decision", None)
    return Reading(revision.annex, revision.document, revision, decision, standing_code(revision, day))


def of_draft(annex: Annex) -> Reading:
    """The working text as it would be frozen now."""
    return Reading(annex, draft_document(annex), None, None, "draft")


def in_force_decision(annex: Annex, day: date) -> Decision | None:
    """The decision whose text stands for ``annex`` on ``day``: its own, or the parent's for one that follows it. A day
    that has passed is asked as the agreement's page asks it, where the annex may follow."""
    if annex.has_ended(day):
        return None
    if follows_above(annex) and day < today():
        return next(row.shown for row in standings(annex.agreement, day) if row.annex.pk == annex.pk)
    own = decisions_in_force([annex.pk], day).first()
    return parent_decision(annex.agreement, day) if own is None and follows_above(annex) else own


def reading_for(user: User, annex: Annex, day: date) -> Reading | None:
    """The text to show when somebody opens the annex: what is in force on ``day``; today, where nothing is, the
    newest version that ``user`` may read, else what it followed until the overarching agreement ended, else the draft
    when it is the user's. None: nothing to read."""
    decision = in_force_decision(annex, day)
    if decision is not None:
        return Reading(annex, decision.revision.document, decision.revision, decision, "in_force")
    if day != today():
        return None
    newest = _readable(user, annex).first()
    if newest is not None:
        return of_revision(newest, day)
    followed = text_above(annex.agreement, day) if follows_above(annex) else None
    if followed is not None:
        return Reading(annex, followed.revision.document, followed.revision, followed, "ended")
    if may_read_draft(user, annex):
        return of_draft(annex)
    return None


def _readable(user: User, annex: Annex) -> QuerySet[Revision]:
    """The versions that ``user`` may read, newest first; chosen by their ids, so that no texts are compared."""
    chosen = visible_revisions(user).filter(annex=annex).order_by().values("pk")
    rows = Revision.objects.filter(pk__in=chosen).select_related("annex__agreement", "decision", "proposal")
    return rows.order_by("-number")


def versions_of(user: User, annex: Annex) -> list[Revision]:
    """All versions that ``user`` may read, newest first, without their texts."""
    return list(_readable(user, annex).defer("content", "plain_text", "ids"))


@dataclass(frozen=True)
class FileBeside:
    """A file beside a text, called and dated as the text says; ``file`` is of the agreement whose text it is."""

    title: str
    dated: date | None
    file: StoredFile


def files_beside(reading: Reading) -> list[FileBeside]:
    """The files beside what is read: those that a frozen text names, whatever lies beside the draft now, or the
    draft's. Where the overarching agreement's text is followed, they are that agreement's."""
    if reading.revision is None:
        rows = reading.annex.attachments.select_related("file__agreement")
        return [FileBeside(row.title, row.dated, row.file) for row in rows]
    named = reading.document.get("attachments", [])
    if not named:
        return []
    stored = StoredFile.objects.filter(
        agreement=reading.revision.annex.agreement_id, sha256__in=[file["sha256"] for file in named]
    )
    known = {file.sha256: file for file in stored.select_related("agreement")}
    return [
        FileBeside(file["name"], date.fromisoformat(file["dated"]) if "dated" in file else None, known[file["sha256"]])
        for file in named
        if file["sha256"] in known
    ]


def moving_proposal(user: User, annex: Annex) -> Proposal | None:
    """What is on its way, when ``user`` may know it."""
    if not has(user, Perm.READ_PROPOSED, annex):
        return None
    return annex.proposals.filter(status__in=ON_THE_WAY).select_related("revision").first()
