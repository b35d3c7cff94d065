"""What a block says, as a value that is equal when the content is: without ids, numbers and origin."""

import re
from collections.abc import Hashable, Mapping

from agreements.documents.block_types import Block
from agreements.documents.html_fields import mapped
from agreements.documents.note_pairs import resolved

_ORDINAL = re.compile(r"-(?:text|table|figure)-\d+$")
_NO_CONTENT = frozenset(("id", "number", "party"))


def content_key(block: Block, note_texts: Mapping[str, str]) -> Hashable:
    """The content; ``note_texts`` says by its number what a note says."""
    if block["type"] == "rich_text":
        return (frame_of(block), resolved(block["html"], note_texts))
    return (frame_of(block), _frozen(mapped(block, lambda html: resolved(html, note_texts))))


def frame_of(block: Block) -> Hashable:
    """What two blocks must have in common to be versions of each other."""
    marked = block["confidentiality"]
    return (block["type"], block["lang"], (marked["mark"], marked["ground"]) if marked else None)


def has_own_id(block: Block) -> bool:
    """Whether the id tells the block; ids that count the parts of a section shift when one comes before."""
    return not _ORDINAL.search(block["id"])


def _frozen(value: object) -> Hashable:
    if isinstance(value, dict):
        return tuple((key, _frozen(inner)) for key, inner in value.items() if key not in _NO_CONTENT)
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value if isinstance(value, Hashable) else str(value)
