"""What a comparison gives: sections to show, changes to list, and how many there are."""

from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

SectionKind = Literal["unchanged", "changed", "added", "removed", "moved", "trace"]
ChangeKind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in plain words. ``was`` and ``became`` may be empty; of a move they say where it stood.

    ``place`` says where in the section it is, where that has a name: the row and the column of a table, its heading.
    """

    section_id: str
    section_title: str
    kind: ChangeKind
    was: str
    became: str
    place: str = ""


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
    """How many sections changed, came, went and stand elsewhere; a moved one with changes counts twice.

    ``facts``: how many of the title, the scope and the like are others.
    """

    changed: int = 0
    added: int = 0
    removed: int = 0
    moved: int = 0
    facts: int = 0


@dataclass(frozen=True, slots=True)
class NoteLists:
    """The notes that the sections refer to, where they stand at the end: those that came, went or changed, and the
    rest. No note is in them twice."""

    changed: int = 0
    changed_html: SafeString = SafeString()
    unchanged: int = 0
    unchanged_html: SafeString = SafeString()

    @property
    def html(self) -> SafeString:
        """Both in one piece; "" without notes."""
        lists = self.changed_html + self.unchanged_html
        return mark_safe(f'<section class="notes">{lists}</section>' if lists else "")  # noqa: S308 -- escaped before


@dataclass(frozen=True, slots=True)
class Redline:
    """Sections in the order to show them. ``facts`` stands before them: the title, the scope and the like, where any
    of it is another; it is in neither of the documents as a section."""

    sections: tuple[RedlineSection, ...]
    changes: tuple[Change, ...]
    summary: Summary
    notes: NoteLists = NoteLists()
    facts: RedlineSection | None = None

    @property
    def shown(self) -> tuple[RedlineSection, ...]:
        """All that is shown, in order."""
        return (self.facts, *self.sections) if self.facts else self.sections

    @property
    def html(self) -> SafeString:
        """All of it in one piece, as in print."""
        return mark_safe("".join(section.html for section in self.shown) + self.notes.html)  # noqa: S308

    @property
    def is_empty(self) -> bool:
        """Whether the two versions say the same."""
        return not any(section.is_changed for section in self.shown)
