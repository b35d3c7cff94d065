"""PDFs read back: their structure as plain values, and what is wrong with how they are painted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pypdf import PdfReader

PAINTING = frozenset("Tj TJ ' \" S s f F f* B B* b b* Do sh BI".split())


@dataclass
class Element:
    """A structure element: its kind, its properties by name, and its elements; ``marks`` are (page, mcid)."""

    kind: str
    properties: dict[str, Any]
    kids: "list[Element]" = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    pdf: pikepdf.Pdf | None = None  # keeps the file open for the links

    def all(self, *kinds: str) -> "Iterator[Element]":
        """This element and everything in it, in reading order, of these kinds."""
        if not kinds or self.kind in kinds:
            yield self
        for kid in self.kids:
            yield from kid.all(*kinds)

    def shape(self) -> Any:
        """The kinds alone: a leaf is its kind, a branch its kind with its kids."""
        return (self.kind, *(kid.shape() for kid in self.kids)) if self.kids else self.kind


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def pages_of(data: bytes) -> list[str]:
    """The text of each page, in single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


def tree(pdf: pikepdf.Pdf) -> Element:
    """The structure tree, from its Document element."""
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    root = _element(pdf.Root.StructTreeRoot.K[0], numbers)
    for element in root.all():
        element.pdf = pdf
    return root


def _element(raw: Any, pages: dict[Any, int]) -> Element:
    attributes = {key: raw.A[key] for key in raw.A} if "/A" in raw else {}
    own = {key: raw[key] for key in raw if key not in ("/K", "/P", "/A", "/S", "/Pg")}
    element = Element(str(raw.S)[1:], {key[1:]: value for key, value in (attributes | own).items()})
    for kid in raw.get("/K", []):
        if isinstance(kid, int):
            element.marks.append((pages[raw.Pg.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            element.marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            element.links.append(kid.Obj)
        else:
            element.kids.append(_element(kid, pages))
    return element


def content(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    """The instructions of a page: operator and operands."""
    for instruction in pikepdf.parse_content_stream(page):
        yield str(instruction.operator), instruction.operands


def painted(page: pikepdf.Page) -> tuple[set[int], list[str]]:
    """The marked content numbers of a page, and the operators that paint outside any marking."""
    depth, marks, loose = 0, set(), []
    for name, operands in content(page):
        if name in ("BMC", "BDC"):
            depth += 1
            if name == "BDC" and "/MCID" in operands[1]:
                marks.add(int(operands[1].MCID))
        elif name == "EMC":
            depth -= 1
        elif name in PAINTING and not depth:
            loose.append(name)
    return marks, loose


def outline(data: bytes) -> list[tuple[int, str, int]]:
    """Bookmarks as (depth, title, page index)."""
    reader = PdfReader(BytesIO(data))
    found: list[tuple[int, str, int]] = []

    def walk(items: list[Any], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                number = reader.get_destination_page_number(item)
                found.append((depth, str(item.title), -1 if number is None else number))

    walk(reader.outline, 0)
    return found
