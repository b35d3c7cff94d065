"""Editing the sheet of an action plan (R81-R95): what is typed in the whole sheet is saved at once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.sanitise import clean_inline
from agreements.models import ActionPlanSheet, SavedAside, Section, SheetColumn, SheetField, SheetValue
from agreements.policies.annex import may_edit
from agreements.workflow.group import sync_working_group
from agreements.workflow.priority_area import note_change
from agreements.workflow.section import Conflict, Saved, keep_aside, locked
from agreements.workflow.sheet_input import SheetInput, as_text, place_of
from agreements.workflow.sheet_rows import save_column, save_corner, save_label, save_value
from agreements.workflow.sheet_template import GROUP, new_sheet
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

ROW = "sheet"


def open_sheet(section: Section, *, by: User) -> ActionPlanSheet:
    """The section's sheet, made from the template when it has none; it is locked until the transaction ends.

    Raises TransitionRefused when ``by`` may not edit the annex, or the section is of another kind.
    """
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    if section.kind != "action_plan_sheet":
        raise TransitionRefused(refused("no_sheet", _("There is no sheet in this section.")))
    sheet = ActionPlanSheet.objects.select_for_update(of=("self",)).filter(section=section).first()
    sheet = sheet or new_sheet(section)
    sheet.section = section
    return sheet


@transaction.atomic
def begin_sheet(section: Section, *, by: User) -> ActionPlanSheet:
    """The section's sheet, with the template's fields when it had none yet."""
    return open_sheet(section, by=by)


@transaction.atomic
def save_sheet(section: Section, given: SheetInput, *, version: int, by: User) -> Saved | Conflict:
    """Save what was typed, on the version of the sheet that was read.

    On an old version nothing is changed and what was typed is kept aside as text. A save that says what stands
    there already bumps nothing. Raises TransitionRefused.
    """
    sheet = open_sheet(section, by=by)
    if sheet.version != version:
        aside = keep_aside(sheet.section, row=ROW, heading="", body=as_text(sheet, given), version=version, by=by)
        return Conflict(aside, sheet.version)
    if any(_changes(sheet, given, by=by)):
        bump(sheet, by=by)
    mine = SavedAside.objects.filter(section=sheet.section, row=ROW, saved_by=by, settled_at=None)
    mine.update(settled_at=timezone.now())
    return Saved("", "", sheet.version, timezone.now())


def _changes(sheet: ActionPlanSheet, given: SheetInput, *, by: User) -> list[bool]:
    """Save each row that was typed; True for each that is not what it was."""
    columns = {column.pk: column for column in sheet.columns.all()}
    fields = {field.pk: field for field in sheet.fields.all()}
    values = SheetValue.objects.filter(field__sheet=sheet).prefetch_related("commitments")
    agreement = sheet.section.annex.agreement
    return [
        save_corner(sheet, given.corner, by=by),
        *(save_column(columns[pk], typed, by=by) for pk, typed in given.columns.items() if pk in columns),
        *(save_label(fields[pk], typed, by=by) for pk, typed in given.labels.items() if pk in fields),
        *(
            save_value(value, fields[value.field_id], given.values[place_of(value)], agreement, by=by)
            for value in values
            if place_of(value) in given.values
        ),
    ]


def bump(sheet: ActionPlanSheet, *, by: User) -> None:
    """Count one change of the sheet, and note it on its section."""
    sheet.version += 1
    remember_why(sheet, _("Text edited"), by=by)
    sheet.save()
    note_change(sheet.section, by=by)


@transaction.atomic
def add_column(section: Section, *, by: User, heading: str = "") -> SheetColumn:
    """Add a column for one more working group, last, with an empty value for each field (R83)."""
    sheet = open_sheet(section, by=by)
    last = sheet.columns.aggregate(last=Max("position"))["last"] or 0
    column = SheetColumn(sheet=sheet, position=last + 1, heading=clean_inline(heading))
    remember_why(column, _("Column added"), by=by)
    column.save()
    for field in sheet.fields.filter(scope=GROUP):
        SheetValue.objects.create(field=field, column=column)
    bump(sheet, by=by)
    return column


@transaction.atomic
def remove_column(section: Section, column_id: UUID, *, by: User) -> None:
    """Take a column away; what stood in it remains in the history. The last one stays."""
    sheet = open_sheet(section, by=by)
    column = sheet.columns.filter(pk=column_id).first()
    if column is None:
        return
    if sheet.columns.count() == 1:
        raise TransitionRefused(refused("last_column", _("A sheet has at least one column.")))
    group = column.working_group
    remember_why(column, _("Column removed"), by=by)
    column.delete()
    if group is not None:
        sync_working_group(group)
    bump(sheet, by=by)


@transaction.atomic
def add_field(section: Section, *, scope: str, label: str, by: User) -> SheetField:
    """Add a field of the sheet's own, last in its part."""
    sheet = open_sheet(section, by=by)
    last = sheet.fields.filter(scope=scope).aggregate(last=Max("position"))["last"] or 0
    field = SheetField(sheet=sheet, scope=scope, label=clean_inline(label), position=last + 1)
    remember_why(field, _("Field added"), by=by)
    field.save()
    for column in sheet.columns.all() if scope == GROUP else [None]:
        SheetValue.objects.create(field=field, column=column)
    bump(sheet, by=by)
    return field


@transaction.atomic
def remove_field(section: Section, field_id: UUID, *, by: User) -> None:
    """Take a field away; what stood in it remains in the history."""
    sheet = open_sheet(section, by=by)
    field = sheet.fields.filter(pk=field_id).first()
    if field is not None:
        remember_why(field, _("Field removed"), by=by)
        field.delete()
        bump(sheet, by=by)
