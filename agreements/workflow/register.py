"""Small registers that are edited as one table: sources and definitions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

if TYPE_CHECKING:
    from agreements.models import Definition, Source
    from samverkan.accounts.models import User

    Row = Source | Definition

GivenRow = Mapping[str, Any]
"""One typed row: its fields, and under "id" the key of the row that it is, or None for a new one."""


def state_of(rows: Iterable[Row], names: Sequence[str]) -> str:
    """A short word for how the register stands now, to be sent along with the form: another word at the save
    means that somebody else has saved in the meantime."""
    content = [[row.pk, *(getattr(row, name) for name in names)] for row in rows]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def save_rows(
    existing: Sequence[Row], given: Sequence[GivenRow], names: Sequence[str], new: Row, *, state: str, by: User
) -> bool:
    """Make the register say what was typed, in that order; return whether anything was changed.

    ``new`` is an unsaved row of the right owner, as a pattern. Raises TransitionRefused("rows_changed") when
    ``state`` is not how the register stands; the caller holds a lock, and keeps what was typed on the page.
    """
    if state != state_of(existing, names):
        raise TransitionRefused(refused("rows_changed", _("Somebody else has saved the list since you opened it.")))
    rows = {row.pk: row for row in existing}
    kept = [rows.pop(typed["id"], None) for typed in given]
    for row in rows.values():
        remember_why(row, _("Row removed"), by=by)
        row.delete()
    changes = [
        _save_row(row or _blank(new), typed, names, position, by=by)
        for position, (row, typed) in enumerate(zip(kept, given, strict=True), start=1)
    ]
    return bool(rows) or any(changes)


def _blank(pattern: Row) -> Row:
    row = type(pattern)()
    for field in ("agreement_id", "annex_id"):
        if hasattr(pattern, field):
            setattr(row, field, getattr(pattern, field))
    return row


def _save_row(row: Row, typed: GivenRow, names: Sequence[str], position: int, *, by: User) -> bool:
    is_new = row.pk is None
    wanted = {**{name: typed[name] for name in names}, "position": position}
    if not is_new and all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    remember_why(row, _("Row added") if is_new else _("Row changed"), by=by)
    row.save()
    return True
