"""What the sections of an annex are to be, made from what a Word file said and where its parts are placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from agreements.annex_templates import Template
from agreements.documents.numbering import numbers
from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.documents.word_import.action_plan import SheetProposal, find_sheet
from agreements.documents.word_import.placing import Placing, TemplateHeading
from agreements.documents.word_import.text import WordText
from agreements.models import Annex
from agreements.states import AnnexKind
from agreements.workflow.word_sheets import sheet_pieces

TEXT, SHEET = "text", "action_plan_sheet"
SHEET_KEY = "sheet"
TITLE_LENGTH = Annex._meta.get_field("heading").max_length or 0
SUBTITLE_LENGTH = Annex._meta.get_field("subtitle").max_length or 0


@dataclass(frozen=True)
class Planned:
    """A section to be. ``key`` is its key in the template, empty for one of the text's own.

    ``source`` is all that stands under the heading in the file; where ``sheet`` is set its tables become the rows
    of a sheet and ``body`` is the rest, else ``body`` is the same. ``parts`` are indexes of the file's parts; what
    goes on after a sheet has none of its own.
    """

    key: str
    level: int
    heading: str
    source: str
    body: str = ""
    sheet: SheetProposal | None = None
    is_numbered: bool = False
    parts: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """Registers stay text: a list that the portal makes itself would say again what the file says."""
        return SHEET if self.sheet else TEXT


def template_headings(template: Template) -> list[TemplateHeading]:
    """The template's headings in the language in force, to place parts under."""
    return [TemplateHeading(given.key, str(given.heading), given.level) for given in template]


def planned(word: WordText, placings: Iterable[Placing], kind: str) -> list[Planned]:
    """The sections in the order of the file. Each word of the file is in one of them, or in the title that the
    annex can hold, and none is in two."""
    rows = [Planned(p.key, p.level, p.heading, p.body, p.body, parts=p.parts) for p in placings]
    if long_title := _too_long_title(word):
        rows.insert(0, Planned("", 1, "", long_title, long_title))
    rows = list(_numbered(rows, {p.parts: p.typed_number for p in placings}))
    return _with_sheets(rows) if kind == AnnexKind.ACTION_PLAN else rows


def title_of(word: WordText) -> tuple[str, str]:
    """Title and subtitle as the annex can hold them; both empty when one is too long, see ``planned``."""
    return ("", "") if _is_too_long(word) else (word.title, word.subtitle)


def _is_too_long(word: WordText) -> bool:
    return len(word.title) > TITLE_LENGTH or len(word.subtitle) > SUBTITLE_LENGTH


def _too_long_title(word: WordText) -> str:
    lines = [word.title, word.subtitle] if _is_too_long(word) else []
    return clean_rich_text("".join(f"<p>{escape(line, quote=False)}</p>" for line in lines))


def _numbered(rows: Sequence[Planned], typed: dict[tuple[int, ...], str]) -> Iterator[Planned]:
    """A number that the file has is left to the portal where the portal counts to the same; otherwise it stays
    in the heading as text, so that references to it still hold (R52)."""
    done: list[Planned] = []
    for row in rows:
        number = typed.get(row.parts, "")
        candidate = replace(row, is_numbered=bool(number))
        if number and list(numbers([*done, candidate]))[-1] != number:
            candidate = replace(row, heading=clean_heading(f"{number} {row.heading}"))
        done.append(candidate)
        yield candidate


def _with_sheets(rows: Iterable[Planned]) -> list[Planned]:
    """The sections of an action plan: one ends where a sheet ends, so that text after it stays after it."""
    found: list[Planned] = []
    for row in rows:
        for at, (source, sheet) in enumerate(sheet_pieces(row.source)):
            body = sheet.rest if sheet else source
            piece = replace(row, source=source, body=body, sheet=sheet)
            found.append(piece if at == 0 else replace(piece, key="", heading="", is_numbered=False, parts=()))
    return found


def with_sheet_key(placings: Sequence[Placing]) -> list[Placing]:
    """The template's own place for the sheet goes to the first part that holds one, whatever its heading says."""
    sheets = [at for at, placing in enumerate(placings) if find_sheet(placing.body)]
    named = [at for at in sheets if placings[at].key == SHEET_KEY]
    first = next(iter([*named, *sheets]), None)
    if first is None:
        return list(placings)
    others = [replace(row, key="") if row.key == SHEET_KEY else row for row in placings]
    return [replace(row, key=SHEET_KEY) if at == first else row for at, row in enumerate(others)]
