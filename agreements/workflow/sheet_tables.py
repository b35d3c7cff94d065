"""A sheet written from tables of labels and cells: taken in from Word, or from an earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from agreements.documents.sanitise import clean_inline
from agreements.documents.text import plain
from agreements.models import ActionPlanSheet, Commitment, SheetColumn, SheetField, SheetValue
from agreements.selectors.sheet_parties import COMMITMENT, key_here, party_keys
from agreements.workflow.cell import clean_cell, split_commitments
from agreements.workflow.sheet_template import AREA, GROUP, party_of_field

if TYPE_CHECKING:
    from agreements.documents.word_import.action_plan import SheetField as ProposedField
    from agreements.documents.word_import.action_plan import SheetProposal
    from agreements.models import Agreement, Section


@dataclass(frozen=True)
class TableCell:
    """Rich text, and whether it says that something is still to be decided."""

    html: str
    is_open: bool = False


@dataclass(frozen=True)
class TableRow:
    """A label (inline HTML) and its cells. ``key`` is the template's name of the field, where it is one; ``id``
    that of the field it was, where it is known."""

    label: str
    cells: Sequence[TableCell]
    key: str = ""
    id: str = ""


@dataclass(frozen=True)
class SheetTables:
    """What a sheet is made of: rows about the area with one cell each, rows with a cell per column."""

    corner: str = ""
    headings: Sequence[str] = ()
    area: Sequence[TableRow] = ()
    group: Sequence[TableRow] = ()


def proposed_tables(proposal: SheetProposal) -> SheetTables:
    """What a Word file proposed, with the labels that the file has."""

    def rows(fields: Sequence[ProposedField]) -> list[TableRow]:
        return [
            TableRow(row.label, [TableCell(value.html, value.is_open) for value in row.values], row.key)
            for row in fields
        ]

    corner, *headings = proposal.header or ("",)
    return SheetTables(corner, headings, rows(proposal.area_fields), rows(proposal.rows))


def write_sheet(section: Section, tables: SheetTables) -> ActionPlanSheet:
    """Make the section's sheet say what the tables say, in place of what it said. The caller holds the lock.

    Labels are kept as they are. Items of a list that a commitment's cell ends with become commitments; a column
    that is called as a working group of the agreement is that group's.
    """
    ActionPlanSheet.objects.filter(section=section).delete()
    sheet = ActionPlanSheet.objects.create(section=section, corner=clean_inline(tables.corner))
    groups = {group.name: group for group in section.annex.agreement.governing_groups.all()}
    width = max([len(tables.headings), *(len(row.cells) for row in tables.group), 1])
    headings = [*tables.headings, *[""] * width][:width]
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
    known = party_keys(agreement)
    for position, row in enumerate(rows, start=1):
        made = SheetField.objects.create(
            id=_free_id(row.id), sheet=sheet, scope=scope, key=key_here(row.key, known),
            label=clean_inline(row.label), position=position,
        )  # fmt: skip
        cells = [*row.cells, *[TableCell("")] * len(columns)]
        for column, cell in zip(columns, cells, strict=False):
            _write_value(made, column, cell, agreement)


def _free_id(known: str) -> UUID:
    """The id that the field had, unless another sheet has it now."""
    try:
        id_ = UUID(known)
    except ValueError:
        return uuid4()
    return uuid4() if SheetField.objects.filter(pk=id_).exists() else id_


def _write_value(row: SheetField, column: SheetColumn | None, cell: TableCell, agreement: Agreement) -> None:
    html, items = clean_cell(cell.html), list[str]()
    if row.key.endswith(COMMITMENT):
        html, items = split_commitments(html)
    value = SheetValue.objects.create(field=row, column=column, html=html, is_to_be_decided=cell.is_open)
    party = party_of_field(row, agreement) if items else None
    for position, text in enumerate(items, start=1):
        Commitment.objects.create(value=value, party=party, position=position, text=text)
