"""Reads laid-out pages into a structure tree; see ``structure``.

Works on WeasyPrint's boxes, of which there is no public description: WeasyPrint is pinned, and the structural
tests print every kind of block.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from agreements.pdf.structure import CELLS, GROUPS, PARAGRAPHS, Annotation, Node, Piece, kind_of

SIGNS = ("ins::before", "del::before", "ins::after", "del::after")


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page after painting: its box, and the number of marked content by box."""

    index: int
    box: Any
    marks: dict[Any, int]
    artifacts: set[int]


class Reader:
    """Collects the structure of one document, page after page."""

    def __init__(self) -> None:
        self.root = Node("Document", 0)
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._notes: dict[Any, Node] = {}

    def read(self, pages: Iterable[PaintedPage]) -> Node:
        for page in pages:
            for box in page.box.children:
                if isinstance(box, boxes.MarginBox):
                    _set_aside(box, page)
                elif isinstance(box, boxes.FootnoteAreaBox):
                    self._read_notes(box, page)
                else:
                    self._read_kids(box, self.root, page)
        return self.root

    def _read_notes(self, area: Any, page: PaintedPage) -> None:
        for box in area.children:
            self._read_kids(box, self._notes.get(box.element, self.root), page)

    def _read_kids(self, box: Any, node: Node, page: PaintedPage) -> None:
        for kid in box.children:
            self._read_box(kid._box if isinstance(kid, AbsolutePlaceholder) else kid, node, page)

    def _read_box(self, box: Any, parent: Node, page: PaintedPage) -> None:
        if isinstance(box, boxes.TextBox):
            _put(parent, box, page)
        elif isinstance(box, boxes.ReplacedBox):
            self._read_picture(box, parent, page)
        elif box.is_leader or self._is_repeated(box, page):
            _set_aside(box, page)
        else:
            node = self._node(box, parent, page)
            if box.link_annotation and (link := node.nearest(frozenset({"Link"}))):
                link.kids.append(Annotation(page.index, box.link_annotation))
            self._read_kids(box, node, page)

    def _is_repeated(self, box: Any, page: PaintedPage) -> bool:
        """Whether this is the head of a table, shown once more on a later page."""
        known = self._nodes.get((box.element, "thead")) if box.element_tag == "thead" else None
        return known is not None and known.first_page != page.index

    def _node(self, box: Any, parent: Node, page: PaintedPage) -> Node:
        """The node that the content of the box belongs to: its element's, or the parent."""
        key = (box.element, box.element_tag)
        if box.element is None:
            return parent
        if key not in self._nodes:
            self._nodes[key] = self._new_node(box, parent, page)
        return self._nodes[key]

    def _new_node(self, box: Any, parent: Node, page: PaintedPage) -> Node:
        tag, _, pseudo = box.element_tag.partition("::")
        match pseudo:
            case "":
                return _element_node(box, parent, page)
            case "marker" if tag == "li":
                return _label(parent, page)
            case "footnote-call":
                return self._reference(box, parent, page)
            case "footnote-marker":
                return parent.add("Lbl", page.index)
            case _ if box.element_tag in SIGNS:
                sign = parent.add("Span", page.index)
                sign.actual_text = box.element.get(f"data-{pseudo}", "")
                return sign
        return parent

    def _reference(self, box: Any, parent: Node, page: PaintedPage) -> Node:
        """The number in the text; its note comes after the paragraph, wherever it is printed."""
        reference = parent.add("Reference", page.index)
        paragraph = parent.nearest(PARAGRAPHS)
        if paragraph is None or paragraph.parent is None:
            note = parent.add("Note", page.index, box.element)
        else:
            note = Node("Note", page.index, paragraph.parent, box.element)
            paragraph.notes.append(note)
        self._notes[box.element] = note
        return reference

    def _read_picture(self, box: Any, parent: Node, page: PaintedPage) -> None:
        figure = parent.add("Figure", page.index, box.element)
        figure.alternative = box.element.get("alt", "")
        figure.bounds = (box.content_box_x(), box.content_box_y(), box.width, box.height)
        _put(figure, box, page)


def _element_node(box: Any, parent: Node, page: PaintedPage) -> Node:
    kind = kind_of(box.element)
    if not kind:
        return parent
    node = parent.add(kind, page.index, box.element)
    if kind == "LI" and box.element_tag == "li":
        node = node.add("LBody", page.index, box.element)
    if kind in CELLS:
        node.spans = (box.colspan, box.rowspan)
    node.language = box.element.get("lang", "")
    return node


def _label(parent: Node, page: PaintedPage) -> Node:
    """The bullet or number of an item, before the item's body."""
    item = parent.parent if parent.kind == "LBody" and parent.parent else parent
    label = Node("Lbl", page.index, item)
    item.kids.insert(0, label)
    return label


def _put(node: Node, box: Any, page: PaintedPage) -> None:
    if (mark := page.marks.get(box)) is None:
        return
    if node.kind in GROUPS:
        last = node.kids[-1] if node.kids else None
        is_open = isinstance(last, Node) and last.kind == "P" and last.element is None
        node = last if is_open and isinstance(last, Node) else node.add("P", page.index)
    node.kids.append(Piece(page.index, mark))


def _set_aside(box: Any, page: PaintedPage) -> None:
    """Mark everything in the box as decoration: heads and feet of pages, dots, repeated heads of tables."""
    for inner in box.descendants():
        if (mark := page.marks.get(inner)) is not None:
            page.artifacts.add(mark)
