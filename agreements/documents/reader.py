"""HTML read into the nodes of ``rich_text``: what fits is kept, what does not becomes paragraphs.

Words are never lost. A picture inside a list, quotation or cell, and a table inside a list or quotation,
comes after it; everything else that may not stand where it stands becomes plain paragraphs on the spot.
"""

import re
from collections.abc import Iterable

from lxml import etree

from agreements.documents import html_tree, rich_text
from agreements.documents.addresses import clean_href, clean_language
from agreements.documents.flow import Flow, Place
from agreements.documents.quick_reader import quick_nodes, quick_runs
from agreements.documents.rich_text import (
    MAX_LIST_LEVEL,
    Cell,
    Figure,
    ListNode,
    Node,
    Paragraph,
    Quote,
    Table,
)
from agreements.documents.runs import PLAIN, Marks, Run, Runs, clean_text, normalised
from agreements.documents.table_grid import regular
from agreements.documents.table_reader import read_rows, span

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SHA256 = re.compile("[0-9a-f]{64}")
MAX_DEPTH = 100  # deeper nesting is read as plain words


def read(html: str) -> tuple[Node, ...]:
    """The nodes of any HTML, wherever it comes from."""
    return _read(html_tree.parse(html), Place.TOP)


def read_canonical(html: str) -> tuple[Node, ...]:
    """The nodes of HTML that ``rich_text.write`` wrote; much faster, and note references are kept."""
    if nodes := quick_nodes(html):
        return nodes
    body = html_tree.parse_canonical(html)
    return _read(body, Place.TOP) if body is not None else read(html)


def read_note(html: str) -> tuple[Node, ...]:
    """The paragraphs of a note; a note inside it comes as its words."""
    return _read(html_tree.parse(html), Place.NOTE)


def read_inline(html: str) -> Runs:
    """The runs of a heading or caption; what were paragraphs are parted by a space."""
    return _joined(_gather(html_tree.parse(html), Flow(Place.CELL)).nodes)


def read_canonical_inline(html: str) -> Runs:
    """The runs of inline HTML that ``runs.to_html`` wrote, note references kept."""
    if runs := quick_runs(html):
        return runs
    body = html_tree.parse_canonical(html)
    return _joined(_gather(body, Flow(Place.CELL)).nodes) if body is not None else read_inline(html)


def _read(body: etree._Element, place: Place) -> tuple[Node, ...]:
    return tuple(_gather(body, Flow(place)).nodes)


def _joined(nodes: Iterable[Node]) -> Runs:
    runs: list[Run] = []
    for paragraph in rich_text.paragraphs(nodes):
        runs += [Run("text", " "), *paragraph.runs]
    return normalised(runs)


def _gather(element: etree._Element, flow: Flow, marks: Marks = PLAIN, depth: int = 0) -> Flow:
    """Walk what is inside the element and end its last paragraph."""
    _walk(element, flow, marks, depth)
    flow.close()
    return flow


def _walk(element: etree._Element, flow: Flow, marks: Marks, depth: int) -> None:
    if depth > MAX_DEPTH:
        flow.say(" ".join(map(str, element.itertext())), marks)
        return
    flow.say(element.text, marks)
    for child in element:
        _take(child, flow, marks, depth + 1)
        flow.say(child.tail, marks)


def _take(element: etree._Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Read one element, whatever it is, into the flow."""
    marks = _marked(element, marks)
    tag = element.tag
    if tag == "br":
        flow.runs.append(Run("br", ""))
    elif tag == "sup":
        _take_note(element, flow, marks, depth)
    elif tag in ("ul", "ol", "menu", "dir") and flow.level < MAX_LIST_LEVEL and ListNode in flow.place.keeps:
        _take_list(element, flow, marks, depth)
    elif tag == "blockquote":
        _take_quote(element, flow, marks, depth)
    elif tag == "table":
        _take_table(element, flow, marks, depth)
    elif tag == "figure" and SHA256.fullmatch((element.get("data-asset") or "").lower()):
        _take_figure(element, flow, depth)
    elif tag in html_tree.BLOCK_TAGS:
        flow.close()
        _walk(element, flow, marks, depth)
        flow.close(is_heading=tag in HEADINGS)
    else:
        _walk(element, flow, marks, depth)


def _marked(element: etree._Element, marks: Marks) -> Marks:
    match element.tag:
        case "a":
            marks = marks._replace(href=clean_href(element.get("href") or "") or marks.href)
        case "strong" | "b":
            marks = marks._replace(strong=True)
        case "em" | "i" | "cite" | "dfn" | "var":
            marks = marks._replace(em=True)
    language = clean_language(element.get("lang") or "")
    return marks._replace(lang=language) if language else marks


def _take_note(element: etree._Element, flow: Flow, marks: Marks, depth: int) -> None:
    """A note, a reference to one, or other raised text; the number that stands in a note is not text."""
    if note := element.get("data-note"):
        _take_note_text(note, flow)
    elif reference := element.get("data-ref"):
        flow.runs.append(Run("ref", reference))
    words = html_tree.words(element).strip()
    if not (note and words.isdigit()):
        _walk(element, flow, marks, depth)


def _take_note_text(note: str, flow: Flow) -> None:
    if flow.place is Place.NOTE:
        flow.say(f" {html_tree.plain(note)} ", PLAIN)
    elif html := rich_text.write(read_note(note)):
        flow.runs.append(Run("note", html))


def _take_list(element: etree._Element, flow: Flow, marks: Marks, depth: int) -> None:
    inner = _items(element, flow.level + 1, marks, depth)
    items = tuple(nodes for item in inner if (nodes := _of_item(item.nodes)))
    if items:
        flow.add(ListNode(items, span(element, "start") if element.tag == "ol" else None))
    for item in inner:
        flow.add_moved_out(item)


def _items(element: etree._Element, level: int, marks: Marks, depth: int) -> list[Flow]:
    """One flow per item; what stands outside the items (Word's inner lists do) joins the one before."""
    items = [Flow(Place.ITEM, level)]
    items[0].say(element.text, marks)
    items[0].close()
    for child in element:
        if child.tag == "li":
            items.append(Flow(Place.ITEM, level))
        _take(child, items[-1], marks, depth + 1)
        items[-1].close()
        items[-1].say(child.tail, marks)
        items[-1].close()
    return items


def _of_item(nodes: Iterable[Node]) -> tuple[Paragraph | ListNode, ...]:
    return tuple(node for node in nodes if isinstance(node, Paragraph | ListNode))


def _take_quote(element: etree._Element, flow: Flow, marks: Marks, depth: int) -> None:
    flow.close()
    inner = _gather(element, Flow(Place.QUOTE), marks, depth)
    if quoted := tuple(rich_text.paragraphs(inner.nodes)):
        flow.add(Quote(quoted))
    flow.add_moved_out(inner)


def _take_table(element: etree._Element, flow: Flow, marks: Marks, depth: int) -> None:
    moved_out = Flow(Place.CELL)

    def read_cell(cell: etree._Element) -> Cell:
        inner = _gather(cell, Flow(Place.CELL, flow.level), _marked(cell, marks), depth + 2)
        moved_out.moved_out += inner.moved_out
        is_header = cell.tag == "th"
        return Cell(_of_item(inner.nodes), is_header, span(cell, "colspan"), span(cell, "rowspan"))

    flow.close()
    caption = _caption(element, "caption", marks, depth)
    head, body = regular(*read_rows(element, read_cell))
    if head or body:
        flow.add(Table(caption, head, body))
    elif caption:
        flow.add(Paragraph(caption))
    flow.add_moved_out(moved_out)


def _caption(element: etree._Element, tag: str, marks: Marks, depth: int) -> Runs:
    runs: list[Run] = []
    for caption in element.iterchildren(tag):
        inner = _gather(caption, Flow(Place.CELL), _marked(caption, marks), depth + 1)
        runs += [Run("text", " "), *_joined(inner.nodes)]
    return normalised(runs)


def _take_figure(element: etree._Element, flow: Flow, depth: int) -> None:
    """A picture with its caption and one table of values; anything else in it comes after it."""
    flow.close()
    rest = Flow(Place.TOP)
    rest.say(element.text, PLAIN)
    for child in element:
        if child.tag != "figcaption":
            _take(child, rest, PLAIN, depth + 1)
        rest.say(child.tail, PLAIN)
    rest.close()
    table = next((node for node in rest.nodes if isinstance(node, Table)), None)
    flow.add(_figure(element, _caption(element, "figcaption", PLAIN, depth), table))
    for node in rest.nodes:
        if node is not table:
            flow.add(node)


def _figure(element: etree._Element, caption: Runs, table: Table | None) -> Figure:
    if table and table.caption:
        caption = normalised([*caption, Run("text", " "), *table.caption])
        table = Table((), table.head, table.body)
    alt, source = (clean_text(element.get(f"data-{name}") or "").strip() for name in ("alt", "source"))
    return Figure((element.get("data-asset") or "").lower(), alt, source, caption, table)
