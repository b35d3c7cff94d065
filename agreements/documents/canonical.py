"""What a document's hash is made of: the content alone, in one spelling.

Ids are not content: two annexes with the same words have the same hash whoever made them and wherever. Format
version 1; the hash of a stored document is never computed anew by a later version.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Content = dict[str, Any]  # a Document, or one without its ids


def split_ids(document: Mapping[str, Any]) -> tuple[Content, list[str]]:
    """The document without its ids, and the ids, depth first in reading order. ``join_ids`` undoes it."""
    content = _copied(document)
    return content, [str(carrier.pop("id")) for carrier in _carriers(content)]


def join_ids(content: Mapping[str, Any], ids: Sequence[str]) -> Content:
    """The document with its ids. Raises ValueError when there are too few or too many."""
    document: Content = _copied(content)
    for carrier, id_ in zip(_carriers(document), ids, strict=True):
        carrier["id"] = id_
    return document


def _copied(value: Any) -> Any:
    """A copy in which nothing is shared, as JSON would make it."""
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list | tuple) else value


def _carriers(document: Content) -> Iterator[Content]:
    """Everything that has an id: blocks, the rows of field tables, the items of lists at any depth."""
    for block in document["blocks"]:
        yield block
        if block["type"] == "field_table":
            yield from block["rows"]
        elif block["type"] == "item_list":
            yield from _items(block["items"])


def _items(items: list[Content]) -> Iterator[Content]:
    for item in items:
        yield item
        yield from _items(item["items"])


def canonical_json(content: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces, NFC, nothing escaped that need not be.

    Raises TypeError for a float: two machines may write the same one differently.
    """
    _refuse_floats(content)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text)  # safe on the whole: no sign of JSON's own joins with a letter


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("A document holds no floats.")
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)


def content_hash(document: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical JSON of the document without its ids."""
    content, _ = split_ids(document)
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()
