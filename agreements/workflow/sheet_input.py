"""What was typed in a sheet, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from agreements.documents.sanitise import clean_rich_text
from agreements.models import ActionPlanSheet, GoverningGroup

if TYPE_CHECKING:
    from agreements.models import SheetValue

Place = tuple[UUID, UUID | None]
"""A field and a column; no column for a field about the area."""


@dataclass(frozen=True)
class ValueInput:
    """What was typed in one field. ``html`` None leaves the text as it is; ``commitments`` are inline HTML, one
    each, and None leaves them; owner and day count only for what is to be decided."""

    html: str | None = None
    is_to_be_decided: bool = False
    owner: str = ""
    due_on: date | None = None
    commitments: list[str] | None = None


@dataclass(frozen=True)
class ColumnInput:
    """The head of a column: ``heading`` inline HTML, its working group, and when it ends or on what condition."""

    heading: str
    working_group: GoverningGroup | None = None
    ends_on: date | None = None
    end_condition: str = ""


@dataclass(frozen=True)
class Words:
    """What was typed under a label: ``label`` is plain, ``html`` rich text."""

    label: str
    html: str


@dataclass(frozen=True)
class SheetInput:
    """A whole sheet; places, columns and labels that are not named stay as they are, and so does a corner of
    None.

    Kept aside, and never saved: ``unfit`` are words that their field does not take (a date that is none), ``gone``
    those whose field or column somebody has removed meanwhile, or no longer writes as plain words.
    """

    corner: str | None = None
    columns: dict[UUID, ColumnInput] = field(default_factory=dict)
    labels: dict[UUID, str] = field(default_factory=dict)
    values: dict[Place, ValueInput] = field(default_factory=dict)
    unfit: list[Words] = field(default_factory=list)
    gone: list[Words] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return self == SheetInput()


def place_of(value: SheetValue) -> Place:
    """Where a value stands: its field and its column."""
    return value.field_id, value.column_id


def as_text(sheet: ActionPlanSheet, given: SheetInput) -> str:
    """Everything that was typed as rich text, label by label: for keeping it when it could not be saved."""
    parts = [f"<h4>{given.corner}</h4>"] if given.corner else []
    for column in sheet.columns.all():
        if typed := given.columns.get(column.pk):
            when = " ".join(str(part) for part in (typed.ends_on, typed.end_condition) if part)
            parts.append(f"<h4>{typed.heading}</h4><p>{escape(when)}</p>")
    for row in sheet.fields.all():
        typed_here = [value for place, value in given.values.items() if place[0] == row.pk]
        if row.pk in given.labels or typed_here:
            label = given.labels.get(row.pk, row.label)
            parts.append(f"<p><strong>{label}</strong></p>" + "".join(_value_text(value) for value in typed_here))
    return clean_rich_text("".join(parts)) + listed(given.unfit)


def listed(words: Iterable[Words]) -> str:
    """Words under their labels, as rich text."""
    return clean_rich_text("".join(f"<p><strong>{escape(one.label)}</strong></p>{one.html}" for one in words))


def _value_text(value: ValueInput) -> str:
    items = "".join(f"<li>{text}</li>" for text in value.commitments or ())
    whose = ", ".join(str(part) for part in (value.owner, value.due_on) if part)
    return (value.html or "") + (f"<ul>{items}</ul>" if items else "") + f"<p>{escape(whose)}</p>"
