"""Small registers that are edited as one table: sources and definitions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.documents.sanitise import clean_rich_text
from agreements.policies.annex import may_edit
from agreements.workflow.section import Conflict, keep_aside, locked
from agreements.workflow.sitting import UNKNOWN, Sitting
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused

if TYPE_CHECKING:
    from agreements.models import Definition, Section, Source
    from samverkan.accounts.models import User

    Row = Source | Definition

ROW = "register"
"""The row of a text aside (``SavedAside.row``) that holds what was typed in a register."""

RICH = ("meaning",)
"""The names whose values are inline HTML; all others are plain words."""


@dataclass(frozen=True)
class GivenRow:
    """One row that somebody touched: which it is (``id`` None: a new one), what it says now, where it is moved
    to (1 is first; None: it stays where it is, a new one last), or that it is to be removed."""

    id: int | None
    values: dict[str, Any]
    place: int | None = None
    is_removed: bool = False


def state_of(rows: Iterable[Row], names: Sequence[str]) -> str:
    """A short word for how the register stands now, to be sent along with the form: another word at the save
    means that somebody else has saved in the meantime."""
    content = [[row.pk, *(getattr(row, name) for name in names)] for row in rows]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


@transaction.atomic
def keep_rows(
    section: Section,
    given: Sequence[GivenRow],
    model: type[Row],
    *,
    state: str,
    by: User,
    aside: int | None = None,
    sitting: Sitting = UNKNOWN,
) -> Conflict:
    """Keep aside what was typed on another ``state`` than the register has now; it takes the place of what the same
    page sent before, and of what it showed again (``aside``). Raises TransitionRefused."""
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    version = _version_of(state)
    kept = keep_aside(
        section,
        row=ROW,
        heading="",
        body=as_text(given, model),
        version=version,
        by=by,
        sitting=sitting,
        instead_of=aside,
    )
    return Conflict(kept, version)


def _version_of(state: str) -> int:
    """A number for the state that was read, where a section has its version; 0 for what is no state."""
    try:
        return int(state[:7], 16)
    except ValueError:
        return 0


def as_text(given: Sequence[GivenRow], model: type[Row]) -> str:
    """Everything that was typed in the touched rows as rich text, name by name."""
    return "".join(_row_text(row, model) for row in given)


def _row_text(row: GivenRow, model: type[Row]) -> str:
    title, *others = [(name, value) for name, value in row.values.items() if value] or [("", "")]
    parts = [f"<h4>{_html(*title)}</h4>"] if title[1] else []
    removed = escape(_("This row was to be removed."))
    parts += [f"<p>{removed}</p>"] if row.is_removed else []
    parts += [f"<p><strong>{_label(model, name)}:</strong> {_html(name, value)}</p>" for name, value in others]
    return clean_rich_text("".join(parts))


def _label(model: type[Row], name: str) -> str:
    return escape(capfirst(str(model._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]


def _html(name: str, value: object) -> str:
    return str(value) if name in RICH else "<br>".join(escape(line) for line in str(value).splitlines())


def save_rows(existing: Sequence[Row], given: Sequence[GivenRow], names: Sequence[str], new: Row, *, by: User) -> bool:
    """Do to the register what was done to the touched rows; return whether anything was changed.

    Rows that are not given stay as they are. ``new`` is an unsaved row of the right owner, as a pattern. The caller
    holds a lock, and has compared the register's state with the one that was read.
    """
    touched = {row.id: row for row in given if row.id is not None}
    gone = [row for row in existing if row.pk in touched and touched[row.pk].is_removed]
    for row in gone:
        remember_why(row, _("Row removed"), by=by)
        row.delete()
    kept: list[tuple[Row, GivenRow | None]] = [(row, touched.get(row.pk)) for row in existing if row not in gone]
    added = [(_blank(new), row) for row in given if row.id is None and not row.is_removed]
    ordered = _placed([*kept, *added])
    changes = [_save_row(row, typed, names, at, by=by) for at, (row, typed) in enumerate(ordered, start=1)]
    return bool(gone) or any(changes)


def _placed(rows: list[tuple[Row, GivenRow | None]]) -> list[tuple[Row, GivenRow | None]]:
    """Rows that were moved come to their places among those that stay."""
    staying = [pair for pair in rows if pair[1] is None or pair[1].place is None]
    moved = [pair for pair in rows if pair[1] is not None and pair[1].place is not None]
    for pair in sorted(moved, key=lambda one: one[1].place if one[1] and one[1].place else 0):
        staying.insert((pair[1].place or 1) - 1 if pair[1] else 0, pair)
    return staying


def _blank(pattern: Row) -> Row:
    row = type(pattern)()
    for field in ("agreement_id", "annex_id"):
        if hasattr(pattern, field):
            setattr(row, field, getattr(pattern, field))
    return row


def _save_row(row: Row, typed: GivenRow | None, names: Sequence[str], position: int, *, by: User) -> bool:
    is_new = row.pk is None
    wanted: dict[str, Any] = {"position": position}
    if typed is not None:
        wanted |= {name: typed.values[name] for name in names}
    if not is_new and all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    remember_why(row, _("Row added") if is_new else _("Row changed"), by=by)
    row.save()
    return True
