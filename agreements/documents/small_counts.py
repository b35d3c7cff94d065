"""Counts so small that they may point out a person: 1–4 in the tables of a situational picture."""

import re
from collections.abc import Iterator

from agreements.documents.block_types import Block, CellData
from agreements.documents.text import plain

_SMALL = re.compile("[1-4]")
# It says itself that it is a count: "2 st", "2 (4 %)".
_COUNT = re.compile(
    r"[1-4](?:\s?(?:st|stycken|pers|personer)\.?(?:\s?\([^()]*\))?|\s?\(\s?\d[\d\s.,]*%?\s?\))", re.IGNORECASE
)
_SHARE = re.compile(r"%|\b(andel\w*|procent\w*)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bantal\w*\b", re.IGNORECASE)
# Columns of numbers that count nobody.
_NO_COUNT = re.compile(
    r"\b(nr|nummer|#|kvartal|månad|vecka|veckodag|nivå|prio\w*|rang\w*|ordning|plats|betyg|index|klass|grad|steg)\b",
    re.IGNORECASE,
)

Rows = list[list[CellData]]


def small_counts(block: Block) -> Iterator[str]:
    """Each small count as "what the row is about: 3". Numbering, quarters, levels, shares and the like are none,
    unless the cell itself says that it counts ("2 st", "2 (4 %)")."""
    if block["type"] == "table":
        yield from _in_rows(block["head"], block["body"])
    elif block["type"] == "figure" and block["table"]:
        yield from _in_rows(block["table"]["head"], block["table"]["body"])


def _in_rows(head: Rows, body: Rows) -> Iterator[str]:
    columns = _grid(body)
    titles = [" ".join(column) for column in _grid(head)]
    for row in body:
        words = [plain(cell["html"]) for cell in row]
        for index, (cell, word) in enumerate(zip(row, words, strict=True)):
            if not cell["header"] and _is_small_count(word, index, words[0], columns, titles):
                yield f"{words[0]}: {word}" if index else word


def _is_small_count(word: str, index: int, label: str, columns: list[list[str]], titles: list[str]) -> bool:
    if _COUNT.fullmatch(word):
        return True
    return bool(_SMALL.fullmatch(word)) and not _is_share(label) and _counts(index, columns, titles)


def _is_share(title: str) -> bool:
    """Whether the words at the head of a column or row tell of percentages; "Antal (andel)" tells of counts."""
    return bool(_SHARE.search(title)) and not _NUMBER_OF.search(title)


def _counts(index: int, columns: list[list[str]], titles: list[str]) -> bool:
    values = [value for value in columns[index] if value]
    is_numbering = len(values) > 1 and values == [str(number) for number in range(1, len(values) + 1)]
    title = titles[index] if index < len(titles) else ""
    return not (is_numbering and index == 0) and not _numbers_nothing(title) and not _is_share(title)


def _numbers_nothing(title: str) -> bool:
    """Whether a column's head tells of quarters, levels and the like; "Antal brott per plats" tells of counts."""
    return bool(_NO_COUNT.search(title)) and not _NUMBER_OF.search(title)


def _grid(rows: Rows) -> list[list[str]]:
    """The texts column by column; a cell that spans counts where it begins."""
    columns: list[list[str]] = []
    for row in rows:
        for index, cell in enumerate(row):
            columns += [[]] if index == len(columns) else []
            columns[index].append(plain(cell["html"]))
    return columns
