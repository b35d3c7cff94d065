"""The text of a part as plain paragraphs and lists: what proposals are read from."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from agreements.documents import reader, rich_text
from agreements.documents.rich_text import ListNode, Node, Paragraph
from agreements.documents.runs import words_of
from agreements.documents.word_import.tally import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class PlainItem:
    """An item of a list: its words, and the words of its notes."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with the list that comes right after it, where one does."""

    text: str
    items: tuple[PlainItem, ...] = ()


def passages(body: str) -> Iterator[Passage]:
    """The paragraphs of a body in order; a list without a paragraph before it has an empty one."""
    waiting = ""
    for node in reader.read(body):
        if isinstance(node, ListNode):
            yield Passage(waiting, tuple(_items(node)))
            waiting = ""
            continue
        if waiting:
            yield Passage(waiting)
        waiting = _text(node)
    if waiting:
        yield Passage(waiting)


def _text(node: Node) -> str:
    return " ".join(_line(paragraph) for paragraph in rich_text.paragraphs([node])).strip()


def _line(paragraph: Paragraph) -> str:
    return words_of(paragraph.runs).strip()


def _items(node: ListNode) -> Iterator[PlainItem]:
    """The items on the first level; the words of what is nested belong to the item above."""
    for item in node.items:
        paragraphs = list(rich_text.paragraphs(item))
        notes = [run.text for paragraph in paragraphs for run in paragraph.runs if run.kind == "note"]
        note = " ".join(plain_words(unescape(text)).strip() for text in notes)
        yield PlainItem(" ".join(map(_line, paragraphs)).strip(), " ".join(note.split()))
