"""A sheet copied to another section, maybe of another agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from agreements.models import ActionPlanSheet, Commitment, SheetColumn
from agreements.selectors.sheet_parties import key_here, party_keys

if TYPE_CHECKING:
    from agreements.models import Agreement, GoverningGroup, Party, Section, SheetValue


def copy_sheet(sheet: ActionPlanSheet, target: Section) -> ActionPlanSheet:
    """Copy fields, columns, values and commitments. In another agreement the parties are met by their keys,
    as their fields are, and the working groups by their names; those that are not found there are left open, and
    the fields of such parties are nobody's."""
    ActionPlanSheet.objects.filter(section=target).delete()
    made = ActionPlanSheet.objects.create(section=target, corner=sheet.corner)
    columns = {column.pk: _column(column, made) for column in sheet.columns.select_related("working_group")}
    known = party_keys(made.section.annex.agreement)
    parties = dict(known)
    for field in sheet.fields.prefetch_related("values__commitments__party"):
        values = list(field.values.all())
        field.pk, field.sheet, field.key = uuid4(), made, key_here(field.key, known)
        field.save(force_insert=True)
        for value in values:
            _copy_value(value, field.pk, columns, parties)
    return made


def _column(column: SheetColumn, sheet: ActionPlanSheet) -> SheetColumn:
    agreement = sheet.section.annex.agreement
    return SheetColumn.objects.create(
        sheet=sheet,
        position=column.position,
        heading=column.heading,
        working_group=_group(column.working_group, agreement),
        ends_on=column.ends_on,
        end_condition=column.end_condition,
    )


def _group(group: GoverningGroup | None, agreement: Agreement) -> GoverningGroup | None:
    if group is None or group.agreement_id == agreement.pk:
        return group
    return agreement.governing_groups.filter(kind=group.kind, name=group.name).first()


def _copy_value(value: SheetValue, field_id: UUID, columns: dict[UUID, SheetColumn], parties: dict[str, Party]) -> None:
    commitments = list(value.commitments.all())
    value.pk, value.field_id = None, field_id
    value.column = columns[value.column_id] if value.column_id else None
    value.save(force_insert=True)
    for row in commitments:
        party = parties.get(row.party.key) if row.party else None
        Commitment.objects.create(value=value, party=party, position=row.position, text=row.text)
