"""Writing an earlier version back as working text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from agreements.documents.sanitise import clean_heading
from agreements.documents.text import plain
from agreements.models import Annex, PriorityArea, Section, SheetField
from agreements.states import AnnexKind
from agreements.workflow.section import touch
from agreements.workflow.sheet_tables import SheetTables, TableCell, TableRow, write_sheet
from agreements.workflow.thaw import Thawed, thaw
from samverkan.history import remember_why

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.models import Revision
    from samverkan.accounts.models import User


def write_thawed(revision: Revision, annex: Annex, *, by: User) -> None:
    """Make the annex's working text say what ``revision`` says. The caller holds the lock on ``annex``.

    Sections of the version that the annex still has get their earlier texts, each one line in the history; the
    rest are made anew; sections that the version does not have are left out. Registers (parties, groups, sources,
    definitions, contacts) stay as they are.
    """
    rows = Section.objects.select_for_update(of=("self",)).filter(annex=revision.annex_id)
    sections = {str(row.pk): row for row in rows}
    own = {id_: row for id_, row in sections.items() if row.annex_id == annex.pk}
    order: list[Section] = []
    current: Section | None = None
    areas: list[Thawed] = []
    for part in thaw(revision.document):
        if part.row == "priority_area" and current is not None:
            areas.append(part)
            continue
        current = _write_section(part, annex, sections.get(part.id), own.get(part.id), len(order), by=by)
        order.append(current)
        _write_rows(current, part)
    if areas:
        _write_areas(annex, areas, by=by)
    rest = [row for row in own.values() if row not in order]
    _place(order, rest, by=by)


def _write_section(
    part: Thawed, annex: Annex, origin: Section | None, own: Section | None, position: int, *, by: User
) -> Section:
    section = own or Section(annex=annex, position=10_000 + position)
    if own is None and origin is not None:
        section.kind, section.options, section.template_key = origin.kind, origin.options, origin.template_key
    keeps_rows = section.kind != "text"
    section.heading, section.level = clean_heading(part.heading), part.level
    section.body = part.body_html if keeps_rows else part.whole_html
    section.is_numbered, section.language, section.is_left_out = bool(part.number), part.language, False
    section.version += 0 if own is None else 1
    section.annex = annex
    touch(section, by=by)
    remember_why(section, _("Fetched from an earlier version"), by=by)
    section.save()
    return section


def _write_rows(section: Section, part: Thawed) -> None:
    """The rows of a sheet; those of registers stay as they are."""
    if section.kind == "action_plan_sheet":
        write_sheet(section, tables_of(part.rows))


def tables_of(blocks: Iterable[dict[str, Any]]) -> SheetTables:
    """The field tables of a frozen sheet: the one about the area, and the one with the working groups."""
    area: list[TableRow] = []
    group: list[TableRow] = []
    header: list[str] = []
    for block in blocks:
        if block["type"] != "field_table":
            continue
        rows = _rows(block)
        if block["id"].endswith("-area"):
            area += rows
        else:
            group, header = [*group, *rows], list(block["header"])
    return SheetTables(header[0] if header else "", header[1:], area, group)


def _rows(block: dict[str, Any]) -> list[TableRow]:
    """Rows of a frozen table; which field of the template each is, the history of the fields knows."""
    known = SheetField.history.filter(id__in=[row["id"] for row in block["rows"]])
    keys = {str(id_): key for id_, key in known.order_by("history_date").values_list("id", "key")}
    return [
        TableRow(
            row["label"],
            [TableCell(cell["html"], cell["open"]) for cell in row["cells"]],
            keys.get(row["id"], ""),
            row["id"],
        )
        for row in block["rows"]
    ]


def _write_areas(annex: Annex, parts: list[Thawed], *, by: User) -> None:
    """The register of areas as the version has it: those that it does not have are no longer prioritised."""
    if annex.kind != AnnexKind.SITUATIONAL_PICTURE:
        return
    agreement = annex.agreement
    known = {str(area.pk): area for area in agreement.priority_areas.all()}
    top = min(part.level for part in parts)
    parent: PriorityArea | None = None
    for position, part in enumerate(parts, start=1):
        area = known.pop(part.id, None) or PriorityArea(agreement=agreement)
        area.title, area.description = plain(part.heading), part.whole_html
        area.part_of, area.position = (parent if part.level > top else None), position
        area.is_left_out, area.version = False, area.version + (0 if area._state.adding else 1)
        remember_why(area, _("Fetched from an earlier version"), by=by)
        area.save()
        parent = area if part.level == top else parent
    for area in known.values():
        if not area.is_left_out:
            area.is_left_out = True
            remember_why(area, _("Area left out"), by=by)
            area.save()


def _place(order: list[Section], rest: list[Section], *, by: User) -> None:
    for section in rest:
        if not section.is_left_out:
            section.is_left_out = True
            remember_why(section, _("Section left out"), by=by)
            section.save()
    for position, section in enumerate([*order, *rest], start=1):
        section.position = position
    Section.objects.bulk_update([*order, *rest], ["position"])
