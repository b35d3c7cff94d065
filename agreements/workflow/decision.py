"""Writing decisions, once, and what follows from them (R42-R46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Correction, Decision, Proposal, Review, Task
from agreements.permissions import Perm
from agreements.policies.agreement import may_enter_decision
from agreements.policies.decision import may_apply_from, may_record_review
from agreements.rights import has, today
from agreements.selectors.imprint import imprint_of
from agreements.selectors.in_force import revision_in_force
from agreements.selectors.wording import Wording
from agreements.signals import annex_reviewed, decision_corrected, decision_taken
from agreements.states import FixedBy
from agreements.workflow.tasks import close_tasks, open_tasks
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

if TYPE_CHECKING:
    from agreements.models import Manifest, MeetingEntry, StoredFile


@dataclass(frozen=True)
class Resolution:
    """How a decision was taken. Empty ``text``: the proposed decision. Empty dates: today, and the proposed day."""

    text: str = ""
    decided_on: date | None = None
    effective_from: date | None = None
    item_number: str = ""
    attendance: str = ""
    minutes: StoredFile | None = None
    is_meeting: bool = False
    manifest: Manifest | None = None
    is_registered_afterwards: bool = False

    @classmethod
    def of_entry(cls, entry: MeetingEntry) -> Resolution:
        """What a coordinator entered from a meeting."""
        return cls(
            text=entry.resolution,
            decided_on=entry.decided_on,
            effective_from=entry.effective_from,
            item_number=entry.item_number,
            attendance=entry.attendance,
            minutes=entry.minutes,
            is_meeting=True,
            is_registered_afterwards=entry.proposal.kind == Proposal.Kind.REGISTRATION,
        )

    @classmethod
    def of_wording(cls, wording: Wording) -> Resolution:
        """What every party has said yes to. A chosen day that has passed means the day of the decision, today."""
        return cls(text=wording.text, effective_from=wording.day and max(wording.day, today()))

    @property
    def method(self) -> str:
        if self.manifest is not None:
            return Decision.Method.SIGNING
        return Decision.Method.MEETING if self.is_meeting else Decision.Method.PER_CAPSULAM


def _next_number(agreement: Agreement, year: int) -> int:
    """The next in the agreement's series of the year. The caller holds the lock on it: two at once get two numbers."""
    taken = Decision.objects.filter(agreement=agreement, year=year).aggregate(last=Max("number"))["last"]
    return (taken or 0) + 1


def effective_day(proposal: Proposal, resolution: Resolution, decided_on: date) -> date:
    """The day from which it applies: as resolved, else as proposed, else the day of the decision; a proposed
    day that has passed means the day of the decision."""
    if resolution.effective_from is not None:
        return resolution.effective_from
    return max(proposal.proposed_effective_from or decided_on, decided_on)


def asks_for_day(proposal: Proposal, wording: Wording) -> bool:
    """Whether a yes to ``wording`` names a day: one has been chosen, or the day of a decision today is taken. A
    text that signatures fix gets its day with them."""
    if proposal.annex.fixed_by == FixedBy.SIGNATURES:
        return False
    if wording.day is not None:
        return True
    return not may_apply_from(proposal.annex, effective_day(proposal, Resolution(), today()))


def free_day(annex: Annex, first: date) -> date:
    """The first day from ``first`` on from which no decided version of ``annex`` applies."""
    taken = set(annex.decisions.filter(effective_from__gte=first).values_list("effective_from", flat=True))
    while first in taken:
        first += timedelta(days=1)
    return first


def write_decision(proposal: Proposal, resolution: Resolution, *, by: User) -> Decision:
    """Write the decision on ``proposal``'s revision, close the tasks it answers and open those it makes necessary.
    The caller holds the lock, has checked who may, and moves the proposal to DECIDED in the same transaction (the
    database checks). Locks the agreement, whose last day may have been confirmed meanwhile.

    Raises TransitionRefused when another revision of the annex already applies from the same day, and when the annex or
    the agreement has ended before it.
    """
    revision = proposal.revision
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=proposal.annex.agreement_id)
    proposal.annex.agreement = agreement
    decided_on = resolution.decided_on or today()
    effective_from = effective_day(proposal, resolution, decided_on)
    if not (verdict := may_apply_from(proposal.annex, effective_from)):
        raise TransitionRefused(verdict)
    before = revision_in_force(proposal.annex, effective_from)
    decision = Decision.objects.create(
        revision=revision,
        annex=proposal.annex,
        agreement=agreement,
        matter=proposal.matter,
        manifest=resolution.manifest,
        year=decided_on.year,
        number=_next_number(agreement, decided_on.year),
        basis=Decision.Basis.SIGNATURES if resolution.manifest else Decision.Basis.STEERING_GROUP,
        method=resolution.method,
        resolution=resolution.text or proposal.proposed_decision,
        sha256=revision.sha256,
        decided_on=decided_on,
        effective_from=effective_from,
        item_number=resolution.item_number,
        attendance=resolution.attendance,
        minutes=resolution.minutes,
        is_registered_afterwards=resolution.is_registered_afterwards,
        imprint=imprint_of(agreement, decided_on),
        written_by=by,
    )
    close_tasks(decision, by=by)
    open_tasks(decision, before=before)
    decision_taken.send(Decision, decision=decision, by=by)
    return decision


@transaction.atomic
def correct(decision: Decision, *, text: str, by: User) -> Correction:
    """Add a visible, dated correction to the record; the decision itself stays as written (JO 581-2013)."""
    if not (verdict := may_enter_decision(by, decision.agreement)):
        raise TransitionRefused(verdict)
    if not text.strip():
        raise TransitionRefused(refused("text_missing", _("Write what is corrected.")))
    correction = Correction.objects.create(decision=decision, text=text.strip(), corrected_by=by)
    decision_corrected.send(Correction, correction=correction, by=by)
    return correction


@transaction.atomic
def record_review(annex: Annex, *, reviewed_on: date, note: str, by: User) -> Review:
    """Record that the annex in force was looked over and stands without change (R41, R51)."""
    if not (verdict := may_record_review(by, annex)):
        raise TransitionRefused(verdict)
    revision = revision_in_force(annex, reviewed_on)
    if revision is None:
        raise TransitionRefused(refused("not_in_force", _("Nothing was in force on that day.")))
    if reviewed_on > today():
        raise TransitionRefused(refused("date_to_come", _("The day cannot be later than today.")))
    facts = {"annex": annex, "revision": revision, "reviewed_on": reviewed_on, "note": note}
    review = Review.objects.create(**facts, recorded_by=by)
    annex_reviewed.send(Review, review=review, by=by)
    return review


@transaction.atomic
def finish_task(task: Task, *, by: User) -> Task:
    """Say that what a decision made necessary has been done."""
    task = Task.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=task.pk)
    if not has(by, Perm.EDIT_TEXTS, task.agreement):
        raise TransitionRefused(refused("not_coordinator", _("Only a coordinator can do this.")))
    if task.done_at is None:
        task.done_at, task.done_by = timezone.now(), by
        task.save(update_fields=["done_at", "done_by"])
    return task
