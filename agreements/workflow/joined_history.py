"""One line in the history for one person's work on a text, however often the browser saved it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from samverkan.history import remember_why

if TYPE_CHECKING:
    from agreements.models import PriorityArea, Section, SheetValue
    from samverkan.accounts.models import User

JOIN_WITHIN = timedelta(minutes=10)


def save_joined(row: Section | PriorityArea | SheetValue, *, reason: str, by: User) -> None:
    """Save ``row``; its history line takes the place of the same person's last one when that is at most ten
    minutes old and tells of the same thing. The line keeps the time when the work began, so that an hour of
    writing is not one line; when it ended stands in the row itself (``edited_at``).
    """
    remember_why(row, reason, by=by)
    row.save()
    newest, *earlier = row.history.order_by("-history_date", "-history_id")[:2]
    for before in earlier:
        is_same_work = (before.history_type, before.history_user_id, before.history_change_reason) == (
            newest.history_type,
            by.pk,
            reason,
        )
        if is_same_work and newest.history_date - before.history_date <= JOIN_WITHIN:
            newest.history_date = before.history_date
            newest.save(update_fields=["history_date"])
            before.delete()
