"""A text file of the example: flat ``<section data-id=…>`` elements, whose ``<header>`` is the heading.

Rows of typed sections stand in ``<div>``s inside them: data-source, data-area, data-term, data-field, and
data-column around the fields of a working group. A figure's data-chart is drawn from its own value table, which
has a series in each column, or with data-series="rows" in each row.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html as lxml_html
from lxml.html import HtmlElement

from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.example.charting import draw_figures
from agreements.example.clock import Clock
from agreements.example.markup import inner_html, outer_html
from agreements.example.sheets import read_sheet
from agreements.example.text_shapes import Area, Asset, Definition, Section, Source, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = Path(__file__).parent / "texts"
SHEET = "action_plan_sheet"


def read_text(file: str, clock: Clock, written_on: date) -> Text:
    """The text in ``file`` with its years written out; open points fall due so many days after ``written_on``."""
    root = lxml_html.document_fromstring(clock.fill((TEXTS / file).read_text(encoding="utf-8")))
    assets: dict[str, Asset] = draw_figures(root)
    elements = root.findall(".//section")
    sheets = [read_sheet(element, written_on) for element in elements if element.get("data-kind") == SHEET]
    return Text(
        sections=tuple(_section(element) for element in elements),
        areas=tuple(_area(row) for row in _rows(root, "data-area")),
        sources=tuple(_source(row) for row in _rows(root, "data-source")),
        definitions=tuple(_definition(row) for row in _rows(root, "data-term")),
        sheet=sheets[0] if sheets else None,
        assets=tuple(assets.values()),
    )


def _rows(root: HtmlElement, attribute: str) -> Iterator[HtmlElement]:
    yield from root.iterfind(f".//section/div[@{attribute}]")


def _section(element: HtmlElement) -> Section:
    group_kind = element.get("data-group-kind")
    header = element.find("header")
    return Section(
        key=element.attrib["data-id"],
        template_key=element.get("data-key", ""),
        level=int(element.attrib["data-level"]),
        kind=element.get("data-kind", "text"),
        options={"group_kind": group_kind} if group_kind else {},
        is_numbered="data-numbered" in element.attrib,
        heading=clean_heading(inner_html(header)),
        body=clean_rich_text("".join(outer_html(child) for child in element if child.tag not in ("header", "div"))),
    )


def _area(row: HtmlElement) -> Area:
    return Area(
        key=row.attrib["data-area"],
        title=row.attrib["data-title"],
        part_of=row.get("data-part-of", ""),
        description=clean_rich_text(inner_html(row)),
    )


def _source(row: HtmlElement) -> Source:
    return Source(
        key=row.attrib["data-source"],
        name=row.text_content().strip(),
        period=row.get("data-period", ""),
        publisher=row.get("data-publisher", ""),
        link=row.get("data-link", ""),
        note=row.get("data-note", ""),
    )


def _definition(row: HtmlElement) -> Definition:
    return Definition(term=row.attrib["data-term"], meaning=row.text_content().strip(), source=row.get("data-from", ""))
