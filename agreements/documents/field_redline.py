"""Field tables and lists of items with their differences: rows and items are known by their ids (R83)."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from agreements.documents.align import Pair, align, bag, likeness
from agreements.documents.block_types import FieldCell, FieldRow, FieldTableBlock, Item, ItemListBlock
from agreements.documents.marking import Mark
from agreements.documents.text import plain
from agreements.documents.text_redline import TextRedline

FILLER: FieldCell = {"html": "", "open": False, "mark": "filler"}


def old_id(id_: str) -> str:
    """The id of what is gone, beside what has the same id now."""
    return f"old-{id_}"


def _keys(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], text: TextRedline
) -> tuple[list[str], list[str]]:
    """What has an id on both sides is known by it, the rest by its words. Takes (id, HTML) of each."""
    common = {id_ for id_, _ in old} & {id_ for id_, _ in new}
    sides = zip((old, new), text.keys([html for _, html in old], [html for _, html in new]), strict=True)
    old_keys, new_keys = (
        [f"id {id_}" if id_ in common else key for (id_, _), key in zip(side, keys, strict=True)]
        for side, keys in sides
    )
    return old_keys, new_keys


def merged_item_list(old: ItemListBlock, new: ItemListBlock, text: TextRedline) -> ItemListBlock:
    """The two lists as one."""
    return {**new, "items": _items(old["items"], new["items"], text)}


def _items(old: list[Item], new: list[Item], text: TextRedline) -> list[Item]:
    olds, news = [_item_html(item) for item in old], [_item_html(item) for item in new]
    keys = _keys(_with_ids(old, olds), _with_ids(new, news), text)
    return text.merged(
        olds,
        news,
        keys=keys,
        fits=lambda i, j: not (keys[0][i].startswith("id ") or keys[1][j].startswith("id ")),
        added=lambda j: _whole_item(new[j], "added", text),
        removed=lambda i: _whole_item(old[i], "removed", text),
        pair=lambda i, j: _item(old[i], new[j], text),
    )


def _with_ids(parts: Iterable[Item | FieldRow], html: Iterable[str]) -> list[tuple[str, str]]:
    return [(part["id"], piece) for part, piece in zip(parts, html, strict=True)]


def _item_html(item: Item) -> str:
    return f"<p>{item['html']}</p>" + "".join(_item_html(inner) for inner in item["items"])


def _item(old: Item, new: Item, text: TextRedline) -> Item:
    if not text.is_same(old["html"], new["html"]):
        text.find(old["html"], new["html"])
    html = text.inline(old["html"], new["html"])
    return {**new, "html": html, "items": _items(old["items"], new["items"], text)}


def _whole_item(item: Item, mark: Mark, text: TextRedline) -> Item:
    return {
        "id": item["id"] if mark == "added" else old_id(item["id"]),
        "html": text.whole_inline(item["html"], mark),
        "items": [_whole_item(inner, mark, text) for inner in item["items"]],
        "mark": mark,
    }


def whole_items(items: Iterable[Item], mark: Mark, text: TextRedline) -> list[Item]:
    """Items that have come or gone with their list."""
    return [_whole_item(item, mark, text) for item in items]


def whole_fields(table: FieldTableBlock, mark: Mark, text: TextRedline) -> FieldTableBlock:
    """A field table that has come or gone."""
    width = max((len(row["cells"]) for row in table["rows"]), default=0)
    columns: list[Pair] = [(index, index) for index in range(width)]
    rows = [_whole_row(row, mark, columns, text) for row in table["rows"]]
    header = [text.whole_inline(html, mark) for html in table["header"]]
    return {**table, "header": header, "header_marks": [mark] * len(header), "rows": rows}


def merged_field_table(old: FieldTableBlock, new: FieldTableBlock, text: TextRedline) -> FieldTableBlock | None:
    """The two tables as one; None when only one of them has column headings."""
    if bool(old["header"]) != bool(new["header"]):
        return None
    columns = _columns(old, new)
    olds, news = ([_row_html(row) for row in table["rows"]] for table in (old, new))
    keys = _keys(_with_ids(old["rows"], olds), _with_ids(new["rows"], news), text)
    rows = text.merged(
        olds,
        news,
        keys=keys,
        fits=lambda i, j: not (keys[0][i].startswith("id ") or keys[1][j].startswith("id ")),
        added=lambda j: _whole_row(new["rows"][j], "added", columns, text),
        removed=lambda i: _whole_row(old["rows"][i], "removed", columns, text),
        pair=lambda i, j: _row(old["rows"][i], new["rows"][j], columns, text),
    )
    header, marks = _header(old["header"], new["header"], columns, text) if new["header"] else ([], [])
    return {**new, "header": header, "header_marks": marks, "rows": rows}


def _row_html(row: FieldRow) -> str:
    return "<p>|</p>".join((f"<p>{row['label']}</p>", *(cell["html"] for cell in row["cells"])))


def _columns(old: FieldTableBlock, new: FieldTableBlock) -> list[Pair]:
    """Which column of values became which: by its heading, or by its words."""
    olds, news = _texts(old), _texts(new)
    if len(olds) == len(news):
        return [(index, index) for index in range(len(news))]
    bags_old, bags_new = (
        [bag(" ".join(column)) for column in olds],
        [bag(" ".join(column)) for column in news],
    )
    heads_old, heads_new = [column[0] for column in olds], [column[0] for column in news]
    return list(align(heads_old, heads_new, lambda i, j: likeness(bags_old[i], bags_new[j])))


def _texts(table: FieldTableBlock) -> list[list[str]]:
    rows = [[plain(cell["html"]) for cell in row["cells"]] for row in table["rows"]]
    header = [[plain(html) for html in table["header"][1:]]] if table["header"] else []
    return [list(column) for column in zip_longest(*header, *rows, fillvalue="")]


def _header(old: list[str], new: list[str], columns: list[Pair], text: TextRedline) -> tuple[list[str], list[str]]:
    html, marks = [text.inline(old[0], new[0])], [""]
    for i, j in columns:
        if i is not None and j is not None:
            html.append(text.inline(old[i + 1], new[j + 1]))
            marks.append("")
        else:
            mark: Mark = "added" if j is not None else "removed"
            html.append(text.whole_inline(new[j + 1] if j is not None else old[(i or 0) + 1], mark))
            marks.append(mark)
    return html, marks


def _row(old: FieldRow, new: FieldRow, columns: list[Pair], text: TextRedline) -> FieldRow:
    known = len(text.found)
    cells = [_cell(old, i, new, j, text) for i, j in columns]
    del text.found[known:]
    if not text.is_same(_row_html(old), _row_html(new)):
        text.find(_row_html(old), _row_html(new))
    return {**new, "label": text.inline(old["label"], new["label"]), "cells": cells}


def _cell(old: FieldRow, i: int | None, new: FieldRow, j: int | None, text: TextRedline) -> FieldCell:
    before = old["cells"][i] if i is not None and i < len(old["cells"]) else None
    after = new["cells"][j] if j is not None and j < len(new["cells"]) else None
    if before and after:
        return {**after, "html": text.rich(before["html"], after["html"])}
    if after:
        return {**after, "html": text.whole(after["html"], "added"), "mark": "added"}
    return {**before, "html": text.whole(before["html"], "removed"), "mark": "removed"} if before else FILLER


def _whole_row(row: FieldRow, mark: Mark, columns: list[Pair], text: TextRedline) -> FieldRow:
    side = 1 if mark == "added" else 0
    places = [pair[side] for pair in columns]
    cells: list[FieldCell] = [
        {**row["cells"][place], "html": text.whole(row["cells"][place]["html"], mark), "mark": mark}
        if place is not None and place < len(row["cells"])
        else FILLER
        for place in places
    ]
    id_ = row["id"] if mark == "added" else old_id(row["id"])
    return {"id": id_, "label": text.whole_inline(row["label"], mark), "cells": cells, "mark": mark}
