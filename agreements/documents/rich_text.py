"""Rich text as a tree of a few node types: what the body of a section may hold, and nothing else.

``write`` spells a tree as canonical HTML (NFC, attributes sorted, one spelling for one content);
``reader.read`` makes the tree of HTML.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from agreements.documents import runs as inline
from agreements.documents.runs import Runs

MAX_LIST_LEVEL = 9  # as in Word; deeper ones are read as paragraphs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a sub-heading inside a section (``h4``)."""

    runs: Runs
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list; each item holds paragraphs and lists. ``start`` is None for bullets, else the first number."""

    items: tuple["tuple[Paragraph | ListNode, ...]", ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation of paragraphs."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; empty ones are kept."""

    nodes: tuple[Paragraph | ListNode, ...] = ()
    is_header: bool = False
    colspan: int = 1
    rowspan: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row of head and body is equally wide (``table_grid``)."""

    caption: Runs
    head: tuple[Row, ...]
    body: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture by its hash, with what is needed to understand it without seeing it."""

    asset: str
    alt: str
    source: str
    caption: Runs
    table: Table | None = None


Node = Paragraph | ListNode | Quote | Table | Figure


def write(nodes: Iterable[Node]) -> str:
    """Canonical HTML of the nodes."""
    return "".join(_write(node) for node in nodes)


def _write(node: Node) -> str:
    match node:
        case Paragraph():
            tag = "h4" if node.is_heading else "p"
            return f"<{tag}>{inline.to_html(node.runs)}</{tag}>"
        case ListNode():
            return _write_list(node)
        case Quote():
            return f"<blockquote>{write(node.paragraphs)}</blockquote>"
        case Table():
            return _write_table(node)
        case Figure():
            return _write_figure(node)


def _write_list(node: ListNode) -> str:
    return list_of(node, "".join(f"<li>{write(item)}</li>" for item in node.items))


def list_of(node: ListNode, items: str, attributes: str = "") -> str:
    """The list's own element around items that are already HTML."""
    if node.start is None:
        return f"<ul{attributes}>{items}</ul>"
    start = "" if node.start == 1 else f' start="{node.start}"'
    return f"<ol{attributes}{start}>{items}</ol>"


def _write_table(node: Table) -> str:
    caption = f"<caption>{inline.to_html(node.caption)}</caption>" if node.caption else ""
    head = f"<thead>{_write_rows(node.head, 'col')}</thead>" if node.head else ""
    body = f"<tbody>{_write_rows(node.body, 'row')}</tbody>" if node.body else ""
    return f"<table>{caption}{head}{body}</table>"


def _write_rows(rows: Iterable[Row], scope: str) -> str:
    return "".join(f"<tr>{''.join(_write_cell(cell, scope) for cell in row)}</tr>" for row in rows)


def _write_cell(cell: Cell, scope: str) -> str:
    spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    if cell.is_header:
        return f'<th{spans} scope="{scope}">{write(cell.nodes)}</th>'
    return f"<td{spans}>{write(cell.nodes)}</td>"


def _write_figure(node: Figure) -> str:
    data = f'data-alt="{escape(node.alt)}" data-asset="{node.asset}" data-source="{escape(node.source)}"'
    caption = f"<figcaption>{inline.to_html(node.caption)}</figcaption>" if node.caption else ""
    return f"<figure {data}>{caption}{_write_table(node.table) if node.table else ''}</figure>"


def paragraphs(nodes: Iterable[Node]) -> Iterator[Paragraph]:
    """Every paragraph of the nodes in reading order, out of lists, quotations, cells and captions."""
    for node in nodes:
        match node:
            case Paragraph():
                yield node
            case ListNode():
                for item in node.items:
                    yield from paragraphs(item)
            case Quote():
                yield from node.paragraphs
            case Table():
                yield from _table_paragraphs(node)
            case Figure():
                yield from _figure_paragraphs(node)


def _table_paragraphs(table: Table) -> Iterator[Paragraph]:
    if table.caption:
        yield Paragraph(table.caption)
    for row in (*table.head, *table.body):
        for cell in row:
            yield from paragraphs(cell.nodes)


def _figure_paragraphs(figure: Figure) -> Iterator[Paragraph]:
    if figure.caption:
        yield Paragraph(figure.caption)
    if figure.table:
        yield from _table_paragraphs(figure.table)
