"""What somebody has been told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from communication.models import Notice
from communication.policies.notice import visible_notices

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from samverkan.accounts.models import User

    Person = User | AnonymousUser


def inbox(user: Person) -> QuerySet[Notice]:
    """All notices of ``user``, newest first, ready to be shown."""
    return visible_notices(user).select_related("agreement", "reading")


def unread_notices(user: Person) -> QuerySet[Notice]:
    return inbox(user).filter(reading__isnull=True)


def notices_since(user: Person, when: datetime) -> QuerySet[Notice]:
    """Those written after ``when``, read or not."""
    return inbox(user).filter(created_at__gt=when)


def recent(user: Person, limit: int = 10) -> QuerySet[Notice]:
    """The ``limit`` newest notices."""
    return inbox(user)[:limit]
