"""The outline of an annex: sections added, moved, left out, restored. No section is ever deleted."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agreements import section_kinds
from agreements.documents.addresses import clean_language
from agreements.documents.sanitise import clean_heading
from agreements.models import Annex, Party, Section
from agreements.policies.annex import may_edit
from agreements.workflow.order import DEEPEST, Direction, ancestors, branch_end, moved
from agreements.workflow.section import touch
from agreements.workflow.sheet_template import new_sheet
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused


def open_structure(annex: Annex, *, by: User) -> tuple[Annex, list[Section]]:
    """The annex, locked until the transaction ends, and its sections in order, without their texts.

    Raises TransitionRefused when ``by`` may not edit the annex.
    """
    annex = Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=annex.pk)
    if not (verdict := may_edit(by, annex)):
        raise TransitionRefused(verdict)
    return annex, list(annex.sections.defer("body"))


def write_order(annex: Annex, rows: list[Section]) -> None:
    """Number the rows from 1 in the order given, with the levels they have now. Writes no history: a section
    that only made room for another has not been changed by anybody. One that went along gets its line by ``_log``."""
    for position, row in enumerate(rows, start=1):
        row.position = position
    Section.objects.bulk_update(rows, ["position", "level"])
    _count_change(annex)


def _count_change(annex: Annex) -> None:
    Annex.objects.filter(pk=annex.pk).update(structure_version=F("structure_version") + 1)


def _log(section: Section, reason: str, *, by: User) -> Section:
    """One line in the history for what was done to the section. Its row is locked already: it was just written."""
    section = Section.objects.get(pk=section.pk)
    remember_why(section, reason, by=by)
    section.save()
    return section


@transaction.atomic
def add_section(
    annex: Annex, *, heading: str, by: User, after: Section | None = None, level: int = 1, kind: str = "text"
) -> Section:
    """Add a section after ``after`` with its sub-sections (None: at the end), at most one level below it.

    ``heading`` is inline HTML. Raises TransitionRefused, and LookupError for a kind that nobody registered.
    """
    annex, rows = open_structure(annex, by=by)
    section_kinds.get(kind)
    at = branch_end(rows, rows.index(after)) if after is not None else len(rows)
    section = Section(
        annex=annex,
        heading=clean_heading(heading),
        level=_fitting(rows, at, level, after),
        kind=kind,
        position=len(rows) + 1,
    )
    touch(section, by=by)
    remember_why(section, _("Section added"), by=by)
    section.save()
    write_order(annex, [*rows[:at], section, *rows[at:]])
    if kind == "action_plan_sheet":
        new_sheet(section)
    return section


def _fitting(rows: list[Section], at: int, level: int, after: Section | None) -> int:
    """The wished-for level, but never more than one below the section that it comes after."""
    above = after or (rows[at - 1] if at else None)
    return max(1, min(level, above.level + 1 if above else 1, DEEPEST))


@transaction.atomic
def move_section(section: Section, *, direction: Direction, by: User, target: Section | None = None) -> Section:
    """Move a section with its sub-sections: past its neighbour, a level in or out, or TO after ``target``.

    Raises TransitionRefused("cannot_move") when it stands first, last, or as deep as it can.
    """
    annex, rows = open_structure(section.annex, by=by)
    own = next(row for row in rows if row.pk == section.pk)
    levels = {row.pk: row.level for row in rows}
    ordered = moved(rows, own, direction, target)
    if ordered is None:
        raise TransitionRefused(refused("cannot_move", _("The section cannot be moved further that way.")))
    write_order(annex, ordered)
    for row in ordered:
        if row.pk != own.pk and row.level != levels[row.pk]:
            _log(row, _("Section moved"), by=by)
    return _log(own, _("Section moved"), by=by)


@transaction.atomic
def leave_out(section: Section, *, by: User) -> Section:
    """Take a section with its sub-sections out of the text; what was written stays and can be restored."""
    annex, rows = open_structure(section.annex, by=by)
    start = rows.index(section)
    _mark(annex, rows[start : branch_end(rows, start)], is_left_out=True, reason=_("Section left out"), by=by)
    return Section.objects.get(pk=section.pk)


@transaction.atomic
def restore(section: Section, *, by: User) -> Section:
    """Bring a section back with its sub-sections, and with the sections that it stands under."""
    annex, rows = open_structure(section.annex, by=by)
    start = rows.index(section)
    branch = [*ancestors(rows, start), *rows[start : branch_end(rows, start)]]
    _mark(annex, branch, is_left_out=False, reason=_("Section restored"), by=by)
    return Section.objects.get(pk=section.pk)


def _mark(annex: Annex, rows: list[Section], *, is_left_out: bool, reason: str, by: User) -> None:
    """Each of ``rows`` that was not so already, with a line of its own in the history: what went along was done by the
    same person, and must not be told as the next one's who writes in it."""
    changed = [row for row in rows if row.is_left_out != is_left_out]
    for row in changed:
        row.is_left_out = is_left_out
    Section.objects.bulk_update(changed, ["is_left_out"])
    for row in changed:
        _log(row, reason, by=by)
    _count_change(annex)


@transaction.atomic
def describe_section(section: Section, *, is_numbered: bool, language: str, party: Party | None, by: User) -> Section:
    """Set what is said about a section beside its text: whether its heading is numbered, its language (a tag
    such as "en"; empty: the document's), and the party it comes from."""
    open_structure(section.annex, by=by)
    section = Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
    if party is not None and party.agreement_id != section.annex.agreement_id:
        raise TransitionRefused(refused("other_agreement", _("That party belongs to another agreement.")))
    section.is_numbered, section.language, section.party = is_numbered, clean_language(language), party
    remember_why(section, _("Section described"), by=by)
    section.save()
    return section
