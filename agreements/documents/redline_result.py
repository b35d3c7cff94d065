"""What a comparison gives: sections to show, changes to list, and how many there are."""

from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

SectionKind = Literal["unchanged", "changed", "added", "removed", "moved", "trace"]
ChangeKind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in plain words. ``was`` and ``became`` may be empty; of a move they say where it stood."""

    section_id: str
    section_title: str
    kind: ChangeKind
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class RedlineSection:
    """One section of both versions. Pages fold those that are not ``is_changed``.

    ``kind`` "moved" stands in its new place, maybe with changes; "trace" is the sentence in the old one.
    ``old_place`` and ``new_place`` are its places in the versions, None where it is not in one.
    ``is_edited``: it is in both, and does not say the same; a section may have moved without that.
    """

    id: str
    title: str
    kind: SectionKind
    is_changed: bool
    html: SafeString
    old_place: int | None
    new_place: int | None
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """How many sections changed, came, went and stand elsewhere; a moved one with changes counts twice."""

    changed: int = 0
    added: int = 0
    removed: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Redline:
    """Sections in the order to show them; ``notes_html`` is the list of notes where they stand at the end."""

    sections: tuple[RedlineSection, ...]
    changes: tuple[Change, ...]
    summary: Summary
    notes_html: SafeString

    @property
    def html(self) -> SafeString:
        """All of it in one piece, as in print."""
        return mark_safe("".join(section.html for section in self.sections) + self.notes_html)  # noqa: S308

    @property
    def is_empty(self) -> bool:
        """Whether the two versions say the same."""
        return not any(section.is_changed for section in self.sections)
