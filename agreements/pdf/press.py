"""The warm half of printing: WeasyPrint with our typeface and style sheet, once per process.

Importing this module imports WeasyPrint, which takes half a second: ``render`` does it inside its functions.
Nothing is reachable from inside a document: its fetcher refuses every address, and pictures are handed over
before. Pango's font map may be used by one thread at a time, so every print is made ``at_work``.
"""

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from agreements.pdf import binding, markup
from agreements.pdf.letters import printable
from agreements.pdf.metadata import About
from agreements.pdf.picture import Picture
from agreements.pdf.shelf import Shelf
from agreements.pdf.typeface import faces

_lock = Lock()

PICTURE = re.compile('src="asset:([0-9a-f]{64})"')
PICTURES_KEPT = 32
PAGES_KEPT = 120

Asset = Callable[[str], tuple[bytes, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a laid-out part; ``level`` is its HTML level, ``page`` counts from 1 within the part."""

    level: int
    text: str
    anchor: str
    page: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a print, laid out on pages of its own numbering."""

    document: Document
    headings: tuple[Heading, ...]

    @property
    def length(self) -> int:
        return len(self.document.pages)


_shelf: Shelf[Part] = Shelf(PAGES_KEPT)


@contextmanager
def at_work() -> Iterator[None]:
    """The press to oneself, without the garbage collector: it would look a dozen times at a million boxes, all
    still in use, which makes a tenth of the time of a print.
    """
    with _lock:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_enabled:
                gc.enable()


def lay_out(html: str, asset: Asset) -> Part:
    """Lay out an HTML text on pages; ``asset`` gives the pictures of its ``img`` by their hash."""
    return _shelf.get(html, lambda: _laid_out(html, asset))


def _laid_out(html: str, asset: Asset) -> Part:
    pictures = {f"asset:{key}": _picture(key, asset(key)[0]) for key in set(PICTURE.findall(html))}
    text = printable(html, _fonts(), _style())
    page = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=()))
    headings = markup.prepare(page.etree_element)
    document = page.render(font_config=_fonts(), stylesheets=[_style()], cache=pictures)
    pages = {name: number for number, page in reversed(list(enumerate(document.pages, 1))) for name in page.anchors}
    found = (
        Heading(int(element.tag[1]), element.get("data-bookmark"), anchor, pages[anchor])
        for element in headings
        if (anchor := element.get("id", "")) in pages
    )
    return Part(document, tuple(found))


def forget() -> None:
    """Clear the shelf and the pictures, so that the next print lays everything out anew."""
    _shelf.clear()
    _picture.cache_clear()


def bind(parts: Sequence[Part], about: About, *, is_archived: bool) -> bytes:
    """Return the PDF of the parts in order; see ``binding``."""
    return binding.bind([part.document for part in parts], about, is_archived=is_archived)


@lru_cache(maxsize=PICTURES_KEPT)
def _picture(key: str, data: bytes) -> Picture:
    return Picture(key, data)


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _style() -> CSS:
    rules = (Path(settings.BASE_DIR) / "static" / "css" / "print.css").read_text("utf-8")
    return CSS(string=faces() + rules, font_config=_fonts(), url_fetcher=URLFetcher(allowed_protocols=("data",)))
