"""The blocks that a ``Document`` is made of, and how a section of rich text becomes blocks."""

from collections.abc import Callable, Iterable, Iterator

from agreements.documents import notes, reader, rich_text, runs
from agreements.documents.block_types import (
    FORMAT,
    Asset,
    Block,
    CellData,
    Common,
    Confidentiality,
    ContactCardBlock,
    Document,
    FieldCell,
    FieldRow,
    FieldTableBlock,
    FigureBlock,
    FigureTable,
    HeadingBlock,
    Item,
    ItemListBlock,
    Phone,
    RichTextBlock,
    TableBlock,
)
from agreements.documents.rich_text import Figure, Node, Row, Table

__all__ = [
    "Asset",
    "Block",
    "CellData",
    "Common",
    "Confidentiality",
    "ContactCardBlock",
    "Document",
    "FORMAT",
    "FieldCell",
    "FieldRow",
    "FieldTableBlock",
    "FigureBlock",
    "FigureTable",
    "HeadingBlock",
    "Item",
    "ItemListBlock",
    "Phone",
    "RichTextBlock",
    "TableBlock",
    "body_blocks",
    "heading_block",
    "section_blocks",
]


def section_blocks(
    section_id: str,
    level: int,
    heading_html: str,
    number: str,
    body_html: str,
    *,
    lang: str | None = None,
    confidentiality: Confidentiality | None = None,
    party: str | None = None,
    row: str | None = None,
    first_note: int = 1,
) -> tuple[list[Block], list[str]]:
    """A section's heading (left out when empty) and body as blocks, and the notes that were in them.

    ``heading_html`` and ``body_html`` are canonical (``sanitise``). The heading block has the section's id,
    the others ids made from it. Note references count from ``first_note``.
    """
    common: Common = {"id": section_id, "lang": lang, "confidentiality": confidentiality, "party": party}
    blocks: list[Block] = []
    if heading_html:
        blocks.append(heading_block(common, level=level, html=heading_html, number=number, row=row))
    blocks += body_blocks(common, body_html)
    lifted = [""] * (first_note - 1)
    return notes.lift_all(blocks, lifted), lifted[first_note - 1 :]


def heading_block(common: Common, *, level: int, html: str, number: str = "", row: str | None = None) -> HeadingBlock:
    """A heading, levels 1–3."""
    return {**common, "type": "heading", "level": level, "number": number, "html": html, "row": row}


def body_blocks(common: Common, html: str) -> list[Block]:
    """Canonical rich text parted at its tables and pictures; notes stay where they are.

    ``common["id"]`` is the section's; the blocks' ids say which table, picture or run of text of the section
    each is ("…-text-1", "…-table-2").
    """
    counts = {"text": 0, "table": 0, "figure": 0}

    def identified(kind: str) -> Common:
        counts[kind] += 1
        return {**common, "id": f"{common['id']}-{kind}-{counts[kind]}"}

    if not html:
        return []
    if "<table" not in html and "<figure" not in html:
        return [_rich_text(identified("text"), html)]
    return list(_parted(reader.read_canonical(html), identified))


def _parted(nodes: Iterable[Node], identified: Callable[[str], Common]) -> Iterator[Block]:
    text: list[Node] = []
    for node in nodes:
        if not isinstance(node, Table | Figure):
            text.append(node)
            continue
        if text:
            yield _rich_text(identified("text"), rich_text.write(text))
            text = []
        if isinstance(node, Table):
            yield _table(identified("table"), node)
        else:
            yield _figure(identified("figure"), node)
    if text:
        yield _rich_text(identified("text"), rich_text.write(text))


def _rich_text(common: Common, html: str) -> RichTextBlock:
    return {**common, "type": "rich_text", "html": html}


def _table(common: Common, node: Table) -> TableBlock:
    caption = runs.to_html(node.caption)
    return {**common, "type": "table", "caption": caption, "head": _rows(node.head), "body": _rows(node.body)}


def _figure(common: Common, node: Figure) -> FigureBlock:
    table: FigureTable | None = {"head": _rows(node.table.head), "body": _rows(node.table.body)} if node.table else None
    return {
        **common,
        "type": "figure",
        "asset": node.asset,
        "alt": node.alt,
        "caption": runs.to_html(node.caption),
        "source": node.source,
        "table": table,
    }


def _rows(rows: Iterable[Row]) -> list[list[CellData]]:
    return [
        [
            {
                "html": rich_text.write(cell.nodes),
                "header": cell.is_header,
                "colspan": cell.colspan,
                "rowspan": cell.rowspan,
            }
            for cell in row
        ]
        for row in rows
    ]
