"""Lines of the history as the example tells them: who did it and when, and not who loaded the example on which day.

django-simple-history asks each row it writes a line about; rows that say themselves when it was, or who, keep that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from agreements.management.demo.moment import moment
from samverkan.accounts.models import User

_told: ContextVar[tuple[datetime, User | None] | None] = ContextVar("told", default=None)


@contextmanager
def done(day: date, hour: int = 9, *, by: User | None = None) -> Iterator[None]:
    """What is saved within was done on that day at that hour, by ``by``; nothing is done in the future."""
    before = _told.set((min(moment(day, hour), timezone.now()), by))
    try:
        yield
    finally:
        _told.reset(before)


@receiver(pre_create_historical_record)
def _tell(sender: object, *, instance: Any, history_instance: Any, **_: Any) -> None:
    if (told := _told.get()) is None:
        return
    when, by = told
    if not hasattr(instance, "_history_date"):
        history_instance.history_date = when
    if history_instance.history_user_id is None:
        history_instance.history_user = by
