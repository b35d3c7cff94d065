"""Why a row changed, and by whom: one line in the history per change."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from samverkan.accounts.models import User


def remember_why(instance: models.Model, reason: str, *, by: "User | None") -> None:
    """Give the next save or delete of ``instance`` its reason and its person in the history.

    Call it *before* saving: django-simple-history writes its row in the same signal as the save, so a reason
    set afterwards would belong to the row's next change. ``by`` is None for what the system does by itself.
    Holds for this instance in memory only; bulk updates write no history and must not be used on such models.
    """
    instance._change_reason = reason  # type: ignore[attr-defined]  # simple-history's interface
    instance._history_user = by  # type: ignore[attr-defined]


def said_by(*columns: str) -> "Callable[..., User | None]":
    """For ``HistoricalRecords(get_user=...)``: the person whom the row itself names, in the last of ``columns`` that
    is filled. For rows that one person writes and another closes; ``remember_why`` goes before."""

    def who(instance: models.Model, request: object = None, **_: object) -> "User | None":
        filled = [column for column in columns if getattr(instance, f"{column}_id") is not None]
        return getattr(instance, filled[-1]) if filled else None

    return who


class HistoryOfFacts(HistoricalRecords):  # type: ignore[misc]  # has no types
    """A history without rows for saves that touch nothing but ``excluded_fields``: that somebody has signed in says
    nothing of the account, and a list of when is nobody's business."""

    def post_save(self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any) -> None:
        touched = kwargs.get("update_fields")
        if touched is None or not set(touched) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **kwargs)
