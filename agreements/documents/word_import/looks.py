"""How a run of text looks, as far as it tells what the text is: bold, size, hidden, struck, raised, language, font."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import child, is_on, number, q, val
from agreements.documents.word_import.raised import SUBSCRIPT, SUPERSCRIPT

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element

ASCII_FONT, EAST_ASIAN_FONT = q("w:ascii"), q("w:hAnsi")
DEFAULT_SIZE = 20  # half-points; what Word takes when nothing says a size
SMALL = 0.85  # of the paragraph's own size


@dataclass(frozen=True, slots=True)
class RunLook:
    """What one place (a style, a run) says about the look; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    size: int | None = None  # half-points
    language: str | None = None
    font: str | None = None
    position: str | None = None  # "superscript", "subscript" or "baseline"
    struck: bool | None = None
    lift: int | None = None  # above the line, in half-points; below it when negative

    def over(self, below: RunLook) -> RunLook:
        """This look where it says something, else the one below (a style over the style it is based on)."""
        return RunLook(*(
            above if above is not None else under
            for above, under in ((getattr(self, f.name), getattr(below, f.name)) for f in fields(self))
        ))  # fmt: skip


NOTHING = RunLook()


def read_look(properties: Element | None) -> RunLook:
    """Read ``w:rPr``."""
    if properties is None or not len(properties):
        return NOTHING
    fonts = child(properties, "w:rFonts")
    return RunLook(
        is_on(properties, "w:b"),
        is_on(properties, "w:i"),
        is_on(properties, "w:vanish"),
        number(val(properties, "w:sz")),
        val(properties, "w:lang"),
        None if fonts is None else fonts.get(ASCII_FONT) or fonts.get(EAST_ASIAN_FONT),
        val(properties, "w:vertAlign"),
        _either(is_on(properties, "w:strike"), is_on(properties, "w:dstrike")),
        number(val(properties, "w:position")),
    )


def _either(one: bool | None, other: bool | None) -> bool | None:
    return one or other if one is not None else other


def effective(direct: RunLook, character: RunLook, paragraph: RunLook, defaults: RunLook) -> RunLook:
    """The look that a reader sees.

    Bold, italic, hidden and struck are toggles: set in the character style and in the paragraph style, they cancel each
    other out (ECMA-376 part 1, 17.7.3). A language counts only where the text says it, not the default. Some programs
    write raised and lowered text as small text that is lifted.
    """
    size = direct.size or character.size or paragraph.size or defaults.size or DEFAULT_SIZE
    usual = paragraph.size or defaults.size or DEFAULT_SIZE
    lift = (direct.lift or character.lift or 0) if size <= SMALL * usual else 0
    lifted = SUPERSCRIPT if lift > 0 else SUBSCRIPT if lift < 0 else None
    return RunLook(
        _toggled(direct.bold, character.bold, paragraph.bold),
        _toggled(direct.italic, character.italic, paragraph.italic),
        _toggled(direct.hidden, character.hidden, paragraph.hidden),
        size,
        direct.language or character.language or paragraph.language,
        direct.font or character.font or paragraph.font,
        direct.position or character.position or paragraph.position or lifted,
        _toggled(direct.struck, character.struck, paragraph.struck),
    )


def _toggled(direct: bool | None, character: bool | None, paragraph: bool | None) -> bool:
    return direct if direct is not None else bool(character) != bool(paragraph)
