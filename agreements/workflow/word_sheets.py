"""Action-plan tables of a Word file made into sheets, with the labels that the file has (R81-R95)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agreements.documents import reader, rich_text
from agreements.documents.rich_text import Node
from agreements.documents.text import plain
from agreements.documents.word_import.action_plan import SheetProposal, find_sheet
from agreements.models import ActionPlanSheet, GoverningGroup, Section, SheetField
from agreements.permissions import Perm
from agreements.rights import has
from agreements.workflow.group import sync_working_group
from agreements.workflow.sheet_tables import TableRow, proposed_tables, write_sheet
from agreements.workflow.sheet_template import AREA, GROUP

if TYPE_CHECKING:
    from samverkan.accounts.models import User

Ids = dict[tuple[str, str], list[str]]


def sheet_pieces(body: str) -> list[tuple[str, SheetProposal | None]]:
    """Canonical rich text parted after each sheet in it: what stands before a sheet belongs to the sheet's piece,
    what comes after it to the next. Joined in order the pieces are all of ``body``."""
    found: list[tuple[str, SheetProposal | None]] = []
    nodes = reader.read_canonical(body)
    while nodes:
        end = _end_of_sheet(nodes)
        piece = rich_text.write(nodes[:end])
        sheet = find_sheet(piece)
        found.append((piece, _with_printed_corner(sheet) if sheet else None))
        nodes = nodes[end:]
    return found or [(body, None)]


def _end_of_sheet(nodes: Sequence[Node]) -> int:
    """The index after the first run of tables that are one sheet; the end when there is none."""
    sheet = find_sheet(rich_text.write(nodes))
    if sheet is None:
        return len(nodes)
    rest = list(reader.read(sheet.rest))
    is_taken = [not _take(rest, node) for node in nodes]
    first = is_taken.index(True)
    return next((at for at in range(first, len(nodes)) if not is_taken[at]), len(nodes))


def _take(rest: list[Node], node: Node) -> bool:
    if rest and rest[0] == node:
        rest.pop(0)
        return True
    return False


def _with_printed_corner(sheet: SheetProposal) -> SheetProposal:
    """A sheet of one column without a heading is printed without its corner: its words become the heading."""
    corner, *headings = sheet.header or ("",)
    if corner and len(headings) <= 1 and not any(headings):
        return replace(sheet, header=("", corner))
    return sheet


def write_proposed_sheet(section: Section, sheet: SheetProposal, *, by: User | None) -> None:
    """Make the section's sheet say what the file's tables say. Fields keep their identity while their label does,
    and the working groups whose columns come or go get or lose their right to the plan.

    The caller holds the lock on the annex.
    """
    before = _groups(section)
    ids = _known_ids(section)
    tables = proposed_tables(sheet)
    area, group = (
        [_with_id(row, scope, ids) for row in rows] for rows, scope in ((tables.area, AREA), (tables.group, GROUP))
    )
    written = write_sheet(section, replace(tables, area=area, group=group))
    if by is not None and not has(by, Perm.EDIT_TEXTS, section.annex):
        _take_back(written, before)
    for changed in before ^ _groups(section):
        sync_working_group(changed)


def _take_back(sheet: ActionPlanSheet, before: set[GoverningGroup]) -> None:
    """It takes a coordinator to say whose column it is: a name alone does not make it that group's."""
    for column in sheet.columns.exclude(working_group=None).exclude(working_group__in=before):
        column.working_group = None
        column.save()


def _groups(section: Section) -> set[GoverningGroup]:
    return set(GoverningGroup.objects.filter(sheet_columns__sheet__section=section))


def _known_ids(section: Section) -> Ids:
    known: Ids = {}
    for field in SheetField.objects.filter(sheet__section=section):
        known.setdefault((field.scope, plain(field.label)), []).append(str(field.pk))
    return known


def _with_id(row: TableRow, scope: str, ids: Ids) -> TableRow:
    same = ids.get((scope, plain(row.label)), [])
    return replace(row, id=same.pop(0)) if same else row
