"""Where the parts of a Word file land among the sections of a template. Nothing is reordered and no word is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from agreements.documents.sanitise import clean_rich_text
from agreements.documents.word_import.heading_words import EXACT, SAME_WORDS, SYNONYM, likeness, plain_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.documents.word_import.text import WordPart

DEEPEST_SECTION = 3


class TemplateHeading(NamedTuple):
    """A section of a template: its key, its heading as people read it (plain words), its level 1–3."""

    key: str
    heading: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Placing:
    """A section to be: the template's of that key, or a new one where the key is empty.

    The heading is the file's own wording. ``parts`` are the indexes of the parts that it is made of: a heading and,
    as sub-headings in the body, the headings of the fourth level below it. A section without a heading holds the text
    before the first one.
    """

    key: str
    level: int
    heading: str
    body: str
    is_numbered: bool = False
    typed_number: str = ""
    parts: tuple[int, ...] = ()


def place(parts: Sequence[WordPart], template: Sequence[TemplateHeading]) -> list[Placing]:
    """The sections that the parts make, in the order of the file; each key of the template at most once."""
    raised = _raised(parts)
    placings: list[Placing] = []
    for index, part in enumerate(raised):
        if part.level > DEEPEST_SECTION and placings:
            placings[-1] = _with_sub_heading(placings[-1], part, index)
        else:
            placings.append(_section(part, index))
    keys = _keys(placings, template)
    return [replace(placing, key=keys.get(index, "")) for index, placing in enumerate(placings)]


def _raised(parts: Sequence[WordPart]) -> list[WordPart]:
    """The parts with the highest heading on level 1, where a file uses level 1 for nothing but its title."""
    highest = min((part.level for part in parts if part.level), default=1)
    return [replace(part, level=part.level - highest + 1) if part.level else part for part in parts]


def _section(part: WordPart, index: int) -> Placing:
    level = 1 if part.level > DEEPEST_SECTION else max(part.level, 1)
    return Placing("", level, part.heading, part.body, bool(part.typed_number), part.typed_number, (index,))


def _with_sub_heading(placing: Placing, part: WordPart, index: int) -> Placing:
    number = f"{part.typed_number} " if part.typed_number and not part.is_numbered_by_word else ""
    body = f"{placing.body}<h4>{number}{part.heading}</h4>{part.body}"
    return replace(placing, body=clean_rich_text(body), parts=(*placing.parts, index))


def _keys(placings: Sequence[Placing], template: Sequence[TemplateHeading]) -> dict[int, str]:
    """The template's key of each placing that has one, by its index: upper levels first, the best likeness first."""
    matcher = _Matcher(placings, template)
    for level in range(1, DEEPEST_SECTION + 1):
        for degree in (EXACT, SAME_WORDS, SYNONYM):
            matcher.match(level, degree)
    return {placed: template[wanted].key for placed, wanted in matcher.found.items()}


class _Matcher:
    """Finds for each heading of the file the heading of the template that says the same under the same heading."""

    def __init__(self, placings: Sequence[Placing], template: Sequence[TemplateHeading]) -> None:
        self._template = template
        self._placings = placings
        self._wanted = [plain_heading(heading.heading) for heading in template]
        self._words = [plain_heading(placing.heading) for placing in placings]
        self._above = _above([placing.level for placing in placings])
        self._above_wanted = _above([heading.level for heading in template])
        self.found: dict[int, int] = {}

    def match(self, level: int, degree: int) -> None:
        """Match what is still free on one level of the template with at least this likeness."""
        for placed in range(len(self._placings)):
            if placed in self.found:
                continue
            for wanted, heading in enumerate(self._template):
                if heading.level == level and self._fits(placed, wanted, degree):
                    self.found[placed] = wanted
                    break

    def _fits(self, placed: int, wanted: int, degree: int) -> bool:
        is_free = wanted not in self.found.values()
        is_near = self._placings[placed].level <= self._template[wanted].level + 1
        if not (is_free and is_near) or likeness(self._words[placed], self._wanted[wanted]) < degree:
            return False
        return self._is_under_the_same(placed, wanted) or self._is_the_only_one(placed, wanted)

    def _is_under_the_same(self, placed: int, wanted: int) -> bool:
        above, above_wanted = self._above[placed], self._above_wanted[wanted]
        if above_wanted is None:
            return True
        return above is not None and self.found.get(above) == above_wanted

    def _is_the_only_one(self, placed: int, wanted: int) -> bool:
        """Whether the heading cannot mean another section, so that it does not matter what it stands under."""
        is_only_wanted = self._wanted.count(self._wanted[wanted]) == 1
        return is_only_wanted and self._words.count(self._words[placed]) == 1


def _above(levels: Sequence[int]) -> list[int | None]:
    """For each heading the index of the one that it stands under."""
    found: list[int | None] = []
    for index, level in enumerate(levels):
        found.append(next((other for other in range(index - 1, -1, -1) if levels[other] < level), None))
    return found
