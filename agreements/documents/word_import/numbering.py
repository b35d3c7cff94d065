"""Real lists: what numbering.xml says about a paragraph, and the number that Word would show there.

Source: ECMA-376 part 1, 17.9. Counters belong to the abstract list, so that several ``w:num`` of one abstract list
go on counting from each other; an override of the start counts anew, once per ``w:num``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agreements.documents.word_import.list_levels import UNORDERED, Level, label_of, read_level, read_levels
from agreements.documents.word_import.ooxml import child, number, q, val

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element
    from agreements.documents.word_import.styles import Styles

ILVL = q("w:ilvl")
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Numbered:
    """The place of one paragraph in its list. ``label`` is the sign or number as Word shows it."""

    list_id: int
    level: int
    is_ordered: bool
    value: int
    label: str
    is_plain: bool = True  # counted 1, 2, 3 and shown alone
    is_blank: bool = False  # a list with no sign at all: text set in to stand under an item
    is_broken: bool = False  # the file has no such list
    indent: int | None = None  # that the list gives the text, in twentieths of a point
    has_words: bool = False  # the label says more than a number or a sign: "Mål 1:"


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """All lists of a file with their counters; ``count`` is called once per paragraph, in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract_of: dict[int, str] = {}
        self._overrides: dict[int, dict[int, Level]] = {}
        self._starts: dict[int, dict[int, int]] = {}
        self._started: set[int] = set()
        self._links: dict[str, str] = {}
        self._abstract: dict[str, _Abstract] = {}
        if root is not None:
            self._read_abstract_lists(root)
            self._read_lists(root)

    def _read_abstract_lists(self, root: Element) -> None:
        for element in root.iter(q("w:abstractNum")):
            key = element.get(q("w:abstractNumId"), "")
            self._abstract[key] = _Abstract(read_levels(element))
            if link := val(element, "w:numStyleLink"):
                self._links[key] = link

    def _read_lists(self, root: Element) -> None:
        for element in root.iter(q("w:num")):
            list_id = number(element.get(q("w:numId")))
            abstract = val(element, "w:abstractNumId")
            if list_id is None or abstract is None:
                continue
            self._abstract_of[list_id] = abstract
            self._overrides[list_id] = {}
            self._starts[list_id] = {}
            for override in element.iter(q("w:lvlOverride")):
                self._read_override(list_id, override)

    def _read_override(self, list_id: int, override: Element) -> None:
        depth = number(override.get(ILVL)) or 0
        if (start := number(val(override, "w:startOverride"))) is not None:
            self._starts[list_id][depth] = start
        if (level := child(override, "w:lvl")) is not None:
            self._overrides[list_id][depth] = read_level(level)

    def _find(self, list_id: int) -> _Abstract | None:
        key = self._abstract_of.get(list_id)
        linked = self._styles.numbering_of(self._links[key]) if key in self._links else None
        if linked is not None and linked != list_id:
            key = self._abstract_of.get(linked, key)
        return None if key is None else self._abstract.get(key)

    def level_of_style(self, list_id: int, style_id: str) -> int:
        """The level of a list that belongs to a paragraph style, 0 when none does."""
        abstract = self._find(list_id)
        levels = {} if abstract is None else abstract.levels
        return next((depth for depth, level in levels.items() if level.style_id == style_id), 0)

    def count(self, list_id: int, depth: int) -> Numbered:
        """Count one more paragraph of that list and level."""
        depth = min(max(depth, 0), LEVELS - 1)
        abstract = self._find(list_id)
        if abstract is None:
            return Numbered(list_id, depth, is_ordered=False, value=1, label="•", is_broken=True)
        levels = {**abstract.levels, **self._overrides.get(list_id, {})}
        self._start(list_id, abstract)
        self._advance(abstract.counters, levels, depth)
        return _numbered(list_id, depth, levels, abstract.counters)

    def _start(self, list_id: int, abstract: _Abstract) -> None:
        if list_id not in self._started:
            self._started.add(list_id)
            for depth, start in self._starts.get(list_id, {}).items():
                abstract.counters[depth] = start - 1

    @staticmethod
    def _advance(counters: dict[int, int], levels: dict[int, Level], depth: int) -> None:
        for above in range(depth):
            counters[above] = max(counters.get(above, 0), levels.get(above, Level()).start)
        counters[depth] = counters.get(depth, levels.get(depth, Level()).start - 1) + 1
        for below in range(depth + 1, LEVELS):
            restarts_after = levels.get(below, Level()).restarts_after
            if restarts_after is None or (restarts_after and depth < restarts_after):
                counters.pop(below, None)


def _numbered(list_id: int, depth: int, levels: dict[int, Level], counters: dict[int, int]) -> Numbered:
    level = levels.get(depth, Level())
    label = label_of(level, levels, counters)
    is_ordered = level.format not in UNORDERED and "%" in level.text
    return Numbered(
        list_id,
        depth,
        is_ordered,
        counters[depth],
        label,
        is_plain=level.format == "decimal" and level.text.count("%") == 1,
        is_blank=not is_ordered and not label.strip(),
        indent=level.indent,
        has_words=level.has_words,
    )
