"""The register of priority areas, edited in the draft of the situational picture (R72-R80)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.runs import clean_text
from agreements.documents.sanitise import clean_rich_text
from agreements.models import PriorityArea, Section
from agreements.policies.annex import may_edit
from agreements.states import AnnexKind
from agreements.workflow.joined_history import save_joined
from agreements.workflow.order import Direction
from agreements.workflow.section import Conflict, Saved, keep_aside, locked
from agreements.workflow.sitting import UNKNOWN, Sitting, note_save, own_turn
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

TITLE_LENGTH = 200


def _open(section: Section, area: PriorityArea | None, *, by: User) -> Section:
    """The section of the picture, locked: all that is done to areas waits in line there."""
    section = locked(section)
    if not (verdict := may_edit(by, section.annex)):
        raise TransitionRefused(verdict)
    is_theirs = section.kind == "priority_areas" and section.annex.kind == AnnexKind.SITUATIONAL_PICTURE
    if not is_theirs or (area is not None and area.agreement_id != section.annex.agreement_id):
        raise TransitionRefused(refused("other_place", _("These areas are not edited here.")))
    return section


def note_change(section: Section, *, by: User) -> None:
    """Note on the section that its rows were changed; the rows have the history, so the section gets none."""
    Section.objects.filter(pk=section.pk).update(edited_at=timezone.now(), edited_by=by)


@transaction.atomic
def add_area(
    section: Section, *, title: str, by: User, description: str = "", part_of: PriorityArea | None = None
) -> PriorityArea:
    """Add an area last, or last among the parts of ``part_of`` (two levels only)."""
    section = _open(section, part_of, by=by)
    agreement = section.annex.agreement
    if part_of is not None and part_of.part_of_id is not None:
        raise TransitionRefused(refused("two_levels", _("An area has parts, but a part has none.")))
    last = agreement.priority_areas.filter(part_of=part_of).aggregate(last=Max("position"))["last"] or 0
    area = PriorityArea(
        agreement=agreement,
        part_of=part_of,
        position=last + 1,
        title=clean_text(title).strip()[:TITLE_LENGTH],
        description=clean_rich_text(description),
    )
    remember_why(area, _("Area added"), by=by)
    area.save()
    note_change(section, by=by)
    return area


@transaction.atomic
def save_area(
    area: PriorityArea,
    *,
    section: Section,
    title: str,
    description: str,
    version: int,
    by: User,
    sitting: Sitting = UNKNOWN,
) -> Saved | Conflict:
    """Save title (plain words) and description (rich text) on the version that was read; as ``save_section``.

    A title that is too long is refused, and not cut: nobody would hear of the words that went.
    """
    section, row = _open(section, area, by=by), str(area.pk)
    area = PriorityArea.objects.select_for_update(of=("self",)).get(pk=area.pk)
    title, description = clean_text(title).strip(), clean_rich_text(description)
    turn = own_turn(section, area.version, sitting, row=row)
    is_overtaken = turn is not None and turn >= sitting.turn
    if is_overtaken or (area.title, area.description) == (title, description):
        return Saved(area.title, area.description, area.version, timezone.now())
    if area.version != version and turn is None:
        aside = keep_aside(section, row=row, heading=title, body=description, version=version, by=by, sitting=sitting)
        return Conflict(aside, area.version)
    if len(title) > TITLE_LENGTH:
        sentence = _("The name of an area has at most %(most)s characters.") % {"most": TITLE_LENGTH}
        raise TransitionRefused(refused("title_too_long", sentence))
    area.title, area.description, area.version = title, description, area.version + 1
    save_joined(area, reason=_("Text edited"), by=by)
    note_save(section, area.version, sitting, row=row)
    note_change(section, by=by)
    return Saved(title, description, area.version, timezone.now())


@transaction.atomic
def move_area(area: PriorityArea, *, section: Section, direction: Direction, by: User) -> PriorityArea:
    """Let the area change places with its neighbour, UP or DOWN, among the areas of its level.

    Raises TransitionRefused("cannot_move") when there is none, or when the area has been left out meanwhile.
    """
    section = _open(section, area, by=by)
    rows = list(area.agreement.priority_areas.filter(part_of=area.part_of_id, is_left_out=False))
    at = rows.index(area) if area in rows else len(rows)
    other = at - 1 if direction == Direction.UP else at + 1
    if area not in rows or not 0 <= other < len(rows):
        raise TransitionRefused(refused("cannot_move", _("The area cannot be moved further that way.")))
    rows[at], rows[other] = rows[other], rows[at]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            remember_why(row, _("Area moved"), by=by)
            row.save()
    note_change(section, by=by)
    return rows[other]


@transaction.atomic
def set_left_out(area: PriorityArea, *, section: Section, is_left_out: bool, by: User) -> PriorityArea:
    """Say that the area is no longer prioritised, or that it is again; its text and its number in the order stay."""
    section = _open(section, area, by=by)
    area = PriorityArea.objects.select_for_update(of=("self",)).get(pk=area.pk)
    area.is_left_out = is_left_out
    remember_why(area, _("Area left out") if is_left_out else _("Area restored"), by=by)
    area.save()
    note_change(section, by=by)
    return area
