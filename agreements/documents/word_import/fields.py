"""Fields: what they show is text, what they are told to do is not.

A complex field is three marks in the text (begin, separate, end) that may lie in different paragraphs and inside each
other. Marks without a counterpart are passed over, so that a broken field never swallows the rest of a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import in_force, q
from agreements.documents.word_import.refusals import RefusalCode, WordRefused

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element

MARK, MARK_TYPE = q("w:fldChar"), q("w:fldCharType")
CONTENTS = frozenset({"TOC", "INDEX", "TOA"})
FETCHING = frozenset({"INCLUDETEXT", "DDE", "DDEAUTO", "LINK"})
MOST_OPEN = 200  # fields in fields; people write three or four
TAKES_ARGUMENT = frozenset({r"\o", r"\t", r"\s"})


@dataclass(slots=True)
class Field:
    """One open field."""

    instruction: str = ""
    shows: bool = False  # past the instruction, in the result
    element: Element | None = None
    is_left: bool = False  # the text has begun before the field has ended
    has_words: bool = False  # in its result
    stray: str = ""  # words that stand in its instruction, where Word shows none

    @property
    def name(self) -> str:
        """HYPERLINK, TOC, PAGE …"""
        return (self.instruction.split() or [""])[0].upper()

    @property
    def is_contents(self) -> bool:
        """Whether the result is a table of contents or an index."""
        return self.shows and self.name in CONTENTS and not self.is_left


class Fields:
    """The fields of one story (the document, the footnotes …) that are open where the reading stands."""

    def __init__(self, root: Element) -> None:
        self._paired = _paired(root)
        self._open: list[Field] = []

    def mark(self, element: Element) -> Field | None:
        """Pass a mark; returns the field that has ended with it."""
        if element not in self._paired:
            return None
        match element.get(MARK_TYPE):
            case "begin":
                if len(self._open) >= MOST_OPEN:
                    raise WordRefused(RefusalCode.DAMAGED, "fields in fields")
                self._open.append(Field(element=element))
            case "separate" if self._open:
                self._open[-1].shows = True
            case "end" if self._open:
                return self._open.pop()
        return None

    def instruct(self, text: str) -> None:
        """Text of an instruction."""
        if self._open and not self._open[-1].shows:
            self._open[-1].instruction += text

    def hear(self, text: str) -> None:
        """Words of the text that stand inside the fields that are open."""
        if not text.strip():
            return
        for field in self._open:
            field.has_words = field.has_words or field.shows
        if self._open and not self._open[-1].shows:
            self._open[-1].stray += text

    @property
    def is_instructing(self) -> bool:
        """Whether what is read now is part of an instruction."""
        return any(not field.shows for field in self._open)

    @property
    def is_contents(self) -> bool:
        """Whether what is read now is part of a table of contents."""
        return any(field.is_contents for field in self._open)

    def leave_contents(self) -> None:
        """What is read from here on is text, wherever the tables of contents that are open end."""
        for field in self._open:
            field.is_left = True

    @property
    def href(self) -> str | None:
        """The address of the innermost link; empty when it leads to a place in the document; None outside links."""
        for field in reversed(self._open):
            if field.shows and field.name == "HYPERLINK":
                return link_target(field.instruction)
        return None


def link_target(instruction: str) -> str:
    """The address in ``HYPERLINK "address" \\l "anchor"``; empty when there is only an anchor."""
    words = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', instruction)][1:]
    address, anchor = "", ""
    queue = iter(words)
    for word in queue:
        if word == r"\l":
            anchor = next(queue, "")
        elif word in TAKES_ARGUMENT:
            next(queue, "")
        elif not word.startswith("\\") and not address:
            address = word
    return f"{address}#{anchor}" if address and anchor else address


def button_text(instruction: str) -> str:
    """What ``MACROBUTTON name text`` shows: all that comes after the name of what it does."""
    return "".join(instruction.split(maxsplit=2)[2:])


def equation_words(instruction: str) -> str:
    r"""What ``EQ \f(a;b)`` shows, as far as it is text: the old way to write equations."""
    return " ".join(re.sub(r"\\[a-z]+\d*|[();]", " ", instruction).split()[1:])


def _paired(root: Element) -> set[Element]:
    """The marks that belong together. Keeping the elements keeps their identity in lxml."""
    paired: set[Element] = set()
    if next(root.iter(MARK), None) is None:
        return paired
    open_marks: list[list[Element]] = []
    for element in in_force(root):
        if element.tag != MARK:
            continue
        kind = element.get(MARK_TYPE)
        if kind == "begin":
            open_marks.append([element])
        elif open_marks and kind == "separate" and len(open_marks[-1]) == 1:
            open_marks[-1].append(element)
        elif open_marks and kind == "end":
            paired.update([*open_marks.pop(), element])
    return paired
