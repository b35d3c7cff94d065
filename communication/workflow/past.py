"""Notices of what was written all at once with days in the past: the example tells its people as if it had happened
before their eyes, and no letter leaves for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from agreements.models import Agreement, Comment, Decision, Manifest, Move
from agreements.states import ProposalStatus
from communication.models import Delivery, Notice, Reading
from communication.notices.base import Announcement
from communication.notices.comment import announcement_of
from communication.notices.decision import Decided
from communication.notices.revision import OF_MOVE, SentToSignature, Submitted
from communication.notices.signing import SigningOpened
from communication.states import Channel, DeliveryStatus
from communication.workflow.notice import notices_of

NEW = timedelta(days=14)
"""What is older has been read."""
READ_AFTER = timedelta(hours=20)
POSTED_AFTER = timedelta(minutes=1)


@transaction.atomic
def tell_of_past(agreement: Agreement) -> list[Notice]:
    """Write the notices of everything that has happened in ``agreement``, each at its moment, to those of today's
    people who were there then; delivered, and read when it is not new. Returns them.
    """
    notices: list[Notice] = []
    deliveries: list[Delivery] = []
    with translation.override(settings.LANGUAGE_CODE):
        for at, announcement in sorted(_announcements(agreement), key=lambda pair: pair[0]):
            for notice in _notices(announcement, at):
                notices.append(notice)
                deliveries.extend(_deliveries(notice, announcement.channels))
    Notice.objects.bulk_create(notices)
    Delivery.objects.bulk_create(deliveries)
    read_before = timezone.now() - NEW
    Reading.objects.bulk_create(
        Reading(notice=notice, read_at=notice.created_at + READ_AFTER)
        for notice in notices
        if notice.recipient_id is not None and notice.created_at < read_before
    )
    return notices


def _announcements(agreement: Agreement) -> Iterator[tuple[datetime, Announcement]]:
    moves = Move.objects.filter(proposal__annex__agreement=agreement).select_related("moved_by", "party__organisation")
    for move in moves.order_by("moved_at", "pk"):
        proposal = move.proposal
        proposal.status = move.to_status  # as it stood then; the row stays as it is
        if move.to_status == ProposalStatus.AWAITING_SIGNATURES:
            yield move.moved_at, SentToSignature(proposal, by=move.moved_by, move=move)
        elif move.verb == Move.Verb.SUBMIT:
            yield move.moved_at, Submitted(proposal, by=move.moved_by)
        elif move.verb in OF_MOVE:
            yield move.moved_at, OF_MOVE[move.verb](proposal, by=move.moved_by, move=move)
    for decision in Decision.objects.filter(agreement=agreement).select_related("written_by"):
        yield decision.written_at, Decided(decision, by=decision.written_by)
    for comment in Comment.objects.filter(annex__agreement=agreement).select_related("written_by"):
        yield comment.written_at, announcement_of(comment, by=comment.written_by)
    for manifest in Manifest.objects.filter(agreement=agreement).select_related("created_by"):
        yield manifest.created_at, SigningOpened(manifest, by=manifest.created_by)


def _notices(announcement: Announcement, at: datetime) -> Iterator[Notice]:
    """What would have been written at that moment."""
    day = timezone.localdate(at)
    announcement.circle.memberships = [m for m in announcement.circle.memberships if m.starts_on <= day]
    if not announcement.is_applicable():
        return
    for notice in notices_of(announcement):
        notice.created_at = at
        notice.date = min(notice.date, day)
        yield notice


def _deliveries(notice: Notice, channels: Iterable[Channel]) -> Iterator[Delivery]:
    """One through each channel that reaches the recipient; nobody is written to."""
    if Channel.PORTAL in channels and notice.recipient is not None:
        yield Delivery(notice=notice, channel=Channel.PORTAL, status=DeliveryStatus.SENT, at=notice.created_at)
    if Channel.MAIL in channels:
        address = notice.recipient.email if notice.recipient else notice.mailbox
        yield Delivery(
            notice=notice, channel=Channel.MAIL, status=DeliveryStatus.SENT, address=address, attempts=1,
            at=notice.created_at + POSTED_AFTER,
        )  # fmt: skip
