"""Figures of a text file: their pictures are drawn from their value tables and put in by hash."""

from __future__ import annotations

import hashlib

from lxml.html import HtmlElement

from agreements.example.figures.charts import draw_chart
from agreements.example.figures.table import values
from agreements.example.text_shapes import Asset


def draw_figures(root: HtmlElement) -> dict[str, Asset]:
    """Replace each data-chart with the data-asset of its picture; return the pictures by hash."""
    assets: dict[str, Asset] = {}
    for number, figure in enumerate(root.iterfind(".//figure[@data-chart]"), start=1):
        content = draw_chart(figure.attrib.pop("data-chart"), values(_cells(figure)))
        sha256 = hashlib.sha256(content).hexdigest()
        figure.set("data-asset", sha256)
        assets[sha256] = Asset(sha256=sha256, content=content, file_name=f"figur-{number}.png")
    return assets


def _cells(figure: HtmlElement) -> list[list[str]]:
    """The table's plain text with a series in each column; data-series="rows" says that it lies on its side."""
    rows = [[cell.text_content().strip() for cell in row] for row in figure.iterfind(".//tr")]
    return [list(column) for column in zip(*rows, strict=True)] if figure.attrib.pop("data-series", "") else rows
