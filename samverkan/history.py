"""Why a row changed, and by whom: one line in the history per change."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from samverkan.accounts.models import User


def remember_why(instance: models.Model, reason: str, *, by: "User | None") -> None:
    """Give the next save or delete of ``instance`` its reason and its person in the history.

    Call it *before* saving: django-simple-history writes its row in the same signal as the save, so a reason
    set afterwards would belong to the row's next change. ``by`` is None for what the system does by itself.
    Holds for this instance in memory only; bulk updates write no history and must not be used on such models.
    """
    instance._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001 -- simple-history's interface
    instance._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001
