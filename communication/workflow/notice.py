"""Telling people, and saying that one has read."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from communication.delivery import inbox, queue
from communication.models import Notice, Reading
from communication.notices.base import Announcement
from communication.policies.notice import visible_notices
from communication.selectors.notices import told_together
from communication.states import Channel
from samverkan.accounts.models import User


@transaction.atomic
def tell(announcement: Announcement) -> list[Notice]:
    """Write a notice for each recipient, and the jobs that carry them, all in the transaction of the event.

    Returns the notices; none when the announcement does not apply. The words are fixed here, in Swedish.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if not announcement.is_applicable():
            return []
        rows = notices_of(announcement)
    notices = Notice.objects.bulk_create(rows)
    if Channel.PORTAL in announcement.channels:
        inbox.place(notices)
    if Channel.MAIL in announcement.channels:
        queue.post(notices)
    return notices


def notices_of(announcement: Announcement) -> list[Notice]:
    """What ``announcement`` says to each recipient, not yet saved."""
    about = announcement.about
    title, day, path = announcement.subject(), announcement.date(), announcement.path()
    return [
        Notice(
            event=announcement.event,
            agreement=about.agreement,
            annex=about.annex,
            revision=about.revision,
            proposal=about.proposal,
            decision=about.decision,
            recipient=recipient.user,
            mailbox=recipient.mailbox,
            recipient_name=recipient.name,
            reason=recipient.reason,
            title=title,
            date=day,
            path=path,
        )
        for recipient in announcement.recipients()
    ]


def mark_read(notice: Notice, *, by: User) -> int:
    """Note that the recipient has read it, and what the same act told beside it: they stand in one row.

    Returns how many were new. Raises Notice.DoesNotExist for anybody else.
    """
    mine = visible_notices(by)
    return _note_reading(told_together(mine.get(pk=notice.pk), mine))


def mark_all_read(*, by: User) -> int:
    """Note that ``by`` has read every notice there is now. Returns how many were new."""
    return _note_reading(visible_notices(by))


def _note_reading(notices: QuerySet[Notice]) -> int:
    unread = notices.filter(reading__isnull=True)
    made = Reading.objects.bulk_create([Reading(notice=notice) for notice in unread], ignore_conflicts=True)
    return len(made)
