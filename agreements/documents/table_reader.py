"""A table of HTML read row by row: which rows are the head, which cells are headers, what they span."""

from collections.abc import Callable, Iterator

from lxml import etree

from agreements.documents import html_tree
from agreements.documents.rich_text import Cell, Row

ReadCell = Callable[[etree._Element], Cell]
RowElements = list[etree._Element]


def read_rows(table: etree._Element, read_cell: ReadCell) -> tuple[list[Row], list[Row]]:
    """The rows of head and body; leading rows of header cells are the head where none is marked."""
    head, body = _row_elements(table)
    if not head:
        count = _leading_header_rows(body)
        head, body = body[:count], body[count:]
    return [_read_row(row, read_cell) for row in head], [_read_row(row, read_cell) for row in body]


def _row_elements(table: etree._Element) -> tuple[RowElements, RowElements]:
    head: RowElements = []
    body: RowElements = []
    foot: RowElements = []
    for part in table:
        if part.tag == "tr":
            body.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            rows = {"thead": head, "tbody": body, "tfoot": foot}[part.tag]
            rows.extend(row for row in part if row.tag == "tr" and len(row))
    return head, [row for row in body + foot if len(row)]


def _leading_header_rows(rows: RowElements) -> int:
    """How many rows are the head: never all of several, and none that a cell spans out of."""
    count = 0
    for row in rows:
        if not _is_header_row(row):
            break
        count += 1
    if count == len(rows):
        count = min(count, 1)
    reaches = (index + span(cell, "rowspan") for index, row in enumerate(rows[:count]) for cell in row)
    return count if max(reaches, default=0) <= count else 0


def _is_header_row(row: etree._Element) -> bool:
    headers = [cell for cell in row if cell.tag == "th"]
    if any((cell.get("scope") or "").lower().startswith("row") for cell in headers):
        return False
    return bool(headers) and not any(html_tree.words(cell).strip() for cell in row if cell.tag != "th")


def _read_row(row: etree._Element, read_cell: ReadCell) -> Row:
    return tuple(read_cell(cell) for cell in _cells(row))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def span(cell: etree._Element, name: str) -> int:
    """A colspan or rowspan; 1 where it is missing or no number."""
    value = (cell.get(name) or "").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 5 else 1
