"""The parts of a matter moved together: each as it would be by itself (workflow.proposal), all of them or none.

One meeting of a group takes up several texts (R26, R43; design.md, "States").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Decision, MeetingEntry, Proposal
from agreements.workflow import proposal as moves
from agreements.workflow.file import store_pdf
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

T = TypeVar("T")


def _each(parts: Iterable[Proposal], move: Callable[[Proposal], T]) -> list[T]:
    """What ``move`` gives for each part, in the order in which they are locked. Raises TransitionRefused with the
    name of the part that hinders."""
    given: list[T] = []
    for part in sorted(parts, key=lambda item: item.pk):
        try:
            given.append(move(part))
        except TransitionRefused as refusal:
            reason = _("%(part)s: %(reason)s Nothing has been done.") % {
                "part": part.annex, "reason": refusal.verdict.reason,
            }  # fmt: skip
            raise TransitionRefused(refused(refusal.verdict.code, reason)) from refusal
    return given


@transaction.atomic
def forward_all(parts: Iterable[Proposal], *, by: User, reason: str = "") -> list[Proposal]:
    """Say for ``by``'s party that every part is ready, with one word for all of them."""
    return _each(parts, lambda part: moves.forward(part, by=by, reason=reason))


@transaction.atomic
def enter_all(
    parts: Iterable[Proposal],
    resolutions: Mapping[int, str],
    *,
    by: User,
    decided_on: date,
    effective_from: date,
    item_number: str = "",
    attendance: str = "",
    minutes: UploadedFile[bytes] | None = None,
) -> list[MeetingEntry]:
    """Enter what one meeting decided about every part: ``resolutions`` by the proposal's id, the rest in common.
    The minutes are stored once."""
    parts = list(parts)
    stored = store_pdf(parts[0].annex.agreement, minutes, by=by) if minutes and parts else None
    return _each(
        parts,
        lambda part: moves.enter_decision(
            part, by=by, decided_on=decided_on, effective_from=effective_from, resolution=resolutions[part.pk],
            item_number=item_number, attendance=attendance, minutes=stored,
        ),
    )  # fmt: skip


@transaction.atomic
def confirm_all(parts: Iterable[Proposal], *, by: User, entries: Mapping[int, int] | None = None) -> list[Decision]:
    """Confirm for the other party that every entered decision is right. ``entries`` has the ids of the entries read, by
    the proposal's id. Returns the decisions that were complete by it."""
    read = entries or {}
    given = _each(parts, lambda part: moves.confirm_entry(part, by=by, entry=read.get(part.pk)))
    return [decision for decision in given if decision is not None]
