"""The sections of an annex made to be what a Word file says. No section is deleted: what the file does not have is
left out, and can be restored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.word_import.heading_words import plain_heading
from agreements.models import Annex, Section
from agreements.workflow.structure import write_order
from agreements.workflow.word_plan import SHEET, TEXT, Planned
from agreements.workflow.word_sheets import write_proposed_sheet
from samverkan.accounts.models import User
from samverkan.history import remember_why

FAR = 10_000
"""Positions that no section has yet, until the order is written."""


@dataclass
class Found:
    """The sections that an annex has, handed out once each to what is to stand in them."""

    free: list[Section] = field(default_factory=list)

    def take(self, row: Planned) -> Section | None:
        """The section of the row's place in the template; of one of the text's own, that with the same heading.
        Those that are shown come before those that were left out."""
        fitting = [section for section in self.free if self._fits(section, row)]
        found = min(fitting, key=lambda section: section.is_left_out, default=None)
        if found is not None:
            self.free.remove(found)
        return found

    def _fits(self, section: Section, row: Planned) -> bool:
        if row.key or section.template_key:
            return section.template_key == row.key
        return section.kind in (TEXT, SHEET) and plain_heading(section.heading) == plain_heading(row.heading)


def write_sections(annex: Annex, rows: Sequence[Planned], *, by: User | None) -> list[Section]:
    """Write the planned sections and their order; return them. The caller holds the lock on ``annex``."""
    before = list(annex.sections.select_for_update(of=("self",)))
    found = Found(list(before))
    written = [_write(annex, row, found.take(row), FAR + at, by=by) for at, row in enumerate(rows)]
    for section in found.free:
        _leave_out(section, by=by)
    write_order(annex, _in_order(before, written))
    return written


def _write(annex: Annex, row: Planned, known: Section | None, position: int, *, by: User | None) -> Section:
    section = known or Section(annex=annex, position=position, template_key=row.key)
    section.annex = annex
    was = None if known is None else _said(section)
    section.kind, section.level, section.is_left_out = row.kind, row.level, False
    section.heading, section.body, section.is_numbered = row.heading, row.body, row.is_numbered
    section.language, section.party = "", None
    if was != _said(section):
        section.version += 0 if known is None else 1
        section.edited_at, section.edited_by = timezone.now(), by
        remember_why(section, _("Taken in from Word"), by=by)
        section.save()
    if row.sheet is not None:
        write_proposed_sheet(section, row.sheet, by=by)
    return section


def _said(section: Section) -> tuple[object, ...]:
    return (
        section.kind, section.level, section.is_left_out, section.heading, section.body, section.is_numbered,
        section.language, section.party_id,
    )  # fmt: skip


def _leave_out(section: Section, *, by: User | None) -> None:
    if not section.is_left_out:
        section.is_left_out = True
        remember_why(section, _("Section left out"), by=by)
        section.save()


def _in_order(before: Iterable[Section], written: Sequence[Section]) -> list[Section]:
    """The file's order; what was left out stays behind the section that it stood behind."""
    behind: dict[object, list[Section]] = {None: []}
    shown = {section.pk for section in written}
    above: object = None
    for section in before:
        if section.pk in shown:
            above = section.pk
        else:
            behind.setdefault(above, []).append(section)
    ordered = list(behind[None])
    for section in written:
        ordered += [section, *behind.get(section.pk, [])]
    return ordered
