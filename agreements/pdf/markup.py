"""What the HTML of a sheet is told before it is laid out: the words of bookmarks, the widths of columns."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any
from xml.etree import ElementTree  # makes elements, parses nothing

from agreements.pdf import line_ends

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LINES = ("p", "li", "br")  # before and after which a new line begins
OWN_WIDTHS = ("facts", "field-table", "contacts", "signed")  # classes of tables that the style sheet measures
SIGNS = {"ins": "+", "del": "\u2212"}  # what the style sheet sets before a change
# What a text has no need of. Frozen texts have none of it; a sheet that has it prints without.
FOREIGN = frozenset("style link script base object embed iframe audio video source form input template".split())
WIDEST = 100  # columns or rows of a cell
# In letters, as wide as the wider ones: the narrowest column, the space between two, which is tight when it is no more
# than what the style sheet leaves, and a line across the page.
SHORTEST, GAP, TIGHT, LINE = 5.0, 3.0, 1.8, 84.0
LONGEST, WHOLE = 24.0, 9.0  # words: the widest that a column is made for, the longest that is never parted
WIDE = 0.8  # of the page: a table that takes more takes all of it
NUMBER = re.compile(r"[\s\d.,:%±+\u2212\u2013-]*\d[\s\d.,:%±+\u2212\u2013-]*|[.\u2013-]{0,2}")


def prepare(root: Any) -> list[Any]:
    """Mark up the tree in place and return its headings, each with its words in ``data-bookmark``.

    Without them WeasyPrint's bookmark would have a note's number in it.
    """
    _tidy(root.find("body"))
    line_ends.settle(root.find("body"))
    headings = []
    for element in root.iter():
        if element.tag in HEADINGS:
            element.set("data-bookmark", words(element))
            headings.append(element)
        elif element.tag == "table":
            columns = _columns(element)
            if columns and element.get("class") not in OWN_WIDTHS:
                _measure(element, columns)
    return headings


def _tidy(parent: Any) -> None:
    """Take out what is foreign, and the space at the beginning of a change to before its sign."""
    parent.attrib.pop("style", None)
    for index, child in reversed(list(enumerate(parent))):
        before = parent[index - 1] if index else None
        if not isinstance(child.tag, str) or child.tag in FOREIGN or child.tag.startswith("{"):
            _append(parent, before, child.tail or "")
            parent.remove(child)
            continue
        _tidy(child)
        if child.tag in SIGNS and (child.text or "").startswith(" "):
            _append(parent, before, " ")
            child.text = child.text[1:]


def _append(parent: Any, before: Any, text: str) -> None:
    """Add text inside ``parent``, after the child ``before`` or, without one, at the beginning."""
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


def words(element: Any) -> str:
    """The text of an element without its notes."""
    return " ".join(_text(element, {}).split())


def _printed_words(element: Any) -> str:
    """Its text with the signs that the style sheet adds: "−40 +45", where a change is a word of its own."""
    return " ".join(_text(element, SIGNS).split())


def _text(element: Any, signs: Mapping[str, str]) -> str:
    if line_ends.is_note(element):
        return ""
    text = (element.text or "") + "".join(_text(child, signs) + (child.tail or "") for child in element)
    if element.tag in LINES:
        return f" {text} "
    return f"{signs[element.tag]}{text} " if element.tag in signs else text


def _measure(table: Any, columns: list[list[Any]]) -> None:
    """Give the table the width that it needs, each column a share by what is in it, and set numbers flush right.

    A table of few words drawn across the page would part the numbers from their names; one with texts that run over
    several lines takes the whole page. The layout is fixed: leaving it to WeasyPrint takes twice the time. Cells over
    several columns have no say.
    """
    texts = [[_printed_words(cell) for cell in column] for column in columns]
    needs = _needs(texts)
    group = ElementTree.Element("colgroup")
    for need in needs:
        ElementTree.SubElement(group, "col", style=f"width: {100 * need / sum(needs):.2f}%")
    caption = table.find("caption")
    table.insert(0 if caption is None else 1, group)
    longest = (max(map(len, column), default=0) for column in texts)
    share = max(sum(needs), 0 if caption is None else len(words(caption))) / LINE
    if share < WIDE and all(length + GAP <= need for length, need in zip(longest, needs, strict=True)):
        table.set("style", f"width: {100 * share:.2f}%")
    for cell in _numeric_cells(columns):
        cell.set("class", f"{cell.get('class', '')} numeric".strip())


def _columns(table: Any) -> list[list[Any]]:
    """The cells by the one column in which they stand. A row that is too short gets empty cells at its end:
    every row of a tagged table has the same number of columns (ISO 14289-1, 7.5).
    """
    columns: defaultdict[int, list[Any]] = defaultdict(list)
    taken: set[tuple[int, int]] = set()
    rows = list(table.iter("tr"))
    for y, row in enumerate(rows):
        x = 0
        for cell in (cell for cell in row if cell.tag in ("td", "th")):
            while (x, y) in taken:
                x += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            taken |= {(x + over, y + down) for over in range(wide) for down in range(high)}
            if wide == 1:
                columns[x].append(cell)
    width = max((x for x, _ in taken), default=-1) + 1
    for y, row in enumerate(rows):
        for _ in range(width - sum((x, y) in taken for x in range(width))):
            ElementTree.SubElement(row, "td")
    return [columns[x] for x in range(width)]


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1")
    return max(1, min(int(text), WIDEST)) if text.isdecimal() else 1


def _needs(columns: list[list[str]]) -> list[float]:
    """How wide each column is to be, in letters: what they want, as far as the page goes. Where a word or a number
    would break by that, only what there is beyond the longest of them is shared; where that is too much too, long words
    are parted and short ones stay whole."""
    wanted = [max(map(_need, column), default=SHORTEST) + GAP for column in columns]
    for longest in (LONGEST, WHOLE):
        least = [max((_least(text, longest) for text in column), default=SHORTEST) + TIGHT for column in columns]
        both = list(zip(least, wanted, strict=True))
        if all(want * LINE / sum(wanted) >= short for short, want in both):
            return wanted
        if (spare := LINE - sum(least)) >= 0:
            return [short + (want - short) * spare / (sum(wanted) - sum(least)) for short, want in both]
    return least


def _need(text: str) -> float:
    """How wide a column wants to be for a text: short ones on one line, long ones in a block."""
    return max(_least(text, LONGEST), min(len(text), 12 + 2.2 * sqrt(len(text))))


def _least(text: str, longest: float) -> float:
    """How wide it has to be for no number and none of its words to break, unless one is longer than ``longest``."""
    length = len(text) if NUMBER.fullmatch(text) else max(map(len, text.split()), default=0)
    return max(SHORTEST, min(length, longest))


def _numeric_cells(columns: list[list[Any]]) -> Iterator[Any]:
    for column in columns[1:]:
        texts = [words(cell) for cell in column if cell.tag == "td"]
        if any(texts) and all(map(NUMBER.fullmatch, texts)):
            yield from column
