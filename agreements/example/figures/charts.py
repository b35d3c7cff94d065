"""The kinds of chart: lines over years, bars, bars side by side, and a grid of darker and lighter squares."""

from __future__ import annotations

from collections.abc import Callable

from agreements.example.figures.canvas import BOTTOM, COLOURS, GREY, INK, LEFT, RIGHT, TOP, Canvas, round_top
from agreements.example.figures.lettering import write
from agreements.example.figures.table import Values


def draw_chart(kind: str, values: Values) -> bytes:
    """A PNG of 1200 x 350 pixels; the same values give the same bytes. Raises KeyError for an unknown kind."""
    canvas = Canvas(round_top(values.highest + values.highest // 10))
    CHARTS[kind](canvas, values)
    return canvas.png()


def line(canvas: Canvas, values: Values) -> None:
    """A line per series, with a dot at each value."""
    canvas.rules()
    canvas.legend(values.series)
    step = (RIGHT - LEFT) / len(values.labels)
    places = [LEFT + step * (number + 0.5) for number in range(len(values.labels))]
    for x, label in zip(places, values.labels, strict=True):
        canvas.label(x, label)
    for series, colour in zip(range(len(values.series)), COLOURS, strict=False):
        shown = [(x, value) for x, value in zip(places, values.of(series), strict=True) if value is not None]
        canvas.draw.line([(x, canvas.y(value)) for x, value in shown], fill=colour, width=5)
        for x, value in shown:
            _sign(canvas, (x, canvas.y(value)), series, colour)
            above = canvas.y(value) + (-44 if series == 0 else 16)
            write(canvas.draw, (x, above), str(value), size=24, fill=INK, align="middle")


def _sign(canvas: Canvas, point: tuple[float, float], series: int, colour: str) -> None:
    """A dot for the first series, a square for the others, so that grey print tells them apart."""
    x, y = point
    box = (x - 9, y - 9, x + 9, y + 9)
    if series == 0:
        canvas.draw.ellipse(box, fill=colour)
    else:
        canvas.draw.rectangle(box, fill="white", outline=colour, width=4)


def bar(canvas: Canvas, values: Values) -> None:
    """A bar per label."""
    grouped(canvas, values)


def grouped(canvas: Canvas, values: Values) -> None:
    """The bars of all series side by side at each label."""
    canvas.rules()
    if len(values.series) > 1:
        canvas.legend(values.series)
    step = (RIGHT - LEFT) / len(values.labels)
    wide = step * 0.72 / len(values.series)
    for number, (label, row) in enumerate(zip(values.labels, values.rows, strict=True)):
        middle = LEFT + step * (number + 0.5)
        canvas.label(middle, label)
        for series, value in enumerate(row):
            x = middle + wide * (series - len(row) / 2)
            _column(canvas, x, wide, value, COLOURS[series])


def _column(canvas: Canvas, x: float, wide: float, value: int | None, colour: str) -> None:
    shown = ".." if value is None else str(value)
    top = canvas.y(value or 0)
    if value:
        canvas.draw.rectangle((x + 2, top, x + wide - 2, BOTTOM), fill=colour)
    write(canvas.draw, (x + wide / 2, top - 32), shown, size=24, fill=INK, align="middle")


def heat(canvas: Canvas, values: Values) -> None:
    """A row per label with a square per series: the darker, the more."""
    left = LEFT + 200
    step, high = (RIGHT - left) / len(values.series), (BOTTOM - TOP) / len(values.labels)
    for column, name in enumerate(values.series):
        write(canvas.draw, (left + step * (column + 0.5), TOP - 40), name, size=25, fill=INK, align="middle")
    for number, (label, row) in enumerate(zip(values.labels, values.rows, strict=True)):
        y = TOP + high * number
        write(canvas.draw, (left - 16, y + high / 2 - 14), label, size=24, fill=INK, align="right")
        for column, value in enumerate(row):
            x = left + step * column
            shade = 245 - round(190 * (value or 0) / values.highest)
            box = (x + 2, y + 2, x + step - 2, y + high - 2)
            canvas.draw.rectangle(box, fill=(shade, shade, min(255, shade + 20)), outline=GREY)
            ink = INK if shade > 140 else "white"  # half way to black
            shown = ".." if value is None else str(value)
            write(canvas.draw, (x + step / 2, y + high / 2 - 15), shown, size=26, fill=ink, align="middle")


CHARTS: dict[str, Callable[[Canvas, Values], None]] = {"line": line, "bar": bar, "grouped": grouped, "heat": heat}
