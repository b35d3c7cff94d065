"""Binds laid-out parts into one PDF: painted, tagged, described, and the same bytes every time."""

import copy
import zlib
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import pydyf
from weasyprint import Document

from agreements.pdf.metadata import About, describe
from agreements.pdf.reading import PaintedPage, Reader
from agreements.pdf.tags import TagWriter, set_aside

ADDRESSES = ("https:", "http:", "mailto:", "tel:")
SHARED = {"\u00a0": " ", "\u00ad": "-"}
PACKING = 6  # of zlib: a third of the time of WeasyPrint's 9, and a hundredth more bytes


def bind(parts: Sequence[Document], about: About, *, is_archived: bool) -> bytes:
    """Return the PDF of all pages of ``parts``, in order, with one structure tree and both identifiers."""
    painted: list[tuple[PaintedPage, Any]] = []
    pages = [_recorded(page, index, painted) for index, page in enumerate(_pages(parts))]
    finisher = partial(_finish, painted=painted, about=about, is_archived=is_archived)
    data: bytes = parts[0].copy(pages).write_pdf(finisher=finisher, pdf_identifier=True)
    return data


def _pages(parts: Sequence[Document]) -> list[Any]:
    return [page for part in parts for page in part.pages]


def _recorded(page: Any, index: int, painted: list[tuple[PaintedPage, Any]]) -> Any:
    """A copy of the page that marks what it paints, and remembers it; the page itself may be printed again."""
    recorded = copy.copy(page)

    def paint(stream: Any, scale: float = 1) -> None:
        stream._tags = {}
        page.paint(stream, scale)
        _settle_words(stream._fonts.values())
        marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
        painted.append((PaintedPage(index, page._page_box, marks, set()), stream))

    recorded.paint = paint
    recorded.links = [link for link in page.links if _leads_on(*link)]
    return recorded


def _leads_on(kind: str, target: str, _area: object, box: Any) -> bool:
    """Whether to make a link clickable: once, not again for each element in it, and only to what a text may name."""
    return box.element_tag == "a" and (kind == "internal" or target.startswith(ADDRESSES))


def _settle_words(fonts: Iterable[Any]) -> None:
    """Say what a glyph stands for when several signs share it, or the first one met in the text would say it."""
    for font in fonts:
        font.to_unicode.update((glyph, SHARED[text]) for glyph, text in font.to_unicode.items() if text in SHARED)


def _finish(
    _document: Document, pdf: pydyf.PDF, *, painted: list[tuple[PaintedPage, Any]], about: About, is_archived: bool
) -> None:
    root = Reader().read(page for page, _ in painted)
    for page, stream in painted:
        set_aside(stream, page.artifacts)
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    TagWriter(pdf, pages).write(root)
    describe(pdf, about, is_archived=is_archived)
    pdf.objects[:] = [_Sealed(item) if item.free == "n" else item for item in pdf.objects]


class _Sealed(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """An object as the bytes it is written as: asked twice, for the file and for its identifier, packed once."""

    compressible = False
    data = b""

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.number, self.generation, self.compressible = item.number, item.generation, item.compressible
        if getattr(item, "compress", False):
            _pack(item)
        self.data = item.data


def _pack(stream: pydyf.Stream) -> None:
    plain = b"\n".join(map(_as_bytes, stream.stream))
    stream.stream, stream.compress = [zlib.compress(plain, PACKING)], False
    stream.extra["Filter"] = "/FlateDecode"


def _as_bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    return part.data if isinstance(part, pydyf.Object) else str(part).encode("ascii")
