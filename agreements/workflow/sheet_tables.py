"""A sheet written from tables of labels and cells: taken in from Word, or from an earlier version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from agreements.documents.sanitise import clean_inline
from agreements.documents.text import plain
from agreements.models import ActionPlanSheet, Commitment, SheetColumn, SheetField, SheetValue
from agreements.workflow.cell import clean_cell, split_commitments
from agreements.workflow.sheet_labels import key_of
from agreements.workflow.sheet_template import AREA, COMMITMENT, GROUP, party_of_field

if TYPE_CHECKING:
    from agreements.models import Agreement, Section

OPEN = re.compile(r"(bestäms|tas ställning till|beslutas|avgörs|fastställs) (senare|längre fram)\W*", re.IGNORECASE)
"""How Swedish action plans say that something is open (R85, R88)."""


@dataclass(frozen=True)
class TableRow:
    """A label (inline HTML) and its cells (rich HTML). ``id`` is that of the field it was, when it is known."""

    label: str
    cells: Sequence[str]
    id: str = ""


@dataclass(frozen=True)
class SheetTables:
    """What a sheet is made of: rows about the area with one cell each, rows with a cell per column."""

    corner: str = ""
    headings: Sequence[str] = ()
    area: Sequence[TableRow] = ()
    group: Sequence[TableRow] = ()


def write_sheet(section: Section, tables: SheetTables) -> ActionPlanSheet:
    """Make the section's sheet say what the tables say, in place of what it said. The caller holds the lock.

    Labels are kept as they are and recognised where they mean a field of the template. "Bestäms senare" and its
    like become open points with the same words. Items of lists in a commitment's cell become commitments.
    """
    ActionPlanSheet.objects.filter(section=section).delete()
    sheet = ActionPlanSheet.objects.create(section=section, corner=clean_inline(tables.corner))
    width = max((len(row.cells) for row in tables.group), default=1)
    groups = {group.name: group for group in section.annex.agreement.governing_groups.all()}
    headings = [*tables.headings, *([""] * width)][: max(width, len(tables.headings))]
    columns = [
        SheetColumn.objects.create(
            sheet=sheet,
            position=position,
            heading=clean_inline(heading),
            working_group=groups.get(plain(clean_inline(heading))),
        )
        for position, heading in enumerate(headings, start=1)
    ]
    _write_rows(sheet, AREA, tables.area, [None], section.annex.agreement)
    _write_rows(sheet, GROUP, tables.group, columns, section.annex.agreement)
    return sheet


def _write_rows(
    sheet: ActionPlanSheet,
    scope: str,
    rows: Sequence[TableRow],
    columns: Sequence[SheetColumn | None],
    agreement: Agreement,
) -> None:
    for position, row in enumerate(rows, start=1):
        label = clean_inline(row.label)
        made = SheetField.objects.create(
            id=_free_id(row.id),
            sheet=sheet,
            scope=scope,
            key=key_of(plain(label), scope),
            label=label,
            position=position,
        )
        cells = [*row.cells, *([""] * len(columns))]
        for column, cell in zip(columns, cells, strict=False):
            _write_value(made, column, clean_cell(cell), agreement)


def _free_id(known: str) -> UUID:
    """The id that the field had, unless another sheet has it now."""
    try:
        id_ = UUID(known)
    except ValueError:
        return uuid4()
    return uuid4() if SheetField.objects.filter(pk=id_).exists() else id_


def _write_value(row: SheetField, column: SheetColumn | None, html: str, agreement: Agreement) -> None:
    items: list[str] = []
    if row.key.endswith(COMMITMENT):
        html, items = split_commitments(html)
    is_open = bool(OPEN.fullmatch(plain(html)))
    value = SheetValue.objects.create(field=row, column=column, html=html, is_to_be_decided=is_open)
    party = party_of_field(row, agreement) if items else None
    for position, text in enumerate(items, start=1):
        Commitment.objects.create(value=value, party=party, position=position, text=text)
