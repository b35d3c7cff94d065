"""A white sheet with axes, on which a chart is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageDraw

from agreements.example.figures.lettering import width, write

WIDTH, HEIGHT = 1200, 350
LEFT, RIGHT, TOP, BOTTOM = 80, 1190, 66, 302
INK, GREY, RULE = "#1b1b1b", "#4a4a4a", "#c9c9c9"
COLOURS = ("#0b5394", "#c0651a", "#3f7f3f")
"""Told apart in grey too: dark, middle, and each drawn with its own sign or place."""


@dataclass
class Canvas:
    """Values from 0 to ``top`` fill the height between the axes."""

    top: int
    image: Image.Image = field(default_factory=lambda: Image.new("RGB", (WIDTH, HEIGHT), "white"))

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / self.top

    def rules(self) -> None:
        """The horizontal lines with their numbers."""
        for value in range(0, self.top + 1, self.top // 5):
            self.draw.line((LEFT, self.y(value), RIGHT, self.y(value)), fill=RULE, width=1)
            write(self.draw, (LEFT - 12, self.y(value) - 14), str(value), size=24, fill=GREY, align="right")

    def label(self, x: float, text: str) -> None:
        """A label below the axis; a long one is set smaller."""
        write(self.draw, (x, BOTTOM + 14), text, size=25 if len(text) < 13 else 19, fill=INK, align="middle")

    def legend(self, names: tuple[str, ...]) -> None:
        x = float(LEFT)
        for colour, name in zip(COLOURS, names, strict=False):
            self.draw.rectangle((x, 20, x + 26, 36), fill=colour)
            write(self.draw, (x + 36, 14), name, size=25, fill=INK)
            x += 36 + width(name, 25) + 50

    def png(self) -> bytes:
        """The same bytes for the same drawing: no time and no text is stored in the file."""
        out = BytesIO()
        self.image.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG")
        return out.getvalue()


def round_top(highest: int) -> int:
    """A round number at or above ``highest`` that five steps divide."""
    for top in (5, 10, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500):
        if highest <= top:
            return top
    return -(-highest // 500) * 500
