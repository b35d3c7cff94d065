"""The definitions of an annex (R67)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from agreements.models import Definition, Section
from agreements.policies.annex import may_edit
from agreements.workflow.priority_area import note_change
from agreements.workflow.register import ROW, GivenRow, keep_rows, save_rows, state_of
from agreements.workflow.section import Conflict, locked, settle_aside
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

FIELDS = ("term", "meaning", "source")


@transaction.atomic
def save_definitions(
    section: Section, rows: Sequence[GivenRow], *, state: str, by: User, aside: int | None = None
) -> Conflict | None:
    """Save all definitions of the annex. ``meaning`` is inline HTML; a term stands once.

    When ``state`` is no longer how they stand nothing is changed, and what was typed is kept aside. ``aside`` is what
    was kept so before, and is looked through with this save. Raises TransitionRefused: not a writer, another kind of
    section, or a term that would stand twice.
    """
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    if section.kind != "definitions":
        raise TransitionRefused(refused("other_place", _("The definitions are edited in their own section.")))
    annex = section.annex
    existing = list(annex.definitions.all())
    if rows and state != state_of(existing, FIELDS):
        return keep_rows(section, rows, Definition, state=state, by=by, aside=aside)
    if _save(existing, rows, Definition(annex=annex), by=by):
        note_change(section, by=by)
    settle_aside(section, ROW, aside, by=by)
    return None


def _save(existing: list[Definition], rows: Sequence[GivenRow], new: Definition, *, by: User) -> bool:
    try:
        with transaction.atomic():
            is_changed = save_rows(existing, rows, FIELDS, new, by=by)
            _ask_now()
            return is_changed
    except IntegrityError as error:
        raise TransitionRefused(refused("term_twice", _("A term can only stand once."))) from error


def _ask_now() -> None:
    """Let the database judge whether a term stands twice: it waits for the whole table, where two may change places."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS definition_once_per_annex IMMEDIATE")
        cursor.execute("SET CONSTRAINTS definition_once_per_annex DEFERRED")
