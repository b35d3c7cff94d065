"""What somebody has been told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from agreements.rights import Person
from communication.models import Notice
from communication.policies.notice import visible_notices


@dataclass(frozen=True, slots=True)
class Happening:
    """What one act told one person in one agreement: as a rule one notice, or one for each part of a matter."""

    notices: tuple[Notice, ...]

    @property
    def first(self) -> Notice:
        return self.notices[0]

    @property
    def is_read(self) -> bool:
        return all(notice.is_read for notice in self.notices)


def happenings(notices: Iterable[Notice]) -> list[Happening]:
    """``notices``, newest first, with those of one act together, and these in the order they were written."""
    return [Happening(tuple(rows)[::-1]) for _act, rows in groupby(notices, key=_act)]


def told_together(notice: Notice, among: QuerySet[Notice]) -> QuerySet[Notice]:
    """``notice`` and what else the same act told its recipient, of those ``among`` which to look."""
    when, day, event, agreement, reason = _act(notice)
    return among.filter(created_at=when, date=day, event=event, agreement=agreement, reason=reason)


def _act(notice: Notice) -> tuple[datetime, date, str, int, str]:
    return notice.created_at, notice.date, notice.event, notice.agreement_id, notice.reason


def inbox(user: Person) -> QuerySet[Notice]:
    """All notices of ``user``, newest first, ready to be shown."""
    return visible_notices(user).select_related("agreement", "reading")


def unread_notices(user: Person) -> QuerySet[Notice]:
    """The notices of ``user`` that nobody has marked as read."""
    return inbox(user).filter(reading__isnull=True)


def notices_since(user: Person, when: datetime) -> QuerySet[Notice]:
    """Those written after ``when``, read or not."""
    return inbox(user).filter(created_at__gt=when)


def recent(user: Person, limit: int = 10) -> QuerySet[Notice]:
    """The ``limit`` newest notices."""
    return inbox(user)[:limit]
