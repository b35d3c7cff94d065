"""Reads a paragraph, joins paragraphs whose mark was deleted while changes were tracked, and large first letters with
the words that they begin, and counts the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import Block, Paragraph, Table, paragraphs_in
from agreements.documents.word_import.inline import InlineReader
from agreements.documents.word_import.ooxml import GONE, child, left_of, number, q, val
from agreements.documents.word_import.pieces import is_empty
from agreements.documents.word_import.styles import indent_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.documents.word_import.numbering import Numbering
    from agreements.documents.word_import.ooxml import Element
    from agreements.documents.word_import.story import Story
    from agreements.documents.word_import.styles import Style


def read_paragraph(element: Element, story: Story) -> Paragraph:
    """Read a ``w:p``."""
    properties = child(element, "w:pPr")
    style = story.book.styles.paragraph(val(properties, "w:pStyle"))
    reader = InlineReader(story, style)
    reader.read(element)
    if reader.struck.words:
        story.book.finds.at("struck", reader.struck.words)
    paragraph = Paragraph(reader.pieces, style, number(val(properties, "w:outlineLvl")), boxes=reader.boxes)
    _take_list(paragraph, properties, story)
    paragraph.indent = next((i for i in (indent_of(properties), style.indent) if i is not None), 0)
    paragraph.left = left_of(properties)
    mark = child(properties, "w:rPr")
    paragraph.is_mark_deleted = mark is not None and any(inner.tag in GONE for inner in mark)
    frame = child(properties, "w:framePr")
    paragraph.is_drop_cap = frame is not None and frame.get(q("w:dropCap"), "none") != "none"
    return paragraph


def _take_list(paragraph: Paragraph, properties: Element | None, story: Story) -> None:
    """Set the list of a paragraph: its own, else its style's. List 0 means "in no list"."""
    style = paragraph.style
    own = number(val(properties, "w:numPr", "w:numId"))
    level = number(val(properties, "w:numPr", "w:ilvl"))
    paragraph.list_id = style.numbering if own is None else own
    if level is not None or own is not None:
        paragraph.list_level = level or 0
    elif paragraph.list_id:
        paragraph.list_level = _level_of_style(paragraph.list_id, style, story)


def _level_of_style(list_id: int, style: Style, story: Story) -> int:
    if style.numbering_level is not None:
        return style.numbering_level
    return story.book.numbering.level_of_style(list_id, style.style_id)


def settled(blocks: list[Block]) -> list[Block]:
    """Join paragraphs whose mark was deleted, and drop caps, with the next one."""
    kept: list[Block] = []
    carried: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            kept += [carried, block] if carried is not None else [block]
            carried = None
            continue
        if carried is not None:
            block.pieces = carried.pieces + block.pieces
            block.boxes = carried.boxes + block.boxes
        carried = block if block.is_mark_deleted or block.is_drop_cap else None
        if carried is None:
            kept.append(block)
    if carried is not None and not (is_empty(carried.pieces) and not carried.boxes):
        kept.append(carried)
    return kept


def count_lists(blocks: Iterable[Block], numbering: Numbering) -> None:
    """Count the lists of a whole text in reading order: one may go on through the cells of a table."""
    for paragraph in paragraphs_in(blocks):
        if paragraph.list_id:
            paragraph.numbered = numbering.count(paragraph.list_id, paragraph.list_level)
