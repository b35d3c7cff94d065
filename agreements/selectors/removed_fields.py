"""What a sheet's fields were called that are no longer there, from the history."""

from __future__ import annotations

from agreements.documents.text import plain
from agreements.models import Section, SheetColumn, SheetField, SheetValue


def label_of_removed(section: Section, value_id: int) -> str:
    """ "Goal – Working group two"; empty when no such field ever stood in the section's sheet."""
    value = SheetValue.history.filter(id=value_id).first()
    field = SheetField.history.filter(id=value.field_id, sheet__section=section).first() if value else None
    if value is None or field is None:
        return ""
    column = SheetColumn.history.filter(id=value.column_id).first() if value.column_id else None
    return " – ".join(part for part in (plain(field.label), plain(column.heading) if column else "") if part)
