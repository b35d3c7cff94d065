"""What an action plan leaves open: "to be decided" is a value, and somebody's task by a day (R85, R88)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from agreements.documents.text import plain
from agreements.models import ActionPlanSheet, Annex, SheetColumn, SheetField

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class OpenPoint:
    """One open value: the place as words ("Finansiering – Vuxna på plats"), the sheet's own wording, who settles
    it by when (both may be missing), and the section where it stands."""

    place: str
    wording: str
    owner: str
    due_on: date | None
    section_id: UUID

    def is_overdue(self, day: date) -> bool:
        return self.due_on is not None and self.due_on < day


def open_points(annex: Annex) -> list[OpenPoint]:
    """The open points of the annex's working text in reading order. Four queries."""
    sheets = (
        ActionPlanSheet.objects.filter(section__annex=annex, section__is_left_out=False)
        .order_by("section__position")
        .prefetch_related("columns", "fields__values")
    )
    return [point for sheet in sheets for point in open_points_of(sheet)]


def open_points_of(sheet: ActionPlanSheet) -> list[OpenPoint]:
    """The open points of one sheet, field by field. Reads ``columns`` and ``fields__values``."""
    columns = {column.pk: column for column in sheet.columns.all()}
    found = []
    for field in sheet.fields.all():
        for value in field.values.all():
            if value.is_to_be_decided:
                found.append(
                    OpenPoint(
                        place_of(field, columns[value.column_id] if value.column_id in columns else None),
                        plain(value.html),
                        value.owner,
                        value.due_on,
                        sheet.section_id,
                    )
                )
    return found


def place_of(field: SheetField, column: SheetColumn | None) -> str:
    """Where a value stands, as words: its label, and its column where that has a heading."""
    label, heading = plain(field.label), plain(column.heading) if column else ""
    return f"{label} – {heading}" if heading else label
