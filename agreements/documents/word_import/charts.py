"""Native charts and diagrams: their words and values, since the drawing itself is made by Word alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import child, number, q

if TYPE_CHECKING:
    from agreements.documents.word_import.ooxml import Element

Rows = tuple[tuple[str, ...], ...]
FIRST_DAY = date(1899, 12, 30)  # from which spreadsheets count days
LAST_DAY = 2_958_465  # 9999-12-31
NO_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|general|standard', re.IGNORECASE)  # in the code of a number's format


def chart_title(chart: Element) -> str:
    """The words on a chart that are not values: its title, then the titles of its axes."""
    return ". ".join(words for title in chart.iter(q("c:title")) if (words := _words(title)))


def _words(element: Element) -> str:
    return " ".join(map(words_on, element.iter(q("a:p")))).strip()


def words_on(paragraph: Element) -> str:
    """The words of one paragraph of DrawingML."""
    return "".join(" " if part.tag == q("a:br") else part.text or "" for part in paragraph.iter(q("a:t"), q("a:br")))


def chart_values(chart: Element) -> Rows:
    """The values as rows: a row of series names with an empty corner, then one row per category."""
    series = list(chart.iter(q("c:ser")))
    names = [_first_value(child(one, "c:tx")) for one in series]
    columns = [_points(child(one, "c:val"), child(one, "c:yVal")) for one in series]
    categories = next((points for one in series if (points := _points(child(one, "c:cat"), child(one, "c:xVal")))), {})
    places = sorted({place for points in [categories, *columns] for place in points})
    if not places:
        return ()
    rows = [(categories.get(place, ""), *(points.get(place, "") for points in columns)) for place in places]
    return (("", *names), *rows)


def _first_value(element: Element | None) -> str:
    return next(iter(_points(element).values()), "")


def _points(*elements: Element | None) -> dict[int, str]:
    for element in elements:
        if element is not None:
            levels = list(element.iter(q("c:lvl")))
            return _joined_levels(levels) if levels else _found_in(element) or _literal(element)
    return {}


def _found_in(element: Element) -> dict[int, str]:
    points = element.iter(q("c:pt"))
    code = next((one.text or "" for one in element.iter(q("c:formatCode"))), "")
    return {number(p.get("idx")) or 0: shown(p.findtext(q("c:v")) or "", p.get("formatCode", code)) for p in points}


def _joined_levels(levels: list[Element]) -> dict[int, str]:
    """Categories in groups: the innermost level comes first in the file; a group is named at its first category."""
    names = [_found_in(level) for level in reversed(levels)]
    places = {place for level in names for place in level}
    return {place: " ".join(level[place] for level in names if place in level) for place in places}


def _literal(element: Element) -> dict[int, str]:
    text = element.findtext(q("c:v"))
    return {0: text} if text else {}


def shown(value: str, code: str = "") -> str:
    """A value as people write it: "4.2999999999999998" is 4,3 (Swedish decimals); words stay as they are.

    ``code`` is the format of a spreadsheet: by "0%" 0.35 is 35 %, by "yyyy-mm-dd" 44197 is 2021-01-01.
    """
    try:
        amount = float(value)
        plain = NO_CODE.sub("", code).lower()
        if "%" in plain:
            decimals = re.search(r"\.([0#]+)", plain)
            return f"{100 * amount:.{len(decimals[1]) if decimals else 0}f} %".replace(".", ",")
        if ("y" in plain or "d" in plain) and 0 < amount <= LAST_DAY:
            return _day(int(amount), plain)
        return f"{amount:.10g}".replace(".", ",") if "." in value else value
    except (OverflowError, ValueError):
        return value


def _day(days: int, code: str) -> str:
    """The date as far as the format tells it: a year, a month or a day."""
    text = (FIRST_DAY + timedelta(days)).isoformat()
    return text if "d" in code else text[:7] if "m" in code else text[:4]


def words_beside(chart: Element, shapes: Element | None) -> list[str]:
    """What somebody has written on a chart besides its titles: on labels, and in boxes drawn on it (``shapes``)."""
    labels = [rich for rich in chart.iter(q("c:rich")) if next(rich.iterancestors(q("c:title")), None) is None]
    written = [_words(rich) for rich in labels if next(rich.iter(q("a:fld")), None) is None]
    boxes = [] if shapes is None else [words_on(paragraph) for paragraph in shapes.iter(q("a:p"))]
    return [words for words in (*written, *boxes) if words.strip()]


def diagram_words(data: Element) -> list[str]:
    """The words of a SmartArt diagram, one entry per shape, in the order of its outline."""
    return [words for point in data.iter(q("dgm:pt")) for part in point.iter(q("dgm:t")) if (words := _words(part))]
