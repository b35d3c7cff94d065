"""Recognises the sheet of an action plan in tables: fields about the area, and fields per working group (R81-R95).

The labels stay as the file has them. They are only compared with what fields are usually called, to tell a sheet from
any other table; the keys are those of the portal's own sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.documents import reader, rich_text
from agreements.documents import runs as inline
from agreements.documents.rich_text import Cell, Paragraph, Row, Table
from agreements.documents.runs import Run
from agreements.documents.word_import.heading_words import plain_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.documents.runs import Runs

MUNICIPALITY = r"(kommunens?|stadens?|förvaltningens?|stadsdels(förvaltningens?|nämndens?)|stadsdelens?|sdf s?|sdf)"
POLICE = r"(polisens?|polismyndighetens?|lokalpolisområdets?|lpo s?|lpo)"
AREA_LABELS = {
    "overall_goal": r"övergripande (mål( och syfte)?|syfte( och mål)?)",
    "situational_picture": r"(kort )?(lokal )?lägesbild(en)?|nuläge|nulägesbeskrivning",
}
GROUP_LABELS = {
    "goal": r"mål( och syfte)?|syfte( och mål)?",
    "period": r"löptid|tidsperiod|giltighetstid|tidplan",
    "meeting_frequency": r"mötesfrekvens|möten|mötestillfällen|hur ofta( .*)?",
    "convener": r"sammankallande( .*)?",
    "municipality_contact": rf"{MUNICIPALITY} kontakt(person(er)?)?",
    "municipality_participants": rf"{MUNICIPALITY} (övriga )?deltagare",
    "municipality_commitment": rf"{MUNICIPALITY} åtagande(n)?",
    "police_contact": rf"{POLICE} kontakt(person(er)?)?",
    "police_participants": rf"{POLICE} (övriga )?deltagare",
    "police_commitment": rf"{POLICE} åtagande(n)?",
    "other_participants": r"(övriga|andra) (deltagare|aktörer|parter)",
    "funding": r"finansiering|ekonomi|kostnader?|budget",
    "communication": r"kommunikation(sinsatser)?",
    "follow_up": r"uppföljning( och utvärdering)?|utvärdering",
}
OPEN = re.compile(
    r"(bestäms|beslutas|fastställs|avgörs|klargörs|tas ställning till|ställning tas|tas fram)( \w+){0,4}"
    r" (senare|framöver|längre fram)( \w+){0,4}"
    r"|(ännu )?(ej|inte) (bestämt|beslutat|klart|fastställt)( ännu)?|att (bestämma|beslutas)|återkommer|tbd"
)
LEAST_FIELDS = 4  # known labels that make a table a sheet
MOST_AREA_ROWS = 6


@dataclass(frozen=True, slots=True)
class SheetValue:
    """Rich text in one field. ``is_open``: it says itself that it is to be decided later (R85, R88)."""

    html: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field: its label as inline HTML, its key where the label is known (else empty), a value per working group."""

    label: str
    values: tuple[SheetValue, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """A sheet. ``header`` is inline HTML: the corner, then a heading per working group; empty where there was none.

    ``rest`` is the body without the tables that the sheet is made of: every word is in one of them, in none twice.
    """

    area_fields: tuple[SheetField, ...]
    header: tuple[str, ...]
    rows: tuple[SheetField, ...]
    rest: str = ""


def find_sheet(body: str) -> SheetProposal | None:
    """The sheet in the body of a part or section, or None when its tables are something else."""
    area: list[SheetField] = []
    header: tuple[str, ...] = ()
    rows: tuple[SheetField, ...] = ()
    rest: list[rich_text.Node] = []
    for node in reader.read(body):
        table = _rows_of(node) if isinstance(node, Table) else []
        fields, remaining = _area_fields(table)
        found = None if rows else _group_fields(remaining)
        if found is not None:
            header, rows = found
            area += fields
        elif fields and not remaining and not area:
            area += fields
        else:
            rest.append(node)
    return SheetProposal(tuple(area), header, rows, rich_text.write(rest)) if area or rows else None


def _rows_of(table: Table) -> list[Row]:
    """The rows, or none where a caption or merged cells (but for a heading over all columns) forbid a sheet."""
    rows = [*table.head, *table.body]
    is_plain = all(cell.rowspan == 1 and (cell.colspan == 1 or len(row) == 1) for row in rows for cell in row)
    return rows if is_plain and not table.caption and len(table.head) <= 1 else []


def _area_fields(rows: Sequence[Row]) -> tuple[list[SheetField], list[Row]]:
    """The fields about the area that a table begins with, and the rows after them."""
    count = 0
    while count < len(rows) and len(rows[count]) == 2 and _key(rows[count][0], AREA_LABELS):
        count += 1
    rest = list(rows[count:])
    if count and len(rest) <= MOST_AREA_ROWS - count and all(len(row) == 2 for row in rest) and not _is_sheet(rest):
        count, rest = len(rows), []  # rows of the file's own among the known ones
    return [_field(row, AREA_LABELS) for row in rows[:count]], rest


def _is_sheet(rows: Sequence[Row]) -> bool:
    known = sum(1 for row in rows if row and _key(row[0], GROUP_LABELS))
    return known >= LEAST_FIELDS and 2 * known >= len(rows)


def _group_fields(rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[SheetField, ...]] | None:
    if not _is_sheet(rows):
        return None
    first, width = rows[0], max(len(row) for row in rows)
    has_header = len(first) == 1 or not _key(first[0], GROUP_LABELS)
    header = tuple(inline.to_html(_words(cell)) for cell in first) if has_header else ()
    fields = tuple(_field(row, GROUP_LABELS, width) for row in rows[has_header:])
    return (*header, *[""] * (width - len(header) if header else 0)), fields


def _field(row: Row, labels: dict[str, str], width: int = 2) -> SheetField:
    values = [_value(cell) for cell in row[1:]]
    values += [SheetValue("")] * (width - 1 - len(values))
    return SheetField(inline.to_html(_words(row[0])), tuple(values), _key(row[0], labels))


def _value(cell: Cell) -> SheetValue:
    html = rich_text.write(cell.nodes)
    return SheetValue(html, is_open=bool(OPEN.fullmatch(plain_heading(html))))


def _key(cell: Cell, labels: dict[str, str]) -> str:
    words = plain_heading(inline.to_html(_words(cell)))
    return next((key for key, pattern in labels.items() if re.fullmatch(pattern, words)), "")


def _words(cell: Cell) -> Runs:
    """A cell's content as one line, its paragraphs parted by spaces."""
    gathered: list[Run] = []
    for paragraph in rich_text.paragraphs(cell.nodes):
        gathered += [*([Run("text", " ")] if gathered else []), *_flat(paragraph)]
    return inline.normalised(gathered)


def _flat(paragraph: Paragraph) -> list[Run]:
    return [Run("text", " ", run.marks) if run.kind == "br" else run for run in paragraph.runs]
