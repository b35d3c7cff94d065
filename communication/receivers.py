"""Listens to agreements. Everything here happens in the transaction of the event, and commits or fails with it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from agreements import signals
from agreements.models import (
    Agreement,
    Comment,
    Correction,
    Decision,
    DraftSharing,
    Ending,
    Manifest,
    Membership,
    Move,
    Party,
    Proposal,
    Removal,
    Review,
    SigningAnswer,
)
from agreements.rights import today
from communication.notices.comment import announcement_of
from communication.notices.decision import Corrected, Decided
from communication.notices.draft import DraftShared
from communication.notices.ending import EndingEntered, answers_to
from communication.notices.membership import Joined, Leaving
from communication.notices.removal import RemovalAnswered, RemovalRequested
from communication.notices.revision import OF_MOVE, Submitted
from communication.notices.signing import SigningDisputed, SigningOpened
from communication.notices.terms import Reviewed, TermsChanged
from communication.tasks import announce_membership
from communication.workflow.notice import tell
from communication.workflow.past import tell_of_past
from samverkan.accounts.models import User

MORNING = time(hour=6)


@receiver(signals.proposal_submitted)
def tell_of_submission(sender: object, *, proposal: Proposal, by: User, **_: Any) -> None:
    tell(Submitted(proposal, by=by))


@receiver(signals.proposal_moved)
def tell_of_move(sender: object, *, proposal: Proposal, move: Move, by: User, **_: Any) -> None:
    announcement = OF_MOVE.get(move.verb)
    if announcement is not None:
        tell(announcement(proposal, by=by, move=move))


@receiver(signals.decision_taken)
def tell_of_decision(sender: object, *, decision: Decision, by: User, **_: Any) -> None:
    tell(Decided(decision, by=by))


@receiver(signals.decision_corrected)
def tell_of_correction(sender: object, *, correction: Correction, by: User, **_: Any) -> None:
    tell(Corrected(correction, by=by))


@receiver(signals.annex_reviewed)
def tell_of_review(sender: object, *, review: Review, by: User, **_: Any) -> None:
    tell(Reviewed(review, by=by))


@receiver(signals.terms_changed)
def tell_of_terms(sender: object, *, agreement: Agreement, party: Party | None, by: User, **_: Any) -> None:
    tell(TermsChanged(agreement, party=party, by=by))


@receiver(signals.ending_entered)
def tell_of_ending_entered(sender: object, *, ending: Ending, by: User, **_: Any) -> None:
    tell(EndingEntered(ending, by=by))


@receiver(signals.ending_answered)
def tell_of_ending(sender: object, *, ending: Ending, by: User, **_: Any) -> None:
    for announcement in answers_to(ending, by=by):
        tell(announcement)


@receiver(signals.draft_shared)
def tell_of_sharing(sender: object, *, sharing: DraftSharing, by: User, **_: Any) -> None:
    tell(DraftShared(sharing, by=by))


@receiver(signals.comment_written)
def tell_of_comment(sender: object, *, comment: Comment, by: User | None, **_: Any) -> None:
    tell(announcement_of(comment, by=by))


@receiver(signals.manifest_opened)
def tell_of_signing(sender: object, *, manifest: Manifest, by: User, **_: Any) -> None:
    tell(SigningOpened(manifest, by=by))


@receiver(signals.signing_disputed)
def tell_of_disputed_signing(sender: object, *, answer: SigningAnswer, by: User, **_: Any) -> None:
    tell(SigningDisputed(answer, by=by))


@receiver(signals.removal_requested)
def tell_of_removal_request(sender: object, *, removal: Removal, by: User, **_: Any) -> None:
    tell(RemovalRequested(removal, by=by))


@receiver(signals.removal_answered)
def tell_of_removal_answer(sender: object, *, removal: Removal, by: User, **_: Any) -> None:
    tell(RemovalAnswered(removal, by=by))


@receiver(signals.past_written)
def tell_of_what_was(sender: object, *, agreement: Agreement, **_: Any) -> None:
    tell_of_past(agreement)


@receiver(signals.membership_changed)
def tell_of_membership(sender: object, *, membership: Membership, by: User, **_: Any) -> None:
    """A membership that begins later is told of on its first morning: before, there is nothing to see."""
    if membership.history.count() > 1:
        tell(Leaving(membership, by=by))
    elif membership.starts_on <= today():
        tell(Joined(membership, by=by))
    elif membership.user_id is not None:
        at = timezone.make_aware(datetime.combine(membership.starts_on, MORNING))
        job = announce_membership.configure(schedule_at=at).make_new_job(membership_id=membership.pk)
        JobManager(DjangoConnector()).defer_job(job)
