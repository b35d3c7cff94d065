"""Every piece of HTML in a block, in reading order: for lifting notes, finding references, searching."""

from collections.abc import Callable, Iterable

from agreements.documents.block_types import (
    Block,
    CellData,
    FieldCell,
    FieldRow,
    FieldTableBlock,
    FigureBlock,
    FigureTable,
    Item,
    TableBlock,
)

Change = Callable[[str], str]


def mapped(block: Block, change: Change) -> Block:
    """A copy of the block with ``change`` done to each piece of HTML, called in reading order."""
    match block["type"]:
        case "heading":
            return {**block, "html": change(block["html"])}
        case "rich_text":
            return {**block, "html": change(block["html"])}
        case "table":
            return _table(block, change)
        case "field_table":
            return _field_table(block, change)
        case "item_list":
            return {**block, "items": _items(block["items"], change)}
        case "figure":
            return _figure(block, change)
        case "contact_card":
            return block


def pieces(block: Block) -> list[str]:
    """The block's HTML, piece by piece in reading order."""
    found: list[str] = []

    def note(html: str) -> str:
        found.append(html)
        return html

    mapped(block, note)
    return found


def _table(block: TableBlock, change: Change) -> TableBlock:
    caption = change(block["caption"])
    head = _rows(block["head"], change)
    return {**block, "caption": caption, "head": head, "body": _rows(block["body"], change)}


def _rows(rows: Iterable[list[CellData]], change: Change) -> list[list[CellData]]:
    return [[{**cell, "html": change(cell["html"])} for cell in row] for row in rows]


def _field_table(block: FieldTableBlock, change: Change) -> FieldTableBlock:
    header = [change(html) for html in block["header"]]
    rows = [_field_row(row, change) for row in block["rows"]]
    return {**block, "header": header, "rows": rows}


def _field_row(row: FieldRow, change: Change) -> FieldRow:
    label = change(row["label"])
    cells: list[FieldCell] = [{**cell, "html": change(cell["html"])} for cell in row["cells"]]
    return {**row, "label": label, "cells": cells}


def _items(items: Iterable[Item], change: Change) -> list[Item]:
    return [{**item, "html": change(item["html"]), "items": _items(item["items"], change)} for item in items]


def _figure(block: FigureBlock, change: Change) -> FigureBlock:
    caption = change(block["caption"])
    values = block["table"]
    table: FigureTable | None = None
    if values:
        head = _rows(values["head"], change)
        table = {"head": head, "body": _rows(values["body"], change)}
    return {**block, "caption": caption, "table": table}
