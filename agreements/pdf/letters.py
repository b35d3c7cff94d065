"""Signs that no typeface of this machine has: PDF/A allows none of them on paper (ISO 19005-2, 6.2.11.8).

Source Sans 3 writes Latin, Greek and Cyrillic; what it lacks is borrowed from the system's typefaces. What they
lack too is printed as its code point, so that neither the file breaks nor the sign is lost in silence.
"""

from functools import cache, lru_cache
from io import BytesIO

from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from agreements.pdf.typeface import data


def printable(html: str, fonts: FontConfiguration, style: CSS) -> str:
    """The HTML with each sign that cannot be printed as "[U+4F60]"."""
    rare = "".join(sorted(set(html) - _common()))
    missing = _missing(rare, fonts, style) if rare else frozenset()
    return html.translate({number: f"[U+{number:04X}]" for number in missing})


@cache
def _common() -> set[str]:
    """The signs of Western Europe, which need no trial."""
    with TTFont(BytesIO(data("latin", 400, "normal"))) as font:
        return {"\n", "\t", *map(chr, font.getBestCmap())}


@lru_cache(maxsize=256)
def _missing(signs: str, fonts: FontConfiguration, style: CSS) -> frozenset[int]:
    """The numbers of those signs that come out as an empty box in a trial print."""
    page = HTML(string=f"<p>{' '.join(signs)}</p>", url_fetcher=URLFetcher(allowed_protocols=()))
    document = page.render(font_config=fonts, stylesheets=[style])
    document.write_pdf()
    return frozenset(number for font in document.fonts.values() for number in font.missing)
