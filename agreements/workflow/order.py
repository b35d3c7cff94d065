"""Moving a section with its sub-sections in the outline: pure list work on rows that know their level."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agreements.models import Section

DEEPEST = 3


class Direction(StrEnum):
    """Where a section can be moved. TO means after another section, whose level it takes."""

    UP = "up"
    DOWN = "down"
    INDENT = "indent"
    OUTDENT = "outdent"
    TO = "to"


def branch_end(rows: Sequence[Section], start: int) -> int:
    """The index after the last sub-section of the row at ``start``."""
    level = rows[start].level
    return next((at for at in range(start + 1, len(rows)) if rows[at].level <= level), len(rows))


def ancestors(rows: Sequence[Section], start: int) -> list[Section]:
    """The sections that the row at ``start`` stands under, the nearest first."""
    found, level = [], rows[start].level
    for row in reversed(rows[:start]):
        if row.level < level:
            found.append(row)
            level = row.level
    return found


def _sibling_before(rows: Sequence[Section], start: int) -> int | None:
    """The nearest earlier section at the same level under the same parent that is not left out."""
    level = rows[start].level
    for at in range(start - 1, -1, -1):
        if rows[at].level < level:
            return None
        if rows[at].level == level and not rows[at].is_left_out:
            return at
    return None


def _sibling_after(rows: Sequence[Section], start: int) -> int | None:
    level, at = rows[start].level, branch_end(rows, start)
    while at < len(rows) and rows[at].level == level:
        if not rows[at].is_left_out:
            return at
        at = branch_end(rows, at)
    return None


def _shifted(branch: list[Section], by: int) -> list[Section] | None:
    if any(not 1 <= row.level + by <= DEEPEST for row in branch):
        return None
    for row in branch:
        row.level += by
    return branch


def moved(
    rows: list[Section], section: Section, direction: Direction, target: Section | None = None
) -> list[Section] | None:
    """The rows in their new order with their new levels, or None when the move is not possible.

    ``target`` (only for TO) is the section after which, with its sub-sections, it comes; None means first.
    Sections that are left out are stepped over, for nobody sees them.
    """
    start = rows.index(section)
    end = branch_end(rows, start)
    branch, rest = rows[start:end], rows[:start] + rows[end:]
    match direction:
        case Direction.UP:
            before = _sibling_before(rows, start)
            return None if before is None else rest[:before] + branch + rest[before:]
        case Direction.DOWN:
            after = _sibling_after(rows, start)
            if after is None:
                return None
            at = branch_end(rows, after) - len(branch)
            return rest[:at] + branch + rest[at:]
        case Direction.INDENT:
            return None if _sibling_before(rows, start) is None or not _shifted(branch, 1) else rows
        case Direction.OUTDENT:
            return rows if _shifted(branch, -1) else None
        case Direction.TO:
            return _placed(rest, branch, target)


def _placed(rest: list[Section], branch: list[Section], target: Section | None) -> list[Section] | None:
    if target is not None and target not in rest:
        return None
    at = 0 if target is None else branch_end(rest, rest.index(target))
    level = 1 if target is None else target.level
    if not _shifted(branch, level - branch[0].level):
        return None
    return rest[:at] + branch + rest[at:]
