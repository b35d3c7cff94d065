"""Headings that nobody marked as headings: whole paragraphs in bold or larger type, or with a typed number.

Careful: a sentence with a full stop, a lead-in that ends with a colon, a long text, a line of an address stay
paragraphs. Nothing is lost when a heading is missed, it is only a paragraph then.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import Paragraph
from agreements.documents.word_import.ground import Ground, Signature, ground_of, runs_of, signature_of, stands_out
from agreements.documents.word_import.heading_numbers import NUMBER, is_certain, numbers_with_children
from agreements.documents.word_import.pieces import LineBreak, plain_text
from agreements.documents.word_import.style_names import BODY_OUTLINE, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agreements.documents.word_import.leaves import Leaf

MAX_LETTERS, MAX_WORDS = 120, 14
DEEPEST = 4
MAX_STYLED = 300  # letters; a "heading" longer than this that ends like a sentence is running text
CAPTION = re.compile(r"(figur|bild|diagram|karta|tabell|foto|figure|table)\s*\d", re.IGNORECASE)
PROSE_ENDS = (".", ",", ";", ":", "…")


def styled_level(paragraph: Paragraph) -> int:
    """The level that the file gives a paragraph (1–9), 0 when it is no heading."""
    if paragraph.outline is not None and paragraph.style.kind not in (Kind.TITLE, Kind.SUBTITLE):
        return paragraph.outline + 1 if paragraph.outline < BODY_OUTLINE else 0
    return paragraph.style.level if paragraph.style.kind == Kind.HEADING else 0


def is_running_text(paragraph: Paragraph) -> bool:
    """Whether something with the style of a heading is really a text of some sentences."""
    text = plain_text(paragraph.pieces).strip()
    return len(text) > MAX_STYLED and text.endswith(".")


def fake_headings(leaves: Sequence[Leaf], taken: set[int]) -> dict[int, int]:
    """The level of each paragraph that is a heading in all but name, by its index; ``taken`` are items of lists."""
    styled = {
        i: level for i, leaf in enumerate(leaves) if isinstance(leaf, Paragraph) and (level := styled_level(leaf))
    }
    ground = _ground(leaves, taken | styled.keys())
    parents = parents_in(leaves)
    looks = {
        index: signature_of(leaf)
        for index, leaf in enumerate(leaves)
        if index not in taken and index not in styled and isinstance(leaf, Paragraph) and _may_be(leaf)
    }
    found = {
        index: look for index, look in looks.items() if stands_out(look, ground) or _is_numbered(leaves[index], parents)
    }
    kept = {index: look for index, look in found.items() if _introduces(index, found, leaves, ground)}
    return _levels(kept, leaves, _styled_sizes(leaves, styled), ground)


def _may_be(paragraph: Paragraph) -> bool:
    text = plain_text(paragraph.pieces).strip()
    words = text.split()
    first = next((letter for letter in text if letter.isalnum()), "")
    has_word = any(sum(letter.isalpha() for letter in word) > 1 for word in words)
    return (
        paragraph.style.kind == Kind.BODY
        and not paragraph.is_boxed
        and paragraph.outline is None
        and (paragraph.numbered is None or paragraph.numbered.is_ordered)
        and 0 < len(text) <= MAX_LETTERS
        and len(words) <= MAX_WORDS
        and has_word
        and (first.isupper() or first.isdigit())
        and not text.endswith(PROSE_ENDS)
        and not text.startswith("[")
        and "@" not in text
        and not CAPTION.match(text)
        and not any(isinstance(piece, LineBreak) for piece in paragraph.pieces[1:-1])
        and "\t" not in NUMBER.sub("", text, count=1)
    )


def _ground(leaves: Sequence[Leaf], left_out: set[int]) -> Ground:
    """How running text looks, counted where no heading can be: in sentences and long paragraphs."""
    rest = [leaf for i, leaf in enumerate(leaves) if i not in left_out and isinstance(leaf, Paragraph)]
    sure = [leaf for leaf in rest if not _may_be(leaf)]
    return ground_of(sure or rest, are_all_short=not sure)


def parents_in(leaves: Sequence[Leaf]) -> set[str]:
    """The typed numbers that have others below them, in lines that are short enough for headings."""
    texts = (plain_text(leaf.pieces) for leaf in leaves if isinstance(leaf, Paragraph))
    return numbers_with_children(text for text in texts if len(text) <= MAX_LETTERS)


def _is_numbered(leaf: Leaf, parents: set[str]) -> bool:
    text = plain_text(leaf.pieces) if isinstance(leaf, Paragraph) else ""
    match = NUMBER.match(text)
    if match is None or text[match.end() : match.end() + 1].islower():
        return False
    return is_certain(text) or match["number"] in parents


def _introduces(index: int, found: Mapping[int, Signature], leaves: Sequence[Leaf], ground: Ground) -> bool:
    """Whether something follows that a heading can stand over; a row of like lines is an address, not headings."""
    leaf = leaves[index]
    following = index + 1
    if following >= len(leaves):
        return False
    after = leaves[following]
    if isinstance(leaf, Paragraph) and leaf.numbered is not None:
        is_list = isinstance(after, Paragraph) and after.numbered is not None
        return not (is_list and isinstance(after, Paragraph) and after.list_id == leaf.list_id)
    look = found[index]
    if stands_out(look, ground) and (look.size > ground.size or _is_numbered(leaf, set())):
        return True
    has_like_after = found.get(following) == look
    if _depth(leaf):
        return not has_like_after or _depth(after) != _depth(leaf)
    has_two_like_before = found.get(index - 1) == look == found.get(index - 2)
    return not has_like_after and not has_two_like_before


def _styled_sizes(leaves: Sequence[Leaf], styled: Mapping[int, int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for index, level in styled.items():
        leaf = leaves[index]
        if isinstance(leaf, Paragraph) and runs_of(leaf):
            sizes.setdefault(min(level, DEEPEST), signature_of(leaf).size)
    return sizes


def _levels(
    found: Mapping[int, Signature], leaves: Sequence[Leaf], styled: Mapping[int, int], ground: Ground
) -> dict[int, int]:
    looks = sorted(set(found.values()), reverse=True)
    depths = {index: _depth(leaves[index]) for index in found}
    return {index: min(depths[index] or _level(look, looks, styled, ground), DEEPEST) for index, look in found.items()}


def _depth(leaf: Leaf) -> int:
    match = NUMBER.match(plain_text(leaf.pieces)) if isinstance(leaf, Paragraph) else None
    return match["number"].count(".") + 1 if match else 0


def _level(look: Signature, looks: list[Signature], styled: Mapping[int, int], ground: Ground) -> int:
    if not styled:
        return looks.index(look) + 1
    if look.size > ground.size:
        for level, size in sorted(styled.items()):
            if look.size >= size:
                return level
    return max(styled) + 1
