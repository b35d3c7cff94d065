"""The levels of lists: how numbers are written, and the label that Word would show."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import child, is_on, left_of, number, q, val

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element

ILVL = q("w:ilvl")
UNORDERED = frozenset({"bullet", "none"})
MOST_ROMAN, MOST_LETTERS = 3999, 26 * 26  # further on the letters only grow in number
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format of its number, the text around it ("%1.%2"), where it starts."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    restarts_after: int | None = None
    style_id: str = ""
    indent: int | None = None  # of the text, in twentieths of a point
    is_legal: bool = False

    @property
    def has_words(self) -> bool:
        """Whether it says more than a number or a sign: "Mål %1:"."""
        return sum(map(str.isalpha, re.sub("%[1-9]", "", self.text))) > 1


def read_levels(abstract: Element) -> dict[int, Level]:
    """The levels of an abstract list."""
    return {number(element.get(ILVL)) or 0: read_level(element) for element in abstract.iter(q("w:lvl"))}


def read_level(element: Element) -> Level:
    """Read one ``w:lvl``."""
    start = number(val(element, "w:start"))
    is_picture = child(element, "w:lvlPicBulletId") is not None
    level = Level(
        val(element, "w:numFmt") or "decimal",
        (val(element, "w:lvlText") or "").strip() or "•" if is_picture else val(element, "w:lvlText") or "",
        0 if start is None else start,
        number(val(element, "w:lvlRestart")),
        val(element, "w:pStyle") or "",
        left_of(child(element, "w:pPr")),
        bool(is_on(element, "w:isLgl")),
    )
    return replace(level, start=1) if start is None and level.format not in UNORDERED else level


def label_of(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    """The sign or number that stands before the paragraph ("2.1", "b)", "•")."""
    if level.format in UNORDERED:
        return level.text if level.format == "bullet" else re.sub("%[1-9]", "", level.text)

    def shown(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        format_ = "decimal" if level.is_legal else levels.get(depth, Level()).format
        return in_format(counters.get(depth, levels.get(depth, Level()).start), format_)

    return re.sub(r"%([1-9])", shown, level.text)


def in_format(value: int, format_: str) -> str:
    """A number in one of Word's formats; formats of other scripts are shown as digits."""
    match format_:
        case "lowerLetter" | "upperLetter" if 0 < value <= MOST_LETTERS:
            text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman" if 0 < value <= MOST_ROMAN:
            text = _roman(value)
        case "decimalZero":
            text = f"{value:02d}"
        case "none":
            text = ""
        case _:
            text = str(value)
    return text.upper() if format_.startswith("upper") else text


def _roman(value: int) -> str:
    text = ""
    for amount, sign in ROMAN:
        while value >= amount:
            text, value = text + sign, value - amount
    return text
