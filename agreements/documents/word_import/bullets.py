"""Bullets that were typed as text, and the lists that they stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import Paragraph
from agreements.documents.word_import.pieces import cut_start, joined, lines_of, plain_text
from agreements.documents.word_import.signs import UNREADABLE
from agreements.documents.word_import.style_names import Kind
from agreements.documents.word_import.things import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.documents.word_import.leaves import Leaf

CERTAIN = f"•·∙●◦○▪▫■◆◇⬥‣⁃►▶▸▹➢➤➔✓✔❖❑❒❍✗{UNREADABLE}"  # signs that never begin a sentence
LIKELY = "-−"  # with a space after it
DOUBTFUL = "–—*o¢"  # "– Det är bra" is speech, "o" a letter, "*" a note: only among others, or with a tab after it
ARROWS = "→>"  # "→ Se bilaga 2" is text: only among others, with a space after them; "> 5 år" is more than five
SIGNS = re.escape(CERTAIN + LIKELY + DOUBTFUL + ARROWS)
BULLET = re.compile(rf"(?P<before>\s*)(?!>\s*\d)(?P<sign>[{SIGNS}])(?P<after>\s*)(?=\S)")
WIDE = re.compile(r"[\t\u00a0\u2002\u2003]|\s\s")
NO_BULLETS = (Kind.HEADING, Kind.TITLE, Kind.SUBTITLE, Kind.CONTENTS, Kind.CONTENTS_HEADING)
TAB, SPACE = 720, 120  # twentieths of a point, about what they take on the page
SAME_INDENT = 100


def split_lines(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Make paragraphs of the lines of a paragraph where lines begin with typed bullets."""
    split: list[Leaf] = []
    for leaf in leaves:
        split += _lines(leaf) if isinstance(leaf, Paragraph) else [leaf]
    return split


def _lines(paragraph: Paragraph) -> list[Leaf]:
    lines = lines_of(paragraph.pieces)
    matches = [BULLET.match(plain_text(line)) for line in lines]
    strong = [m is not None and m["sign"] in CERTAIN for m in matches]
    weak = [m is not None and bool(m["after"]) for m in matches]
    starts = weak if sum(weak) > 1 else strong
    if len(lines) == 1 or not any(starts) or paragraph.numbered is not None or paragraph.style.kind in NO_BULLETS:
        return [paragraph]
    groups = [[lines[0]]]
    for line, is_start in zip(lines[1:], [s or w for s, w in zip(strong, starts, strict=True)][1:], strict=True):
        if is_start or not plain_text(line).strip():
            groups.append([line])
        else:
            groups[-1].append(line)
    return [replace(paragraph, pieces=joined(group)) for group in groups if plain_text(joined(group)).strip()]


def typed_items(leaves: Sequence[Leaf]) -> dict[int, Item]:
    """The paragraphs that are items of typed lists, by their index, nested by how far they are set in."""
    found = {index: match for index, leaf in enumerate(leaves) if (match := _match(leaf))}
    kept = {index: match for index, match in found.items() if _is_bullet(index, found, leaves)}
    items: dict[int, Item] = {}
    for index, match in kept.items():
        leaf = leaves[index]
        if isinstance(leaf, Paragraph):
            items[index] = Item(cut_start(leaf.pieces, match.end()), 0)
    _nest(items, {index: _indent(leaves[index], match) for index, match in kept.items()})
    return items


def _match(leaf: Leaf) -> re.Match[str] | None:
    if not isinstance(leaf, Paragraph) or leaf.style.kind in NO_BULLETS or leaf.outline in range(9):
        return None
    if leaf.numbered is not None and (leaf.numbered.is_ordered and not leaf.numbered.is_blank):
        return None
    match = BULLET.match(plain_text(leaf.pieces))
    return match if match and (match["sign"] in CERTAIN or match["after"]) else None


def _is_bullet(index: int, found: dict[int, re.Match[str]], leaves: Sequence[Leaf]) -> bool:
    match = found[index]
    if match["sign"] in ARROWS:
        return _has_twin(index, found)
    if match["sign"] not in DOUBTFUL or WIDE.search(match["after"]):
        return True
    if _has_twin(index, found):
        return True
    if index - 1 in found and _indent(leaves[index], match) > _indent(leaves[index - 1], found[index - 1]):
        return True
    before = leaves[index - 1] if index else None
    is_led_in = isinstance(before, Paragraph) and plain_text(before.pieces).rstrip().endswith(":")
    return match["sign"] in "–—" and (is_led_in or index - 1 in found)


def _has_twin(index: int, found: dict[int, re.Match[str]]) -> bool:
    """Whether the paragraph before or after begins with the same sign."""
    return any(found[other]["sign"] == found[index]["sign"] for other in (index - 1, index + 1) if other in found)


def _indent(leaf: Leaf, match: re.Match[str]) -> int:
    own = leaf.indent if isinstance(leaf, Paragraph) else 0
    before = match["before"]
    tabs = before.count("\t")
    return own + tabs * TAB + (len(before) - tabs) * SPACE


def _nest(items: dict[int, Item], indents: dict[int, int]) -> None:
    """Give the items of each unbroken row their levels; a first item that is set in further is no level below."""
    open_indents: list[int] = []
    last = None
    for index, item in items.items():
        if last is not None and index != last + 1:
            open_indents = []
        last = index
        while open_indents and indents[index] < open_indents[-1] - SAME_INDENT:
            open_indents.pop()
        if not open_indents or indents[index] > open_indents[-1] + SAME_INDENT:
            open_indents.append(indents[index])
        item.level = len(open_indents) - 1
        item.left = indents[index]
