"""Writes a structure tree into a PDF: the elements, what they mean, and which painted piece belongs to which.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pydyf

from agreements.pdf.structure import Annotation, Node, Piece

PRINTED = 4  # the flag of an annotation that is there on paper too, which PDF/A asks for
POINTS = 0.75  # per CSS pixel
NUMBERING = {"ol": "/Decimal", "ul": "/Disc"}


class TagWriter:
    """Adds the tree of one document to ``pdf``, whose pages are ``pages`` in order; heights are in points."""

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[Any]) -> None:
        self._pdf = pdf
        self._pages = pages
        self._owners: list[dict[int, bytes]] = [{} for _ in pages]
        self._areas: list[tuple[bytes, Any]] = []
        self._notes: list[tuple[str, bytes]] = []

    def write(self, root: Node) -> None:
        tree = self._add({"Type": "/StructTreeRoot"})
        tree["K"] = pydyf.Array([self._element(root, tree.reference).reference])
        tree["ParentTree"] = self._parent_tree().reference
        tree["ParentTreeNextKey"] = len(self._pages) + len(self._areas)
        if self._notes:
            tree["IDTree"] = self._id_tree().reference
        self._pdf.catalog["StructTreeRoot"] = tree.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self._pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _add(self, values: dict[str, Any]) -> pydyf.Dictionary:
        added = pydyf.Dictionary(values)
        self._pdf.add_object(added)
        return added

    def _element(self, node: Node, parent: bytes) -> pydyf.Dictionary:
        element = self._add({"S": f"/{node.kind}", "P": parent})
        element.update(self._properties(node, element.reference))
        element["Pg"] = self._pages[node.first_page].reference
        element["K"] = pydyf.Array(self._kid(kid, node, element) for kid in node.reading_order())
        return element

    def _kid(self, kid: Node | Piece | Annotation, node: Node, element: pydyf.Dictionary) -> Any:
        match kid:
            case Node():
                return self._element(kid, element.reference).reference
            case Annotation():
                self._areas.append((element.reference, kid.area))
                kid.area.update(Contents=pydyf.String(node.text), F=PRINTED)
                page = self._pages[kid.page].reference
                return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.area.reference, "Pg": page})
            case Piece():
                self._owners[kid.page][kid.mcid] = element.reference
                if kid.page == node.first_page:
                    return kid.mcid
                page = self._pages[kid.page].reference
                return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.mcid})

    def _properties(self, node: Node, reference: bytes) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        for key, text in (("Alt", node.alternative), ("ActualText", node.actual_text), ("Lang", node.language)):
            if text:
                properties[key] = pydyf.String(text)
        if attributes := _attributes(node, self._pages):
            properties["A"] = pydyf.Dictionary(attributes)
        if node.kind == "Note":
            properties["ID"] = pydyf.String(f"note-{len(self._notes) + 1:05}")
            self._notes.append((f"note-{len(self._notes) + 1:05}", reference))
        return properties

    def _parent_tree(self) -> pydyf.Dictionary:
        """For each page the owners of its pieces, for each link its element (14.7.4.4)."""
        numbers: list[Any] = []
        for index, (page, owners) in enumerate(zip(self._pages, self._owners, strict=True)):
            page["StructParents"] = index
            page["Tabs"] = "/S"
            last = max(owners, default=-1)
            numbers += [index, pydyf.Array(owners.get(mcid, "null") for mcid in range(last + 1))]
        for index, (reference, area) in enumerate(self._areas, start=len(self._pages)):
            area["StructParent"] = index
            numbers += [index, reference]
        return self._add({"Nums": pydyf.Array(numbers)})

    def _id_tree(self) -> pydyf.Dictionary:
        names = [part for identifier, reference in self._notes for part in (pydyf.String(identifier), reference)]
        limits = pydyf.Array([pydyf.String(self._notes[0][0]), pydyf.String(self._notes[-1][0])])
        leaf = self._add({"Names": pydyf.Array(names), "Limits": limits})
        return self._add({"Kids": pydyf.Array([leaf.reference])})


def _attributes(node: Node, pages: Sequence[Any]) -> dict[str, Any]:
    """Layout of pictures, grid and headers of tables (14.8.5)."""
    if node.kind == "Figure" and node.bounds:
        return {"O": "/Layout", "Placement": "/Block", "BBox": _box(node, pages)}
    if node.kind in ("TH", "TD"):
        return _cell_attributes(node)
    if node.kind == "L":
        return {"O": "/List", "ListNumbering": NUMBERING.get(node.element.tag, "/None")}
    return {}


def _box(node: Node, pages: Sequence[Any]) -> pydyf.Array:
    x, y, width, height = (POINTS * value for value in node.bounds)
    top = pages[node.first_page]["MediaBox"][3]
    return pydyf.Array([x, top - y - height, x + width, top - y])


def _cell_attributes(node: Node) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    if node.kind == "TH":
        in_head = node.nearest(frozenset({"THead"})) is not None
        scope = node.element.get("scope", "col" if in_head else "row")
        attributes["Scope"] = "/Row" if scope == "row" else "/Column"
    columns, rows = node.spans
    if columns > 1:
        attributes["ColSpan"] = columns
    if rows > 1:
        attributes["RowSpan"] = rows
    return {"O": "/Table", **attributes} if attributes else {}


def set_aside(stream: Any, artifacts: Iterable[int]) -> None:
    """Turn marked content of a page into artifacts: nothing that is read aloud (ISO 14289-1, 7.1)."""
    aside = set(artifacts)
    for index, part in enumerate(stream.stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in aside:
            stream.stream[index - 1] = "/Artifact"
            stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})
