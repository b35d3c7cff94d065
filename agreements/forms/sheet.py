"""The sheet of an action plan as one form: rows are fields, columns are working groups (R81-R95).

Every field carries what it held when the page was opened (Django's hidden initials), so that only what was
typed is saved, and what somebody else wrote meanwhile in other fields stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.documents.text import plain
from agreements.forms.sheet_gone import gone_words
from agreements.models import (
    ActionPlanSheet,
    GoverningGroup,
    GroupKind,
    SheetColumn,
    SheetField,
    SheetValue,
)
from agreements.selectors.conflict import written_text
from agreements.selectors.sheet_parties import COMMITMENT
from agreements.workflow.cell import as_words, from_words, split_commitments, with_commitments
from agreements.workflow.sheet_input import ColumnInput, Place, SheetInput, ValueInput, Words

WIDE = 20_000


@dataclass
class Cell:
    """One field in one column, for the template. ``text`` is None where plain words would lose something: it is
    then read here (``shown``) and written on a page of its own."""

    value: SheetValue
    column: SheetColumn | None
    shown: SafeString | None
    text: BoundField | None
    is_open: BoundField
    owner: BoundField
    due_on: BoundField
    now: str | None = None


@dataclass
class Row:
    """A label and its cells."""

    row: SheetField
    label: BoundField
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Head:
    """The head of a column."""

    column: SheetColumn
    title: str
    heading: BoundField
    group: BoundField
    ends_on: BoundField
    condition: BoundField


class SheetForm(forms.Form):
    """The fields are made from the sheet: see the names in ``_add_…``."""

    def __init__(self, *args: Any, sheet: ActionPlanSheet, may_choose_group: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.columns = list(sheet.columns.all())
        self.rows = list(sheet.fields.prefetch_related("values__commitments"))
        groups = GoverningGroup.objects.filter(agreement=sheet.section.annex.agreement_id, kind=GroupKind.WORKING)
        self._add_words("corner", plain(sheet.corner))
        for column in self.columns:
            self._add_column(column, groups, may_choose_group=may_choose_group)
        for row in self.rows:
            self._add_words(f"label-{row.pk}", plain(row.label), required=True)
            for value in row.values.all():
                self._add_value(row, value)

    def _add(self, name: str, made: forms.Field, label: object) -> None:
        made.show_hidden_initial = True
        made.label = str(label)
        self.fields[name] = made

    def _add_words(self, name: str, initial: str, *, required: bool = False, label: object = "") -> None:
        self._add(name, forms.CharField(required=required, initial=initial, max_length=500), label or _("Label"))

    def _add_column(self, column: SheetColumn, groups: Any, *, may_choose_group: bool) -> None:
        name = f"column-{column.pk}"
        self._add_words(f"{name}-heading", plain(column.heading), label=_("Heading"))
        group = forms.ModelChoiceField(
            groups, required=False, initial=column.working_group_id, disabled=not may_choose_group
        )
        self._add(f"{name}-group", group, self.sheet.section.annex.agreement.say("%(working_group)s"))
        ends_on = forms.DateField(required=False, initial=column.ends_on, widget=_date())
        self._add(f"{name}-ends_on", ends_on, _("Ends on"))
        self._add_words(f"{name}-condition", column.end_condition, label=_("or ends when"))

    def _add_value(self, row: SheetField, value: SheetValue) -> None:
        name = _name(value)
        words = as_words(shown_html(value))
        label = plain(row.label)
        if words is not None:
            area = forms.Textarea(attrs={"rows": min(8, 2 + words.count("\n") + len(words) // 60)})
            made = forms.CharField(required=False, initial=words, widget=area, max_length=WIDE, strip=True)
            self._add(f"{name}-text", made, label)
        is_open = forms.BooleanField(required=False, initial=value.is_to_be_decided)
        self._add(f"{name}-open", is_open, _("To be decided later"))
        owner = forms.CharField(required=False, initial=value.owner, max_length=150)
        self._add(f"{name}-owner", owner, _("Who settles it"))
        due_on = forms.DateField(required=False, initial=value.due_on, widget=_date())
        self._add(f"{name}-due", due_on, pgettext_lazy("a last day", "By"))

    # For the template

    def heads(self) -> list[Head]:
        return [
            Head(
                column,
                plain(column.heading) or str(position),
                *(self[f"column-{column.pk}-{part}"] for part in ("heading", "group", "ends_on", "condition")),
            )
            for position, column in enumerate(self.columns, start=1)
        ]

    def area_rows(self) -> list[Row]:
        return list(self._rows(SheetField.Scope.AREA))

    def group_rows(self) -> list[Row]:
        return list(self._rows(SheetField.Scope.GROUP))

    def _rows(self, scope: str) -> Iterator[Row]:
        place = {column.pk: at for at, column in enumerate(self.columns)}
        for row in self.rows:
            if row.scope == scope:
                values = sorted(row.values.all(), key=lambda one: place[one.column_id] if one.column_id else -1)
                yield Row(row, self[f"label-{row.pk}"], [self._cell(value) for value in values])

    def _cell(self, value: SheetValue) -> Cell:
        name = _name(value)
        column = next((one for one in self.columns if one.pk == value.column_id), None)
        return Cell(
            value,
            column,
            None if f"{name}-text" in self.fields else self._as_it_reads(value),
            self[f"{name}-text"] if f"{name}-text" in self.fields else None,
            self[f"{name}-open"],
            self[f"{name}-owner"],
            self[f"{name}-due"],
            self._now(f"{name}-text"),
        )

    def _as_it_reads(self, value: SheetValue) -> SafeString:
        return written_text(self.sheet.section.annex, shown_html(value), f"visa-{value.pk}-")

    def _now(self, name: str) -> str | None:
        """What stands in the field now, when that is not what was typed: after somebody else has saved."""
        initial = self.fields[name].initial if name in self.fields else None
        return initial if self.is_bound and initial is not None and self.data.get(name) != initial else None

    def clean(self) -> dict[str, Any]:
        """Who settles it, and by when, belong to what is to be decided later: typed without that, they would go
        unawares."""
        typed: dict[str, Any] = self.cleaned_data
        changed = set(self.changed_data)
        for name in [name for name in self.fields if name.endswith("-open") and not typed.get(name)]:
            for part in ("owner", "due"):
                own = f"{name.removesuffix('open')}{part}"
                if own in changed and typed.get(own):
                    self.add_error(own, _("Tick “To be decided later” to keep this."))
        return typed

    # For the workflow

    def says_what_stands(self) -> bool:
        """Whether all that was typed stands in the sheet already: a save whose answer never came, sent again."""
        fields = [name for name in self.changed_data if name in self.fields]
        is_there = all(_lines(self.data.get(name)) == _lines(_posted(self.fields[name].initial)) for name in fields)
        return is_there and not any(gone_words(self.data, self.fields))

    def sheet_input(self) -> SheetInput:
        """What was typed, and nothing else; also what is not valid, and what the sheet has no field for."""
        typed, changed = self.cleaned_data, set(self.changed_data) - set(self.errors)
        return SheetInput(
            unfit=list(self._unfit()),
            gone=list(gone_words(self.data, self.fields)),
            corner=escape(typed["corner"]) if "corner" in changed else None,
            columns={
                column.pk: self._column_input(f"column-{column.pk}", typed)
                for column in self.columns
                if any(name.startswith(f"column-{column.pk}-") for name in changed)
            },
            labels={row.pk: escape(typed[f"label-{row.pk}"]) for row in self.rows if f"label-{row.pk}" in changed},
            values=dict(self._values(typed, changed)),
        )

    def _unfit(self) -> Iterator[Words]:
        for name in self.errors:
            if name in self.fields and not name.endswith("-group") and self.data.get(name):
                yield Words(str(self[name].label), from_words(self.data[name]))

    def _column_input(self, name: str, typed: dict[str, Any]) -> ColumnInput:
        return ColumnInput(
            escape(typed.get(f"{name}-heading", "")),
            typed.get(f"{name}-group"),
            typed.get(f"{name}-ends_on"),
            typed.get(f"{name}-condition", ""),
        )

    def _values(self, typed: dict[str, Any], changed: set[str]) -> Iterator[tuple[Place, ValueInput]]:
        for row in self.rows:
            for value in row.values.all():
                name = _name(value)
                if any(one.startswith(f"{name}-") for one in changed):
                    text = typed[f"{name}-text"] if f"{name}-text" in changed else None
                    facts = (typed[f"{name}-open"], typed.get(f"{name}-owner", ""), typed.get(f"{name}-due"))
                    yield (value.field_id, value.column_id), value_input(row, text, *facts)

    def rebound(self) -> dict[str, Any]:
        """The data for the same form on the sheet as it stands now: what was typed here, in all other fields
        what stands there, and as hidden initials what stands there."""
        now = SheetForm(sheet=self.sheet)
        changed = set(self.changed_data)
        data: dict[str, Any] = {}
        for name, made in now.fields.items():
            stands = _posted(made.initial)
            data[f"initial-{name}"] = stands or ""  # without it Django takes what was typed for what stood there
            given = self.data.get(name) if name in changed else stands
            data |= {name: given} if given not in (None, "False") else {}
        return data


def value_input(row: SheetField, text: str | None, is_open: bool, owner: str, due_on: date | None) -> ValueInput:
    """What was typed in one field as the workflow takes it; ``text`` None leaves the text."""
    if text is None:
        return ValueInput(None, is_open, owner, due_on)
    html = from_words(text)
    if not row.key.endswith(COMMITMENT):
        return ValueInput(html, is_open, owner, due_on)
    html, items = split_commitments(html)
    return ValueInput(html, is_open, owner, due_on, items)


def shown_html(value: SheetValue) -> str:
    """The value as it reads: its text and its commitments. Reads ``commitments``."""
    return with_commitments(value.html, (row.text for row in value.commitments.all()))


def _name(value: SheetValue) -> str:
    return f"value-{value.field_id}-{value.column_id or 'area'}"


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _posted(initial: Any) -> str | None:
    """An initial value as a browser would send it."""
    if initial is None:
        return None
    return initial.isoformat() if isinstance(initial, date) else str(initial)


def _lines(value: str | None) -> list[str]:
    """A value to be compared with another: browsers end lines in their own way, and a tick is told as "on"."""
    return {"on": "True", "False": "", None: ""}.get(value, value or "").strip().splitlines()
