"""Editing the sheet of an action plan (R81-R95): what is typed in the whole sheet is saved at once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.sanitise import clean_inline
from agreements.models import ActionPlanSheet, Section, SheetColumn, SheetField, SheetValue
from agreements.policies.annex import may_edit
from agreements.workflow.group import sync_working_group
from agreements.workflow.priority_area import note_change
from agreements.workflow.section import Conflict, Saved, keep_aside, locked, settle_aside
from agreements.workflow.sheet_input import SheetInput, as_text, listed, place_of
from agreements.workflow.sheet_rows import save_column, save_corner, save_label, save_value
from agreements.workflow.sheet_template import GROUP, key_of_label, new_sheet
from agreements.workflow.sitting import UNKNOWN, Sitting, note_save, own_turn
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

ROW = "sheet"
"""The row of a text aside (``SavedAside.row``) that holds what was typed in a sheet."""

GONE = "sheet-gone"
"""Of one that holds what was typed where the sheet has no place any longer; saving the sheet does not settle it."""


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


def is_read(sheet: ActionPlanSheet, version: int, sitting: Sitting) -> bool:
    """Whether what stands in the sheet is what that page has read, or what it has sent itself."""
    return sheet.version == version or own_turn(sheet.section, sheet.version, sitting, row=ROW) is not None


@transaction.atomic
def save_sheet(
    section: Section,
    given: SheetInput,
    *,
    version: int,
    by: User,
    aside: int | None = None,
    sitting: Sitting = UNKNOWN,
) -> Saved | Conflict:
    """Save what was typed, on the version of the sheet that was read.

    On an old version nothing is changed and what was typed is kept aside as text; so is, on any version, what has
    no place in the sheet. A save that says what stands there already bumps nothing; what the same sitting has sent
    before is no rival, and what it has overtaken is left. ``aside`` is the text that was kept so before, and is looked
    through with this save. Raises TransitionRefused.
    """
    sheet = open_sheet(section, by=by)
    if given.is_empty:  # whoever typed nothing has not read what came since either, so the version stays theirs
        settle_aside(sheet.section, ROW, aside, by=by)
        return Saved("", "", version, timezone.now())
    if not is_read(sheet, version, sitting):
        return _kept(sheet, given, version=version, by=by, sitting=sitting, aside=aside)
    if (own_turn(sheet.section, sheet.version, sitting, row=ROW) or 0) >= sitting.turn > 0:
        return Saved("", "", sheet.version, timezone.now())
    if given.gone:
        keep_aside(sheet.section, row=GONE, heading="", body=listed(given.gone), version=version, by=by)
    if any(_changes(sheet, given, by=by)):
        bump(sheet, by=by)
        note_save(sheet.section, sheet.version, sitting, row=ROW)
    settle_aside(sheet.section, ROW, aside, by=by)
    return Saved("", "", sheet.version, timezone.now())


@transaction.atomic
def keep_sheet(
    section: Section,
    given: SheetInput,
    *,
    version: int,
    by: User,
    aside: int | None = None,
    sitting: Sitting = UNKNOWN,
) -> Conflict:
    """Keep aside what was typed on an old version, also what could not be saved as it is. Raises TransitionRefused."""
    return _kept(open_sheet(section, by=by), given, version=version, by=by, sitting=sitting, aside=aside)


def _kept(
    sheet: ActionPlanSheet, given: SheetInput, *, version: int, by: User, sitting: Sitting, aside: int | None
) -> Conflict:
    """Two texts aside at most: what has its place in the sheet, which takes the place of what the same page sent or
    showed again before; and what has none any longer, which is nobody's to replace."""
    section, gone, placed = sheet.section, listed(given.gone), as_text(sheet, given)
    kept = [keep_aside(section, row=GONE, heading="", body=gone, version=version, by=by)] if gone else []
    if placed or not gone:
        kept.append(
            keep_aside(
                section,
                row=ROW,
                heading="",
                body=placed,
                version=version,
                by=by,
                sitting=sitting,
                instead_of=aside,
            )
        )
    return Conflict(kept[-1], sheet.version)


def _changes(sheet: ActionPlanSheet, given: SheetInput, *, by: User) -> list[bool]:
    """Save each row that was typed; True for each that is not what it was."""
    columns = {column.pk: column for column in sheet.columns.all()}
    fields = {field.pk: field for field in sheet.fields.all()}
    values = SheetValue.objects.filter(field__sheet=sheet).prefetch_related("commitments")
    agreement = sheet.section.annex.agreement
    return [
        save_corner(sheet, given.corner),
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
    """Add a field of the sheet's own, last in its part; one that is called as the template's is that one."""
    sheet = open_sheet(section, by=by)
    last = sheet.fields.filter(scope=scope).aggregate(last=Max("position"))["last"] or 0
    label = clean_inline(label)
    field = SheetField(sheet=sheet, scope=scope, key=key_of_label(sheet, scope, label), label=label, position=last + 1)
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
