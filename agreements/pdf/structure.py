"""The logical structure of a printed document: what WeasyPrint painted, as headings, lists, tables and notes.

WeasyPrint's own tags are made page by page: a paragraph over two pages becomes two, notes are nothing, languages
and headers of tables are lost, and what stands at the head of the page counts as text. Here every element of the
HTML is one node however many pages it covers, and reading order is the HTML's. Source: ISO 32000-1, 14.8;
ISO 14289-1 (PDF/UA-1), 7.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

KINDS = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P", "ul": "L", "ol": "L", "li": "LI", "dl": "L", "dt": "Lbl", "dd": "LBody", "a": "Link",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD",
    "section": "Sect", "blockquote": "BlockQuote", "figure": "Div", "figcaption": "Caption", "img": "Figure",
}  # fmt: skip
PASSAGES = {"span": "Span", "div": "Div"}  # what carries a language, and nothing else
# Kinds that hold other kinds; text right in them gets a paragraph of its own.
GROUPS = frozenset({"Document", "Sect", "Div", "BlockQuote", "Note", "TOC", "L", "Table", "THead", "TBody", "TR"})
# A note follows the paragraph that refers to it, and is never inside it.
PARAGRAPHS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})
# Kept without content: a table without them would lose its grid.
CELLS = frozenset({"TH", "TD"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Something painted: the marked content ``mcid`` of the page with that index."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's clickable area, an object of the PDF, on the page with that index."""

    page: int
    area: Any


@dataclass(eq=False, slots=True)
class Node:
    """One structure element. ``kids`` are in reading order; ``first_page`` is where it begins.

    ``bounds`` is a picture's x, y, width and height in CSS pixels from the top left of its page; ``spans`` are a
    cell's columns and rows.
    """

    kind: str
    first_page: int
    parent: "Node | None" = None
    element: Any = None
    kids: "list[Node | Piece | Annotation]" = field(default_factory=list)
    notes: "list[Node]" = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    actual_text: str = ""
    bounds: tuple[float, ...] = ()
    spans: tuple[int, int] = (1, 1)

    def add(self, kind: str, page: int, element: Any = None) -> "Node":
        node = Node(kind, page, self, element)
        self.kids.append(node)
        return node

    def nearest(self, kinds: frozenset[str]) -> "Node | None":
        node: Node | None = self
        while node is not None and node.kind not in kinds:
            node = node.parent
        return node

    def reading_order(self) -> "Iterator[Node | Piece | Annotation]":
        """The kids that have something in them, each followed by its notes."""
        for kid in self.kids:
            if not isinstance(kid, Node):
                yield kid
            elif not kid.is_empty:
                yield kid
                yield from kid.notes

    @property
    def is_empty(self) -> bool:
        return self.kind not in CELLS and not any(True for _ in self.reading_order())

    @property
    def text(self) -> str:
        """The words of the element, for what has to be said of a link."""
        return " ".join("".join(self.element.itertext()).split()) if self.element is not None else ""


def kind_of(element: Any) -> str:
    """The kind of structure element for an HTML element; empty for those that only carry looks."""
    if wanted := element.get("data-tag"):
        return str(wanted)
    if element.get("lang"):
        return PASSAGES.get(element.tag, KINDS.get(element.tag, ""))
    return KINDS.get(element.tag, "")
