"""The outline of a document: its headings with number, level and the id under which the page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.documents.block_types import Document
from agreements.documents.text import title


@dataclass(frozen=True)
class OutlineRow:
    """``id`` is the block's; ``title`` plain text without notes; ``level`` 1–3."""

    id: str
    level: int
    number: str
    title: str


def outline(document: Document) -> list[OutlineRow]:
    """The headings in reading order."""
    return [
        OutlineRow(block["id"], block["level"], block["number"], title(block["html"]))
        for block in document["blocks"]
        if block["type"] == "heading"
    ]
