"""Saving what somebody wrote in a section, without ever losing what somebody else wrote (design.md,
"Working without loss")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.models import SavedAside, Section
from agreements.policies.annex import may_edit
from agreements.workflow.joined_history import save_joined
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
def save_section(section: Section, *, heading: str, body: str, version: int, by: User) -> Saved | Conflict:
    """Save heading (inline HTML) and body (rich text), both sanitised here, on the version that was read.

    Locks the section, so the second of two simultaneous saves meets the first one's version. A save on an old
    version changes nothing and is kept aside, whole; one that says what already stands there bumps nothing.
    Raises TransitionRefused with the policy's verdict.
    """
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    heading, body = clean_heading(heading), clean_rich_text(body)
    if (section.heading, section.body) == (heading, body):
        return Saved(heading, body, section.version, section.edited_at)
    if section.version != version:
        aside = keep_aside(section, heading=heading, body=body, version=version, by=by)
        return Conflict(aside, section.version)
    section.heading, section.body, section.version = heading, body, version + 1
    touch(section, by=by)
    save_joined(section, reason=_("Text edited"), by=by)
    return Saved(heading, body, section.version, section.edited_at)


def touch(section: Section, *, by: User) -> None:
    """Note on the instance who edited it last, and when; the caller saves."""
    section.edited_at, section.edited_by = timezone.now(), by


def keep_aside(section: Section, *, heading: str, body: str, version: int, by: User, row: str = "") -> SavedAside:
    """Keep a text that came on an old version. The caller holds the lock on ``section``.

    A writer has one open text aside per place; an earlier one is closed, but stays (two tabs, say).
    """
    mine = SavedAside.objects.filter(section=section, row=row, saved_by=by, settled_at=None)
    for known in mine.filter(heading=heading, body=body):
        return known
    mine.update(settled_at=timezone.now())
    return SavedAside.objects.create(
        section=section, row=row, heading=heading, body=body, based_on_version=version, saved_by=by
    )


def settle_aside(section: Section, row: str, aside: int | None, *, by: User) -> None:
    """The text that ``by`` has aside in that place under that id is settled: they saw it again, and saved."""
    if aside is not None:
        mine = SavedAside.objects.filter(pk=aside, section=section, row=row, saved_by=by, settled_at=None)
        mine.update(settled_at=timezone.now())
