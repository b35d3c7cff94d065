"""Lists written as HTML, nested by level; a number that does not follow begins a new list with its own start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agreements.documents.word_import.list_nesting import depths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.documents.word_import.inline_html import InlineWriter
    from agreements.documents.word_import.report import Finds
    from agreements.documents.word_import.things import Item

DEEPEST = 8  # nine levels, as in Word


@dataclass(slots=True)
class _Entry:
    paragraphs: list[str]
    lists: list[_List] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    level: int
    start: int | None
    next_value: int | None
    entries: list[_Entry] = field(default_factory=list)


def lists_html(items: Sequence[Item], writer: InlineWriter, finds: Finds) -> str:
    """The items of one unbroken row as one or more lists."""
    top: list[_List] = []
    stack: list[_List] = []
    for item, depth in zip(items, depths(items), strict=True):
        html = f"<p>{writer.html(item.pieces)}</p>"
        level = min(depth, DEEPEST)
        while stack and stack[-1].level > level and (len(stack) > 1 or not item.continues):
            stack.pop()
        if item.continues and stack:
            _append_to_last(stack[-1].entries[-1], html)
            continue
        if stack and stack[-1].level == level and not _follows(stack[-1], item):
            stack.pop()
        if not stack or stack[-1].level < level:
            _open(stack, top, level, item, finds)
        _append(stack[-1], item, html)
    return "".join(_html(one) for one in top)


def _follows(open_list: _List, item: Item) -> bool:
    return item.value == open_list.next_value if item.value is not None else open_list.start is None


def _open(stack: list[_List], top: list[_List], level: int, item: Item, finds: Finds) -> None:
    opened = _List(level, item.value, item.value)
    (stack[-1].entries[-1].lists if stack else top).append(opened)
    stack.append(opened)
    if item.value is not None and not item.is_plain:
        finds.add("list_numbers")


def _append(open_list: _List, item: Item, html: str) -> None:
    open_list.entries.append(_Entry([html]))
    if item.value is not None:
        open_list.next_value = item.value + 1


def _append_to_last(entry: _Entry, html: str) -> None:
    if entry.lists:
        _append_to_last(entry.lists[-1].entries[-1], html)
    else:
        entry.paragraphs.append(html)


def _html(one: _List) -> str:
    items = "".join(
        f"<li>{''.join(entry.paragraphs)}{''.join(_html(inner) for inner in entry.lists)}</li>" for entry in one.entries
    )
    if one.start is None:
        return f"<ul>{items}</ul>"
    return f'<ol start="{one.start}">{items}</ol>'
