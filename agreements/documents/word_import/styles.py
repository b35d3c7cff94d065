"""The styles of a file: what a paragraph is, told by name, by id, by outline level and by the style it is based on.

What the names mean stands in ``style_names``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agreements.documents.word_import.looks import NOTHING, RunLook, read_look
from agreements.documents.word_import.ooxml import child, number, q, val
from agreements.documents.word_import.style_names import BODY_OUTLINE, Kind, kind_of

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element

STYLE, STYLE_ID, STYLE_TYPE, IS_DEFAULT = q("w:style"), q("w:styleId"), q("w:type"), q("w:default")
LEFT, START, FIRST_LINE, HANGING = q("w:left"), q("w:start"), q("w:firstLine"), q("w:hanging")
TITLES = (Kind.TITLE, Kind.SUBTITLE)
OWN_NAMES = ("title", "subtitle")  # Word's; "Rubrik" and "Underrubrik" are also what people call headings
MAX_DEPTH = 30  # of styles based on styles; a ring ends here


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with everything it inherits. ``level`` is 1–9 of a heading, 0–4 of a list style."""

    kind: Kind = Kind.BODY
    level: int = 0
    look: RunLook = NOTHING
    outline: int | None = None
    numbering: int | None = None
    numbering_level: int | None = None
    indent: int | None = None
    style_id: str = ""

    def as_body(self) -> Style:
        """The same look on running text."""
        return replace(self, kind=Kind.BODY, level=0, outline=None)


@dataclass(frozen=True, slots=True)
class TableStyle:
    """A table style: whether it draws lines, and whether it sets off the first row and the first column."""

    has_borders: bool = False
    marks_first_row: bool = False
    marks_first_column: bool = False


def indent_of(properties: Element | None) -> int | None:
    """Where the first line begins, in twentieths of a point; None when nothing is said."""
    indent = child(properties, "w:ind")
    if indent is None:
        return None
    left = number(indent.get(LEFT) or indent.get(START)) or 0
    return left + (number(indent.get(FIRST_LINE)) or 0) - (number(indent.get(HANGING)) or 0)


class Styles:
    """The styles by id. An id that the file does not define is still understood by its name."""

    def __init__(self, root: Element | None) -> None:
        elements = [] if root is None else list(root.iter(STYLE))
        self._elements = {element.get(STYLE_ID, ""): element for element in elements}
        self.defaults = read_look(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        self._default_ids = {
            element.get(STYLE_TYPE): element.get(STYLE_ID, "")
            for element in elements
            if element.get(IS_DEFAULT) in ("1", "true", "on")
        }
        self._paragraph: dict[str, Style] = {}
        self._character: dict[str, RunLook] = {}
        self._table: dict[str, TableStyle] = {}

    def paragraph(self, style_id: str | None) -> Style:
        """The paragraph style of that id, or the file's default."""
        wanted = style_id or self._default_ids.get("paragraph", "")
        if wanted not in self._paragraph:
            self._paragraph[wanted] = self._read_paragraph(wanted, MAX_DEPTH)
        return self._paragraph[wanted]

    def _read_paragraph(self, style_id: str, depth: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or not depth:
            kind, level = kind_of(style_id) or (Kind.BODY, 0)
            return Style(kind, level, style_id=style_id)
        base_id = val(element, "w:basedOn")
        base = self._read_paragraph(base_id, depth - 1) if base_id else Style()
        return _inherit(element, base, style_id)

    def character(self, style_id: str | None) -> RunLook:
        """The look of a character style."""
        if not style_id:
            return NOTHING
        if style_id not in self._character:
            self._character[style_id] = self._read_character(style_id, MAX_DEPTH)
        return self._character[style_id]

    def _read_character(self, style_id: str, depth: int) -> RunLook:
        element = self._elements.get(style_id)
        if element is None or not depth:
            return NOTHING
        base_id = val(element, "w:basedOn")
        base = self._read_character(base_id, depth - 1) if base_id else NOTHING
        return read_look(child(element, "w:rPr")).over(base)

    def table(self, style_id: str | None) -> TableStyle:
        """The table style of that id, or the file's default."""
        wanted = style_id or self._default_ids.get("table", "")
        if wanted not in self._table:
            self._table[wanted] = self._read_table(wanted, MAX_DEPTH)
        return self._table[wanted]

    def _read_table(self, style_id: str, depth: int) -> TableStyle:
        element = self._elements.get(style_id)
        if element is None or not depth:
            return TableStyle()
        base_id = val(element, "w:basedOn")
        base = self._read_table(base_id, depth - 1) if base_id else TableStyle()
        parts = {part.get(STYLE_TYPE) for part in element.iter(q("w:tblStylePr")) if len(part)}
        borders = draws_lines(child(element, "w:tblPr", "w:tblBorders"))
        return TableStyle(
            base.has_borders if borders is None else borders,
            base.marks_first_row or "firstRow" in parts,
            base.marks_first_column or "firstCol" in parts,
        )

    def numbering_of(self, style_id: str) -> int | None:
        """The list that a numbering style stands for (``numStyleLink``)."""
        return number(val(self._elements.get(style_id), "w:pPr", "w:numPr", "w:numId"))


def draws_lines(borders: Element | None) -> bool | None:
    """Whether any line is drawn; None when nothing is said about lines."""
    if borders is None or not len(borders):
        return None
    return any(line.get(q("w:val"), "none") not in ("none", "nil") for line in borders)


def _inherit(element: Element, base: Style, style_id: str) -> Style:
    properties = child(element, "w:pPr")
    outline = number(val(properties, "w:outlineLvl"))
    indent = indent_of(properties)
    numbering = number(val(properties, "w:numPr", "w:numId"))
    level = number(val(properties, "w:numPr", "w:ilvl"))
    style = replace(
        base,
        look=read_look(child(element, "w:rPr")).over(base.look),
        outline=base.outline if outline is None else outline,
        numbering=base.numbering if numbering is None else numbering,
        numbering_level=base.numbering_level if level is None else level,
        indent=base.indent if indent is None else indent,
        style_id=style_id,
    )
    return _with_kind(style, val(element, "w:name") or "", outline)


def _with_kind(style: Style, name: str, own_outline: int | None) -> Style:
    named = kind_of(name) or kind_of(style.style_id)
    is_heading = own_outline is not None and own_outline < BODY_OUTLINE
    if named and not (is_heading and named[0] in TITLES and name.casefold() not in OWN_NAMES):
        return replace(style, kind=named[0], level=named[1])
    if own_outline is not None and is_heading:
        return replace(style, kind=Kind.HEADING, level=own_outline + 1)
    if own_outline is not None and style.kind == Kind.HEADING:
        return replace(style, kind=Kind.BODY, level=0)
    return style
