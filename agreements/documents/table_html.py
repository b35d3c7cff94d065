"""Tables as HTML. Those without header cells get none; what is wide scrolls in itself (WCAG 1.4.10)."""

from collections.abc import Iterable

from agreements.documents.block_types import Block, CellData, FieldCell, FieldRow, FieldTableBlock, TableBlock
from agreements.documents.surroundings import Surroundings, class_of


def table(block: TableBlock, around: Surroundings) -> str:
    """A table with its caption, head and body."""
    caption_id = f"{around.id(block['id'])}-caption"
    caption = f'<caption id="{caption_id}">{around.resolve(block["caption"])}</caption>' if block["caption"] else ""
    name = f'aria-labelledby="{caption_id}"' if caption else f'aria-label="{around.next_table()}"'
    return _scrolling(f"<table>{caption}{groups(block['head'], block['body'], around)}</table>", block, name, around)


def _scrolling(table: str, block: Block, name: str, around: Surroundings) -> str:
    return f'<div{around.attributes(block, "table-scroll")} role="group" tabindex="0" {name}>{table}</div>'


def groups(head: list[list[CellData]], body: list[list[CellData]], around: Surroundings) -> str:
    """The row groups of a table."""
    parts = [f"<thead>{_rows(head, 'col', around)}</thead>"] if head else []
    parts += [f"<tbody>{_rows(body, 'row', around)}</tbody>"] if body else []
    return "".join(parts)


def _rows(rows: Iterable[list[CellData]], scope: str, around: Surroundings) -> str:
    return "".join(f"<tr>{''.join(_cell(cell, scope, around) for cell in row)}</tr>" for row in rows)


def _cell(cell: CellData, scope: str, around: Surroundings) -> str:
    attributes = class_of(cell)
    attributes += f' colspan="{cell["colspan"]}"' if cell["colspan"] > 1 else ""
    attributes += f' rowspan="{cell["rowspan"]}"' if cell["rowspan"] > 1 else ""
    html = around.resolve(_unwrapped(cell["html"]))
    if cell["header"]:
        return f'<th{attributes} scope="{scope}">{html}</th>'
    return f"<td{attributes}>{html}</td>"


def _unwrapped(html: str) -> str:
    """A cell's only paragraph is written as the cell's text."""
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return html if len(inner) + 7 != len(html) or "<p" in inner or "</p>" in inner else inner


def field_table(block: FieldTableBlock, around: Surroundings) -> str:
    """A table whose rows are fields: the label is the row's header (R83)."""
    marks = block.get("header_marks") or [""] * len(block["header"])
    cells = "".join(_column_heading(*column, around) for column in zip(block["header"], marks, strict=True))
    head = f"<thead><tr>{cells}</tr></thead>" if cells else ""
    rows = "".join(_field_row(row, around) for row in block["rows"])
    inner = f'<table class="field-table">{head}<tbody>{rows}</tbody></table>'
    return _scrolling(inner, block, f'aria-label="{around.next_table()}"', around)


def _column_heading(html: str, mark: str, around: Surroundings) -> str:
    class_ = f' class="{mark}"' if mark else ""
    return f'<th{class_} scope="col">{around.resolve(html)}</th>' if html else f"<td{class_}></td>"


def _field_row(row: FieldRow, around: Surroundings) -> str:
    label = f'<th scope="row">{around.resolve(row["label"])}</th>'
    cells = "".join(_field_cell(cell, around) for cell in row["cells"])
    return f'<tr id="{around.id(row["id"])}"{class_of(row)}>{label}{cells}</tr>'


def _field_cell(cell: FieldCell, around: Surroundings) -> str:
    classes = class_of(cell, "open-point") if cell["open"] else class_of(cell)
    return f"<td{classes}>{around.resolve(_unwrapped(cell['html']))}</td>"
