"""Saving what somebody wrote in a section, without ever losing what somebody else wrote (design.md,
"Working without loss")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.models import SavedAside, Section
from agreements.policies.annex import may_edit
from agreements.workflow.joined_history import save_joined
from agreements.workflow.sitting import UNKNOWN, Sitting, note_save, own_turn
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


@dataclass(frozen=True)
class Saved:
    """The text as it now stands, sanitised. ``version`` is what the next save has to name."""

    heading: str
    body: str
    version: int
    saved_at: datetime


@dataclass(frozen=True)
class Conflict:
    """The save came on an old version. ``aside`` holds the writer's text; ``version`` is the text's own."""

    aside: SavedAside
    version: int


def locked(section: Section) -> Section:
    """The section, read anew under a lock that is held until the transaction ends."""
    return Section.objects.select_for_update(of=("self",)).select_related("annex__agreement").get(pk=section.pk)


@transaction.atomic
def save_section(
    section: Section, *, heading: str, body: str, version: int, by: User, sitting: Sitting = UNKNOWN
) -> Saved | Conflict:
    """Save heading (inline HTML) and body (rich text), both sanitised here, on the version that was read.

    Locks the section, so the second of two simultaneous saves meets the first one's version. A save on an old
    version changes nothing and is kept aside, whole; one that says what already stands there bumps nothing. What
    the same sitting has sent before is no rival, whether its answer came or not; what it has overtaken is left.
    Raises TransitionRefused with the policy's verdict.
    """
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    heading, body = clean_heading(heading), clean_rich_text(body)
    turn = own_turn(section, section.version, sitting)
    is_overtaken = turn is not None and turn >= sitting.turn
    if is_overtaken or (section.heading, section.body) == (heading, body):
        return Saved(section.heading, section.body, section.version, section.edited_at)
    if section.version != version and turn is None:
        aside = keep_aside(section, heading=heading, body=body, version=version, by=by, sitting=sitting)
        return Conflict(aside, section.version)
    section.heading, section.body, section.version = heading, body, section.version + 1
    touch(section, by=by)
    save_joined(section, reason=_("Text edited"), by=by)
    note_save(section, section.version, sitting)
    return Saved(heading, body, section.version, section.edited_at)


def touch(section: Section, *, by: User) -> None:
    """Note on the instance who edited it last, and when; the caller saves."""
    section.edited_at, section.edited_by = timezone.now(), by


def keep_aside(
    section: Section,
    *,
    heading: str,
    body: str,
    version: int,
    by: User,
    row: str = "",
    sitting: Sitting = UNKNOWN,
    instead_of: int | None = None,
) -> SavedAside:
    """Keep a text that came on an old version. The caller holds the lock on ``section``.

    It takes the place of what the writer has aside from the same sitting, and of the one whose id is ``instead_of``,
    which the page showed again when this was written: they are earlier states of it. Any other stays open beside it.
    """
    mine = SavedAside.objects.filter(section=section, row=row, saved_by=by, settled_at=None)
    for known in mine.filter(heading=heading, body=body):
        return known
    mine.filter(Q(pk=instead_of) | (Q(sitting=sitting.key) & ~Q(sitting=""))).update(settled_at=timezone.now())
    return SavedAside.objects.create(
        section=section,
        row=row,
        heading=heading,
        body=body,
        based_on_version=version,
        saved_by=by,
        sitting=sitting.key,
    )


def settle_aside(section: Section, row: str, aside: int | None, *, by: User) -> None:
    """The text that ``by`` has aside in that place under that id is settled: they saw it again, and saved."""
    if aside is not None:
        mine = SavedAside.objects.filter(pk=aside, section=section, row=row, saved_by=by, settled_at=None)
        mine.update(settled_at=timezone.now())
