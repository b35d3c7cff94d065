"""A document's blocks with the section that each stands in, and its text piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from agreements.documents.block_types import Block, Document
from agreements.documents.html_fields import pieces
from agreements.documents.notes import REFERENCE
from agreements.documents.text import rich_lines

_PART = re.compile(r"(.+)-(?:text|table|figure)-\d+")
_ADDRESSEE = re.compile('<a href="(?:mailto|tel):([^"]*)"')


@dataclass(frozen=True, slots=True)
class Place:
    """``texts`` are paragraphs, cells and labels as plain text, the notes that they refer to, and whom their links
    write to or ring."""

    section_id: str
    block: Block
    texts: tuple[str, ...]


def places(document: Document) -> Iterator[Place]:
    """Every block in reading order. A section without a heading is told by the ids of its parts."""
    section, heads = "", set()
    for block in document["blocks"]:
        part = _PART.fullmatch(block["id"])
        if block["type"] == "heading":
            heads.add(block["id"])
            section = section if block["row"] and section else block["id"]
        elif part and part[1] not in heads:
            section = part[1]
        yield Place(section or block["id"], block, tuple(_texts(block, document["notes"])))


def _texts(block: Block, notes: list[str]) -> Iterator[str]:
    for html in pieces(block):
        yield from _lines(html)
        for reference in REFERENCE.findall(html):
            if 0 < int(reference) <= len(notes):
                yield from _lines(notes[int(reference) - 1])
    if block["type"] == "figure":
        yield from (block["alt"], block["source"])


def _lines(html: str) -> Iterator[str]:
    yield from rich_lines(html)
    yield from (unquote(unescape(address)) for address in _ADDRESSEE.findall(html))
