"""What a block says, as a value that is equal when its part in the hash is: without ids and what a number is."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping

from agreements.documents.block_types import (
    Block,
    CellData,
    ContactCardBlock,
    FieldTableBlock,
    FigureBlock,
    Item,
)
from agreements.documents.html_fields import mapped, pieces
from agreements.documents.note_pairs import resolved

_ORDINAL = re.compile(r"-(?:text|table|figure)-\d+$")


def content_key(block: Block, note_texts: Mapping[str, str]) -> Hashable:
    """The content; ``note_texts`` says by its number what a note says."""
    if block["type"] == "rich_text":
        return (frame_of(block), block["party"], resolved(block["html"], note_texts))
    if any("data-ref" in html for html in pieces(block)):
        block = mapped(block, lambda html: resolved(html, note_texts))
    return (frame_of(block), block["party"], _content(block))


def frame_of(block: Block) -> Hashable:
    """What two blocks must have in common to be versions of each other."""
    marked = block["confidentiality"]
    return (block["type"], block["lang"], (marked["mark"], marked["ground"]) if marked else None)


def has_own_id(block: Block) -> bool:
    """Whether the id tells the block; ids that count the parts of a section shift when one comes before."""
    return not _ORDINAL.search(block["id"])


def _content(block: Block) -> Hashable:
    match block["type"]:
        case "heading":
            return (block["level"], block["html"], block["row"], bool(block["number"]))
        case "rich_text":
            return block["html"]
        case "table":
            return (block["caption"], _rows(block["head"]), _rows(block["body"]))
        case "field_table":
            return _fields(block)
        case "item_list":
            return (block["ordered"], _items(block["items"]))
        case "figure":
            return _figure(block)
        case "contact_card":
            return _card(block)


def _card(block: ContactCardBlock) -> Hashable:
    phones = (words for phone in block["phones"] for words in (phone["label"], phone["number"], phone["display"]))
    own = (block["name"], block["function"], block["organisation"], block["email"])
    return tuple(unicodedata.normalize("NFC", words) for words in (*own, *phones))


def _rows(rows: Iterable[list[CellData]]) -> Hashable:
    return tuple(
        tuple([(cell["html"], cell["header"], cell["colspan"], cell["rowspan"]) for cell in row]) for row in rows
    )


def _fields(block: FieldTableBlock) -> Hashable:
    rows = ((row["label"], tuple((cell["html"], cell["open"]) for cell in row["cells"])) for row in block["rows"])
    return (tuple(block["header"]), tuple(rows))


def _items(items: Iterable[Item]) -> Hashable:
    return tuple((item["html"], _items(item["items"])) for item in items)


def _figure(block: FigureBlock) -> Hashable:
    table = block["table"]
    values = (_rows(table["head"]), _rows(table["body"])) if table else None
    return (block["asset"], block["alt"], block["caption"], block["source"], values)
