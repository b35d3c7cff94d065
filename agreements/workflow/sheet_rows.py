"""The rows of a sheet, each saved only when it is not what it was. All return whether it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.documents.runs import clean_text
from agreements.documents.sanitise import clean_inline
from agreements.models import ActionPlanSheet, Commitment
from agreements.permissions import Perm
from agreements.rights import has
from agreements.workflow.cell import clean_cell
from agreements.workflow.group import sync_working_group
from agreements.workflow.joined_history import save_joined
from agreements.workflow.sheet_template import party_of_field
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

if TYPE_CHECKING:
    from agreements.models import Agreement, SheetColumn, SheetField, SheetValue
    from agreements.workflow.sheet_input import ColumnInput, ValueInput
    from samverkan.accounts.models import User


def save_corner(sheet: ActionPlanSheet, corner: str | None) -> bool:
    """The heading of the label column; it is written when the sheet's change is counted."""
    corner = sheet.corner if corner is None else clean_inline(corner)
    is_changed = corner != sheet.corner
    sheet.corner = corner
    return is_changed


def save_column(column: SheetColumn, given: ColumnInput, *, by: User) -> bool:
    """The head of a column. A working group may edit the plan where it has a column, so it takes a coordinator
    to say whose column it is."""
    before = column.working_group
    wanted = (clean_inline(given.heading), given.working_group, given.ends_on, given.end_condition.strip())
    if wanted == (column.heading, before, column.ends_on, column.end_condition):
        return False
    annex = column.sheet.section.annex
    if given.working_group != before and not has(by, Perm.EDIT_TEXTS, annex):
        raise TransitionRefused(refused("not_coordinator", _("Only a coordinator can say whose column it is.")))
    if given.working_group is not None and given.working_group.agreement_id != annex.agreement_id:
        raise TransitionRefused(refused("other_agreement", _("That group belongs to another agreement.")))
    column.heading, column.working_group, column.ends_on, column.end_condition = wanted
    remember_why(column, _("Column changed"), by=by)
    column.save()
    for group in {before, given.working_group} - {None}:
        if before != given.working_group and group is not None:
            sync_working_group(group)
    return True


def save_label(field: SheetField, label: str, *, by: User) -> bool:
    """A field's label; an empty one leaves the old."""
    label = clean_inline(label)
    if not label or label == field.label:
        return False
    field.label = label
    remember_why(field, _("Label changed"), by=by)
    field.save()
    return True


def save_value(value: SheetValue, field: SheetField, given: ValueInput, agreement: Agreement, *, by: User) -> bool:
    """Text, openness and commitments of one field."""
    html = value.html if given.html is None else clean_cell(given.html)
    owner = clean_text(given.owner).strip() if given.is_to_be_decided else ""
    due_on = given.due_on if given.is_to_be_decided else None
    wanted = (html, given.is_to_be_decided, owner, due_on)
    is_changed = wanted != (value.html, value.is_to_be_decided, value.owner, value.due_on)
    if is_changed:
        value.html, value.is_to_be_decided, value.owner, value.due_on = wanted
        save_joined(value, reason=_("Text edited"), by=by)
    if given.commitments is None:
        return is_changed
    return _save_commitments(value, field, given.commitments, agreement, by=by) or is_changed


def _save_commitments(
    value: SheetValue, field: SheetField, given: list[str], agreement: Agreement, *, by: User
) -> bool:
    """One row per commitment, for the party whose field it is. A row keeps its identity while its words stand,
    wherever it is moved; the rest are matched in order, so that a changed word is a change and not a new row."""
    wanted = [text for words in given if (text := clean_inline(words))]
    rows = list(value.commitments.all())
    if [row.text for row in rows] == wanted:
        return False
    party = party_of_field(field, agreement)
    kept = _matched(rows, wanted)
    for position, (text, row) in enumerate(zip(wanted, kept, strict=True), start=1):
        row = row or Commitment(value=value, party=party)
        if (row.text, row.position) != (text, position) or row._state.adding:
            row.text, row.position = text, position
            remember_why(row, _("Commitment changed"), by=by)
            row.save()
    for row in rows:
        if row not in kept:
            remember_why(row, _("Commitment removed"), by=by)
            row.delete()
    return True


def _matched(rows: list[Commitment], wanted: list[str]) -> list[Commitment | None]:
    """For each wanted text the row that already says it, else one whose words are no longer wanted, else None."""
    by_text = {row.text: row for row in rows}
    found = [by_text.pop(text, None) for text in wanted]
    unused = [row for row in rows if row not in found]
    return [row or (unused.pop(0) if unused else None) for row in found]
