"""The blocks of a section cut into units, the smallest things that are put side by side in a redline."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agreements.documents.block_types import Block, RichTextBlock

_START = re.compile("<(p|h4|blockquote|ul|ol)[^>]*>")
_LIST = re.compile("<(/?)(?:ul|ol)[^>]*>")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, list or quotation as a text block of its own (``text``), or another block as a whole.

    ``kind`` is the text's first tag: a list that counts from elsewhere is of another kind.
    """

    block: Block
    text: RichTextBlock | None = None
    kind: str = ""


def units(blocks: Iterable[Block]) -> Iterator[Unit]:
    """The units of blocks in reading order."""
    for block in blocks:
        if block["type"] == "rich_text":
            for kind, html in _parts(block["html"]):
                yield Unit(block, {**block, "html": html}, kind)
        else:
            yield Unit(block)


def _parts(html: str) -> Iterator[tuple[str, str]]:
    """The top elements of canonical rich text without tables and figures, each with its tag."""
    position = 0
    while match := _START.match(html, position):
        end = _list_end(html, position) if match[1] in ("ul", "ol") else _end(html, match)
        yield match[0], html[position:end]
        position = end


def _end(html: str, start: re.Match[str]) -> int:
    closing = f"</{start[1]}>"
    return html.index(closing, start.end()) + len(closing)


def _list_end(html: str, position: int) -> int:
    depth = 0
    for match in _LIST.finditer(html, position):
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    return len(html)
