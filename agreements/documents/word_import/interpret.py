"""Understands a row of leaves: which paragraph is a heading, an item, a quotation, a caption, and which is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agreements.documents.word_import import bullets, outline
from agreements.documents.word_import.blocks import Paragraph, Table
from agreements.documents.word_import.captions import attach_captions
from agreements.documents.word_import.heading_numbers import HeadingNumbers
from agreements.documents.word_import.pieces import Words, cut_start, plain_text
from agreements.documents.word_import.style_names import OPENS_CONTENTS, Kind
from agreements.documents.word_import.tab_rows import tab_rows
from agreements.documents.word_import.things import Figure, Grid, Heading, Item, Prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.documents.word_import.leaves import Leaf
    from agreements.documents.word_import.pieces import Pieces
    from agreements.documents.word_import.report import Finds
    from agreements.documents.word_import.things import Thing

DEEPEST = 4
MOST_BETWEEN = 20  # paragraphs of one item
ENDS_WITH_PAGE = re.compile(r"[\s.…_]\d{1,4}\s*$")
TYPED_LIST_NUMBER = re.compile(r"\s*(\d{1,2}|[a-zåäö])[.)]\s")


class Interpreter:
    """Understands the leaves of one story. ``has_headings`` is False in cells, where headings become bold."""

    def __init__(self, leaves: Sequence[Leaf], finds: Finds, *, has_headings: bool = True) -> None:
        self._leaves = bullets.split_lines(leaves)
        self._finds = finds
        self._has_headings = has_headings
        self._numbers = HeadingNumbers(outline.parents_in(self._leaves))
        self._typed = bullets.typed_items(self._leaves)
        self._fake = outline.fake_headings(self._leaves, set(self._typed)) if has_headings else {}
        self._things: list[Thing] = []

    def things(self) -> list[Thing]:
        """Everything in order, captions with what they belong to.

        In a cell a caption stays where it is: its picture stands after the table.
        """
        self._finds.add("typed_bullets", len(self._typed))
        self._finds.add("tab_rows", tab_rows(self._leaves))
        for index, leaf in enumerate(self._leaves):
            match leaf:
                case Figure():
                    self._things.append(leaf)
                case Table():
                    self._things.append(Grid(leaf))
                case Paragraph():
                    self._take(index, leaf)
        return attach_captions(self._things) if self._has_headings else self._things

    def _take(self, index: int, paragraph: Paragraph) -> None:
        if index in self._typed:
            self._things.append(self._typed[index])
        elif self._is_contents(paragraph):
            self._finds.at("contents", plain_text(paragraph.pieces))
        elif level := outline.styled_level(paragraph):
            self._take_styled_heading(paragraph, level)
        elif index in self._fake:
            self._finds.at("fake_heading", plain_text(paragraph.pieces))
            self._things.append(self._heading(paragraph, self._fake[index], is_fake=True))
        else:
            self._take_prose(index, paragraph)

    @staticmethod
    def _is_contents(paragraph: Paragraph) -> bool:
        text = plain_text(paragraph.pieces)
        kind = paragraph.style.kind
        return (kind == Kind.CONTENTS and bool(ENDS_WITH_PAGE.search(text))) or (
            kind == Kind.CONTENTS_HEADING and text.strip().casefold() in OPENS_CONTENTS
        )

    def _take_styled_heading(self, paragraph: Paragraph, level: int) -> None:
        text = plain_text(paragraph.pieces)
        if outline.is_running_text(paragraph):
            self._finds.at("long_heading", text)
            self._things.append(Prose(paragraph.pieces))
        elif paragraph.is_boxed or not self._has_headings:
            self._finds.at("heading_in_cell", text)
            self._things.append(Prose(_bold(paragraph.pieces)))
        else:
            if level > DEEPEST:
                self._finds.at("deep_heading", text)
            self._things.append(self._heading(paragraph, min(level, DEEPEST)))

    def _heading(self, paragraph: Paragraph, level: int, *, is_fake: bool = False) -> Heading:
        typed = self._numbers.read(plain_text(paragraph.pieces))
        if typed is not None:
            self._finds.add("typed_numbers")
            return Heading(cut_start(paragraph.pieces, typed.length), level, typed.number, is_fake=is_fake)
        numbered = paragraph.numbered
        if numbered is not None and (numbered.is_ordered or numbered.has_words):
            self._finds.add("heading_numbers")
            return Heading(
                paragraph.pieces, level, numbered.label.strip(" .)\t"), is_numbered_by_word=True, is_fake=is_fake
            )
        return Heading(paragraph.pieces, level, is_fake=is_fake)

    def _take_prose(self, index: int, paragraph: Paragraph) -> None:
        kind = paragraph.style.kind
        if kind == Kind.TITLE and self._has_headings and not paragraph.is_boxed:
            self._finds.at("late_title", plain_text(paragraph.pieces))
            self._things.append(self._heading(paragraph, 1))
            return
        if kind == Kind.SUBTITLE:
            self._finds.at("late_subtitle", plain_text(paragraph.pieces))
        if paragraph.numbered is not None and paragraph.numbered.has_words:
            self._finds.add("list_labels")
            self._things.append(Prose([Words(f"{paragraph.numbered.label} "), *paragraph.pieces], kind == Kind.QUOTE))
            return
        item = self._item(paragraph) or self._continued(index, paragraph)
        if item is None and TYPED_LIST_NUMBER.match(plain_text(paragraph.pieces)):
            self._finds.add("typed_list_numbers")
        self._things.append(item or Prose(paragraph.pieces, kind == Kind.QUOTE, kind == Kind.CAPTION))

    def _item(self, paragraph: Paragraph) -> Item | None:
        numbered, style = paragraph.numbered, paragraph.style
        last = self._things[-1] if self._things else None
        if numbered is not None and numbered.is_broken:
            self._finds.add("broken_list")
        if style.kind == Kind.LIST_CONTINUED or (numbered is not None and numbered.is_blank):
            return (
                Item(paragraph.pieces, _level_of(last, paragraph), continues=True) if isinstance(last, Item) else None
            )
        if numbered is not None:
            value = numbered.value if numbered.is_ordered else None
            left = numbered.indent if paragraph.left is None else paragraph.left
            return Item(paragraph.pieces, numbered.level, value, numbered.is_plain, False, numbered.list_id, left)
        if style.kind == Kind.BULLET_LIST and paragraph.list_id is None:
            return Item(paragraph.pieces, style.level)
        if style.kind == Kind.NUMBER_LIST and paragraph.list_id is None:
            return Item(paragraph.pieces, style.level, self._next_value(style.level))
        return None

    def _continued(self, index: int, paragraph: Paragraph) -> Item | None:
        """A paragraph set in between two items of one list, as one more paragraph of the first of them."""
        last = self._things[-1] if self._things else None
        if not isinstance(last, Item) or not last.list_id or paragraph.indent <= 0 or paragraph.is_boxed:
            return None
        following = next(
            (leaf for leaf in self._leaves[index + 1 : index + MOST_BETWEEN] if not _is_set_in(leaf)), None
        )
        if not isinstance(following, Paragraph) or following.list_id != last.list_id:
            return None
        return Item(paragraph.pieces, last.level, continues=True, list_id=last.list_id, left=last.left)

    def _next_value(self, level: int) -> int:
        """The number of an item whose style says "numbered" while the file does not say how."""
        for thing in reversed(self._things):
            if not isinstance(thing, Item) or thing.level < level:
                return 1
            if thing.level == level and not thing.continues:
                return (thing.value or 0) + 1
        return 1


def _is_set_in(leaf: Leaf) -> bool:
    return isinstance(leaf, Paragraph) and leaf.numbered is None and leaf.indent > 0


def _level_of(last: Thing | None, paragraph: Paragraph) -> int:
    if paragraph.numbered is not None and isinstance(last, Item):
        return min(paragraph.numbered.level, last.level)
    return last.level if isinstance(last, Item) else 0


def _bold(pieces: Pieces) -> Pieces:
    return [Words(p.text, p.format._replace(bold=True)) if isinstance(p, Words) else p for p in pieces]
