"""Field tables and lists of items with their differences: rows and items are known by their ids (R83)."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from django.utils.translation import gettext as _

from agreements.documents.align import Pair, align, bag, likeness
from agreements.documents.block_types import FieldCell, FieldRow, FieldTableBlock, Item, ItemListBlock
from agreements.documents.marking import Mark
from agreements.documents.places_in_tables import find_columns, one_row
from agreements.documents.text import plain, title
from agreements.documents.text_redline import TextRedline

FILLER: FieldCell = {"html": "", "open": False, "mark": "filler"}


def old_id(id_: str) -> str:
    """The id of what is gone, beside what has the same id now."""
    return f"old-{id_}"


def _keys(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], text: TextRedline
) -> tuple[list[str], list[str]]:
    """What has an id on both sides is known by it, the rest by its words. Takes (id, HTML) of each."""
    common = {id_ for id_, _html in old} & {id_ for id_, _html in new}
    sides = zip((old, new), text.keys([html for _id, html in old], [html for _id, html in new]), strict=True)
    old_keys, new_keys = (
        [f"id {id_}" if id_ in common else key for (id_, _html), key in zip(side, keys, strict=True)]
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
    heads = [title(html) for html in new["header"][1:]]
    olds, news = ([_row_html(row) for row in table["rows"]] for table in (old, new))
    keys = _keys(_with_ids(old["rows"], olds), _with_ids(new["rows"], news), text)
    rows = text.merged(
        olds,
        news,
        keys=keys,
        fits=lambda i, j: not (keys[0][i].startswith("id ") or keys[1][j].startswith("id ")),
        added=lambda j: _whole_row(new["rows"][j], "added", columns, text),
        removed=lambda i: _whole_row(old["rows"][i], "removed", columns, text),
        pair=lambda i, j: _row(old["rows"][i], new["rows"][j], columns, heads, text),
    )
    header, marks = _header(old["header"], new["header"], columns, text) if new["header"] else ([], [])
    find_columns([(0, 0), *map(_after_label, columns)], _htmls(old), _htmls(new), text)
    return {**new, "header": header, "header_marks": marks, "rows": rows}


def _row_html(row: FieldRow) -> str:
    return "<p>|</p>".join((f"<p>{row['label']}</p>", *(cell["html"] for cell in row["cells"])))


def _after_label(column: Pair) -> Pair:
    """A column of values as a column of the whole table, the labels being the first."""
    i, j = column
    return (None if i is None else i + 1, None if j is None else j + 1)


def _htmls(table: FieldTableBlock) -> list[list[str]]:
    rows = [[row["label"], *(cell["html"] for cell in row["cells"])] for row in table["rows"]]
    return [table["header"], *rows] if table["header"] else rows


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
    with one_row(_("Column heading"), text):
        return _headings(old, new, columns, text)


def _headings(old: list[str], new: list[str], columns: list[Pair], text: TextRedline) -> tuple[list[str], list[str]]:
    html, marks = [_heading(old[0], new[0], text)], [""]
    for i, j in columns:
        if i is not None and j is not None:
            html.append(_heading(old[i + 1], new[j + 1], text))
            marks.append("")
        else:
            mark: Mark = "added" if j is not None else "removed"
            html.append(text.whole_inline(new[j + 1] if j is not None else old[(i or 0) + 1], mark))
            marks.append(mark)
    return html, marks


def _heading(old: str, new: str, text: TextRedline) -> str:
    if not text.is_same(old, new):
        text.find(old, new)
    return text.inline(old, new)


def _row(old: FieldRow, new: FieldRow, columns: list[Pair], heads: Sequence[str], text: TextRedline) -> FieldRow:
    is_renamed = not text.is_same(old["label"], new["label"])
    cells = []
    with one_row(title(new["label"]), text, is_renamed=is_renamed):
        if is_renamed:
            text.find(old["label"], new["label"], _("Name of the row"))
        for i, j in columns:
            head = heads[j] if j is not None and j < len(heads) else ""
            cells.append(_cell(_at(old, i), _at(new, j), head, text, is_told=None not in (i, j)))
    return {**new, "label": text.inline(old["label"], new["label"]), "cells": cells}


def _at(row: FieldRow, index: int | None) -> FieldCell | None:
    return row["cells"][index] if index is not None and index < len(row["cells"]) else None


def _cell(
    before: FieldCell | None, after: FieldCell | None, place: str, text: TextRedline, *, is_told: bool
) -> FieldCell:
    """``is_told``: what came or went is one of the cell, and not of its column."""
    if before and after:
        if before["open"] != after["open"] and text.is_same(before["html"], after["html"]):
            return _other_standing(before, after, place, text)
        return {**after, "html": text.cell(before["html"], after["html"], place)}
    if is_told and (before or after):
        text.find(before["html"] if before else "", after["html"] if after else "", place)
    if after:
        return {**after, "html": text.whole(after["html"], "added"), "mark": "added"}
    return {**before, "html": text.whole(before["html"], "removed"), "mark": "removed"} if before else FILLER


def _other_standing(before: FieldCell, after: FieldCell, place: str, text: TextRedline) -> FieldCell:
    """The same words, which are to be decided now and were not before, or the other way about."""
    words = _("to be decided") if after["open"] else _("decided")
    text.find(before["html"] or "<p></p>", after["html"] or "<p></p>", place, words)
    html = text.whole(before["html"], "removed") + text.whole(after["html"], "added")
    return {**after, "html": html}


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
