"""Choosing between two texts of the same place. Nothing is chosen for the writer (screens.md)."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import PriorityArea, SavedAside
from agreements.workflow import register, sheet
from agreements.workflow.priority_area import save_area
from agreements.workflow.section import Conflict, Saved, locked, save_section
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

BY_HAND = (sheet.ROW, sheet.GONE, register.ROW)
"""The rows of texts aside that are no text of one place, but what was typed in many fields."""


class Choice(models.TextChoices):
    """What the writer of the text saved aside decides."""

    MINE = "mine", _("My text")
    THEIRS = "theirs", _("The other text")
    JOINED = "joined", _("Joined, passage by passage")


@transaction.atomic
def settle_conflict(
    aside: SavedAside, *, choice: str, version: int, by: User, heading: str = "", body: str = ""
) -> Saved | Conflict | None:
    """Settle a text saved aside: MINE puts it in place, THEIRS leaves what stands there, JOINED puts ``heading``
    and ``body`` in place. ``version`` is that of the text which the writer saw beside the own one.

    Returns None for THEIRS. When the place has been saved once more in the meantime nothing is overwritten: the
    conflict stands, and so does the text aside. What was typed in a sheet or a register is put in place
    there, by hand; here one only says so (THEIRS). Raises TransitionRefused for somebody else's text, one that is
    settled already, or when the writer may no longer edit.
    """
    section = locked(aside.section)
    aside = SavedAside.objects.select_for_update(of=("self",)).get(pk=aside.pk)
    if aside.saved_by_id != by.pk:
        raise TransitionRefused(refused("not_yours", _("Only the one who wrote this text can choose.")))
    if aside.settled_at is not None:
        raise TransitionRefused(refused("already_settled", _("You have already chosen.")))
    if aside.row in BY_HAND and choice != Choice.THEIRS:
        raise TransitionRefused(refused("by_hand", _("What is missing is written where it belongs, by hand.")))
    result: Saved | Conflict | None = None
    if choice != Choice.THEIRS:
        area = PriorityArea.objects.get(pk=aside.row) if aside.row else None
        now = section.version if area is None else area.version
        if choice == Choice.JOINED and now != version:  # it was joined with a text that stands there no longer
            return Conflict(aside, now)
        if choice == Choice.MINE:
            heading, body = aside.heading, aside.body
        if area is not None:
            result = save_area(area, section=section, title=heading, description=body, version=version, by=by)
        else:
            result = save_section(section, heading=heading, body=body, version=version, by=by)
    if not isinstance(result, Conflict):
        aside.settled_at = timezone.now()
        aside.save(update_fields=["settled_at"])
    return result
