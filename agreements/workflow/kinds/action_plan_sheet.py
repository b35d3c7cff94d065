"""The sheet of an action plan: what the area is about, and a column for each working group (R81-R95)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.documents.text import plain
from agreements.documents.word_import.action_plan import SheetProposal
from agreements.models import ActionPlanSheet, SheetColumn, SheetField, SheetValue
from agreements.selectors.open_points import open_points_of
from agreements.workflow.cell import with_commitments
from agreements.workflow.kinds.base import Found, RowsKind, block, inline
from agreements.workflow.sheet_copy import copy_sheet
from agreements.workflow.sheet_tables import proposed_tables, write_sheet

if TYPE_CHECKING:
    from agreements.models import Section

Cells = dict[tuple[Any, Any], SheetValue]


class ActionPlanSheetKind(RowsKind):
    """Two tables of fields: one about the area, one with the working groups side by side."""

    key = "action_plan_sheet"
    name = gettext_lazy("action plan sheet")
    related = ("sheet__columns", "sheet__fields__values__commitments")

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        sheet = sheet_of(section)
        if sheet is None:
            return []
        columns = list(sheet.columns.all())
        fields = list(sheet.fields.all())
        values = {(value.field_id, value.column_id): value for field in fields for value in field.values.all()}
        area = [_row(field, [None], values) for field in fields if field.scope == SheetField.Scope.AREA]
        group = [_row(field, columns, values) for field in fields if field.scope == SheetField.Scope.GROUP]
        headings = [inline(column.heading) for column in columns]
        header = [inline(sheet.corner), *headings] if any(headings) or len(columns) > 1 else []
        return [
            *([block(section, "area", "field_table", header=[], rows=area)] if area else []),
            *([block(section, "groups", "field_table", header=header, rows=group)] if group and columns else []),
        ]

    def take_in(self, section: Section, proposal: Any) -> bool:
        """Fill the sheet from what a Word file proposed (word_import.action_plan.SheetProposal)."""
        if not isinstance(proposal, SheetProposal):
            return False
        write_sheet(section, proposed_tables(proposal))
        return True

    def check(self, section: Section) -> Found:
        sheet = sheet_of(section)
        if sheet is None:
            return [("sheet_missing", _("The sheet has no fields yet."))]
        return [*_empty_fields(sheet), *_open_points(sheet), *_endless(sheet)]

    def copy(self, section: Section, target: Section) -> None:
        sheet = sheet_of(section)
        if sheet is not None:
            copy_sheet(sheet, target)

    def edit_url(self, section: Section) -> str | None:
        annex = section.annex
        return reverse("agreements:sheet_edit", args=[annex.agreement.slug, annex.number, section.pk])


def sheet_of(section: Section) -> ActionPlanSheet | None:
    """The section's sheet, if it has one."""
    return getattr(section, "sheet", None)


def _row(field: SheetField, columns: list[Any], values: Cells) -> dict[str, Any]:
    cells = [_cell(field, column, values.get((field.pk, column.pk if column else None))) for column in columns]
    return {"id": str(field.pk), "label": inline(field.label), "cells": cells}


def _cell(field: SheetField, column: SheetColumn | None, value: SheetValue | None) -> dict[str, Any]:
    if value is None:
        return {"html": "", "open": False}
    html = with_commitments(value.html, (inline(row.text) for row in value.commitments.all()))
    if not html and value.is_to_be_decided:
        later = _("To be decided later")
        html = f"<p>{escape(later)}</p>"
    if not html and field.key == "period" and column is not None:
        html = _period(column)
    return {"html": html, "open": value.is_to_be_decided}


def _period(column: SheetColumn) -> str:
    """R84: "till och med 31 december 2026, eller tills ny överenskommelse träder i kraft"."""
    until = _("Until %(date)s") % {"date": date_format(column.ends_on, "DATE_FORMAT")} if column.ends_on else ""
    if until and column.end_condition:
        words = _("%(until)s, or when: %(condition)s") % {"until": until, "condition": column.end_condition}
    else:
        words = until or column.end_condition
    return f"<p>{escape(words, quote=False)}</p>" if words else ""


def _empty_fields(sheet: ActionPlanSheet) -> Found:
    """All places where nothing stands, in one finding."""
    columns = {column.pk: column for column in sheet.columns.all()}
    places = [
        _place(field, columns.get(value.column_id) if value.column_id else None)
        for field in sheet.fields.all()
        for value in field.values.all()
        if not _cell(field, columns.get(value.column_id) if value.column_id else None, value)["html"]
    ]
    if not places:
        return []
    return [("empty_field", _("Nothing is written in: %(places)s.") % {"places": "; ".join(places)})]


def _place(field: SheetField, column: SheetColumn | None) -> str:
    heading = plain(inline(column.heading)) if column else ""
    label = plain(inline(field.label))
    return f"{label} – {heading}" if heading else label


def _open_points(sheet: ActionPlanSheet) -> Found:
    found: Found = []
    for point in open_points_of(sheet):
        if point.owner and point.due_on:
            sentence = _("“%(place)s” is to be decided by %(owner)s on %(date)s at the latest.") % {
                "place": point.place,
                "owner": point.owner,
                "date": date_format(point.due_on, "DATE_FORMAT"),
            }
            found.append(("open_point", sentence))
        else:
            sentence = _("“%(place)s” is to be decided, but not by whom and when.") % {"place": point.place}
            found.append(("open_point_without_owner", sentence))
    return found


def _endless(sheet: ActionPlanSheet) -> Found:
    written = {
        value.column_id
        for field in sheet.fields.all()
        if field.key == "period"
        for value in field.values.all()
        if value.html or value.is_to_be_decided
    }
    return [
        (
            "no_end",
            _("It is not said when “%(column)s” ends.") % {"column": plain(inline(column.heading)) or position},
        )
        for position, column in enumerate(sheet.columns.all(), start=1)
        if not (column.ends_on or column.end_condition or column.pk in written)
    ]
