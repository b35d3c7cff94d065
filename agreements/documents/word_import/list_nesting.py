"""How deep the items of a row stand: by the levels of their lists, and by how far lists inside lists are set in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.documents.word_import.things import Item

SET_IN = 280  # twentieths of a point; less is not seen as another level


@dataclass(frozen=True, slots=True)
class _Open:
    item: Item
    depth: int


def depths(items: Sequence[Item]) -> list[int]:
    """The depth of each item. A list of its own that is set in further than the item before stands inside it.

    People nest lists in both ways: by Word's levels, or by a second list with a larger indent and level 0.
    """
    found: list[int] = []
    stack: list[_Open] = []
    for item in items:
        if item.continues and stack:
            found.append(_depth_of_continued(stack, item))
            continue
        depth = _depth(stack, item)
        while stack and stack[-1].depth >= depth:
            stack.pop()
        stack.append(_Open(item, depth))
        found.append(depth)
    return found


def _depth_of_continued(stack: Sequence[_Open], item: Item) -> int:
    return next((one.depth for one in reversed(stack) if one.item.level <= item.level), stack[0].depth)


def _depth(stack: Sequence[_Open], item: Item) -> int:
    own = [one for one in stack if one.item.list_id == item.list_id]
    if same := [one for one in own if one.item.level == item.level]:
        return same[-1].depth
    if above := [one for one in own if one.item.level < item.level]:
        return above[-1].depth + 1
    if own:
        return min(one.depth for one in own)
    return _depth_beside(stack, item)


def _depth_beside(stack: Sequence[_Open], item: Item) -> int:
    """The depth of an item whose list has not begun yet, beside or inside the lists that are open."""
    for one in reversed(stack):
        step = _step(one.item, item)
        if step > 0:
            return one.depth + 1
        if step == 0:
            return one.depth
    return item.level if not stack else stack[0].depth


def _step(outer: Item, inner: Item) -> int:
    """1 when the inner item is set in further, -1 when less, 0 when they stand beside each other."""
    if outer.left is None or inner.left is None or abs(inner.left - outer.left) < SET_IN:
        return (inner.level > outer.level) - (inner.level < outer.level)
    return 1 if inner.left > outer.left else -1
