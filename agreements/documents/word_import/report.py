"""What was found in a file and where it went: one line for each thing, as data, with a sentence for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from agreements.documents.word_import import messages

if TYPE_CHECKING:
    from collections.abc import Iterator


class LineKind(StrEnum):
    """What a line of the report is about."""

    FOUND = "found"
    CHANGED = "changed"  # came in, but not as it stood
    NOT_UNDERSTOOD = "not_understood"  # came in as plain paragraphs or as an empty frame
    LEFT_OUT = "left_out"  # deliberately; the words are named
    ASK = "ask"  # a person has to decide


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``what`` is its name for programs, ``place`` words of the text by which the place is found."""

    kind: LineKind
    what: str
    count: int
    place: str = ""

    @property
    def message(self) -> str:
        """The sentence in the language in force when it is asked for."""
        return messages.sentence(self.what, self.count, self.place)

    @property
    def opening(self) -> str:
        """The same with the beginning of ``place``, for a page that folds the rest; "" when it is short already."""
        beginning = shortened(self.place)
        return "" if beginning == self.place else messages.sentence(self.what, self.count, beginning)


@dataclass(frozen=True, slots=True)
class Report:
    """All lines, in the order in which people want to read them."""

    lines: tuple[Line, ...] = ()

    def of(self, kind: LineKind) -> Iterator[Line]:
        """The lines of one kind."""
        return (line for line in self.lines if line.kind == kind)

    def count(self, what: str) -> int:
        """How many of something there were."""
        return sum(line.count for line in self.lines if line.what == what)

    @property
    def names_damage(self) -> bool:
        """Whether a part of the file could not be read, so that nobody can say that everything came along."""
        return any(line.what in messages.DAMAGED for line in self.lines)


KINDS = {
    LineKind.FOUND: messages.FOUND,
    LineKind.CHANGED: messages.CHANGED,
    LineKind.NOT_UNDERSTOOD: messages.NOT_UNDERSTOOD,
    LineKind.LEFT_OUT: messages.LEFT_OUT,
    LineKind.ASK: messages.ASK,
}
KIND_OF = {what: kind for kind, sentences in KINDS.items() for what in sentences}
PLACE_LENGTH = 120


@dataclass(slots=True)
class Finds:
    """The report while the file is being read."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[tuple[str, str], None] = field(default_factory=dict)  # in order, each once

    def add(self, what: str, count: int = 1) -> None:
        """Count something that gets one line however often it occurs."""
        self.counts[what] += count

    def at(self, what: str, place: str) -> None:
        """Note something that gets a line for each place; the same words in the same way get one line.

        What is left out is kept whole: its words stand nowhere else. Of the rest the beginning is enough to find it.
        """
        words = " ".join(place.split())
        self.places[what, words if KIND_OF[what] == LineKind.LEFT_OUT else shortened(words)] = None

    def report(self) -> Report:
        """The finished report: first what was found, then what became of it."""
        lines = [Line(KIND_OF[what], what, count) for what, count in self.counts.items() if count]
        lines += [Line(KIND_OF[what], what, 1, place) for what, place in self.places]
        order = list(KINDS)
        whats = [what for sentences in KINDS.values() for what in sentences]
        lines.sort(key=lambda line: (order.index(line.kind), whats.index(line.what)))
        return Report(tuple(lines))


def shortened(place: str) -> str:
    """The beginning of a passage, enough to find it."""
    text = " ".join(place.split())
    return text if len(text) <= PLACE_LENGTH else f"{text[:PLACE_LENGTH].rsplit(' ', 1)[0]} …"
