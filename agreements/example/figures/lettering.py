"""Text on a picture without a font file: Pillow's own letters, which lack å, ä and ö, with the marks drawn on."""

from __future__ import annotations

import unicodedata
from functools import cache

from PIL import ImageDraw, ImageFont

RING, DOTS, ACUTE = "\u030a", "\u0308", "\u0301"
PLAIN = str.maketrans({"–": "-", "−": "-", "\u00a0": " "})


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own letters, ``size`` pixels high; read once."""
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)  # noqa: S101 -- Pillow gives the other kind only without a size
    return found


def width(text: str, size: int) -> float:
    """Pixels from the first letter's left edge to where the next would begin."""
    return font(size).getlength("".join(letter for letter, _ in _letters(text)))


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, *, size: int, fill: str, align: str = "left"
) -> None:
    """Write one line with its top left corner at ``at``, or centred on it, or ending there."""
    x, y = at
    x -= width(text, size) * {"left": 0.0, "middle": 0.5, "right": 1.0}[align]
    for letter, mark in _letters(text):
        draw.text((x, y), letter, font=font(size), fill=fill)
        advance = font(size).getlength(letter)
        if mark:
            _draw_mark(draw, mark, x + advance / 2, y + font(size).getbbox(letter)[1], size, fill)
        x += advance


def _letters(text: str) -> list[tuple[str, str]]:
    """Each letter with the mark above it, or with nothing."""
    found: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", text.translate(PLAIN)):
        if sign in (RING, DOTS, ACUTE) and found:
            found[-1] = (found[-1][0], sign)
        else:
            found.append((sign, ""))
    return found


def _draw_mark(draw: ImageDraw.ImageDraw, mark: str, middle: float, top: float, size: int, fill: str) -> None:
    unit = max(1.0, size / 12)
    if mark == RING:
        draw.ellipse((middle - 1.7 * unit, top - 3.4 * unit, middle + 1.7 * unit, top), outline=fill)
    elif mark == ACUTE:
        draw.line((middle - unit, top - unit, middle + unit, top - 3 * unit), fill=fill, width=max(1, round(unit)))
    else:
        for side in (-1.9, 1.9):
            x, y = middle + side * unit, top - 2 * unit
            draw.ellipse((x - 0.8 * unit, y - 0.8 * unit, x + 0.8 * unit, y + 0.8 * unit), fill=fill)
