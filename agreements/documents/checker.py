"""What a coordinator should know before an annex is submitted: errors stop, warnings take one answer.

The pure part, over a ``Document``; what the rows of typed sections add comes from their kinds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from agreements.documents import sensitive
from agreements.documents.block_types import Document
from agreements.documents.open_points import open_points
from agreements.documents.places import Place, places
from agreements.documents.small_counts import small_counts
from agreements.documents.text import plain

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PICTURE = "situational_picture"
HEAD = "uppgifter"
"""Stands for a section's id where something is found in what is said of the annex as a whole."""


class Severity(StrEnum):
    """An ERROR stops a submission; a WARNING has to be answered."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """What can be found in a text, for programs; ``MESSAGES`` has the sentences."""

    EMPTY_SECTION = "empty_section"
    HEADING_JUMP = "heading_jump"
    ALTERNATIVE_TEXT = "alternative_text"
    PERSONAL_NUMBER = "personal_number"
    CRIME_REPORT = "crime_report"
    PRIVATE_PHONE = "private_phone"
    EMAIL = "email"
    STREET_ADDRESS = "street_address"
    SMALL_COUNT = "small_count"
    OPEN_POINT = "open_point"


MESSAGES: dict[Code, "StrPromise"] = {
    Code.EMPTY_SECTION: _("This section must be there and has no text yet."),
    Code.HEADING_JUMP: _("The heading is more than one level below the one before it. Move it up."),
    Code.ALTERNATIVE_TEXT: _("The picture has no description for those who cannot see it."),
    Code.PERSONAL_NUMBER: _("This is a personal identity number. It must not stand in the text."),
    Code.CRIME_REPORT: _("This is the number of a crime report. It must not stand in the text."),
    Code.PRIVATE_PHONE: _("This looks like a person's phone number. Put it among the contacts instead."),
    Code.EMAIL: _("An e-mail address seldom belongs in a situational picture."),
    Code.STREET_ADDRESS: _("This looks like an exact address. Describe the place more widely."),
    Code.SMALL_COUNT: _("A count of 1 to 4 may point out a person. Join categories, or leave the value out."),
    Code.OPEN_POINT: _("This is still to be decided."),
}
ERRORS = frozenset(
    (
        Code.EMPTY_SECTION,
        Code.HEADING_JUMP,
        Code.ALTERNATIVE_TEXT,
        Code.PERSONAL_NUMBER,
        Code.CRIME_REPORT,
    )
)
UNLAWFUL = frozenset((Code.PERSONAL_NUMBER, Code.CRIME_REPORT))
"""What may not even be kept: it stops a text that was decided long ago, too."""
_ANYWHERE: dict[Code, Callable[[str], Iterator[str]]] = {
    Code.PERSONAL_NUMBER: sensitive.personal_numbers,
    Code.CRIME_REPORT: sensitive.crime_reports,
    Code.PRIVATE_PHONE: sensitive.private_phones,
}
_IN_A_PICTURE: dict[Code, Callable[[str], Iterator[str]]] = {
    Code.EMAIL: sensitive.emails,
    Code.STREET_ADDRESS: sensitive.street_addresses,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``section_id`` is the section to go to, or HEAD; ``quote`` the passage, or what tells it."""

    code: str
    severity: Severity
    section_id: str
    message: "StrPromise | str"
    quote: str = ""

    @property
    def is_in_head(self) -> bool:
        """Whether it is found in the title, the subtitle or the geographic scope."""
        return self.section_id == HEAD


def findings(document: Document, *, required: Mapping[str, str] | None = None) -> list[Finding]:
    """Everything found in reading order, each thing once.

    ``required`` are the sections that must have a text: their headings by their ids; those of them that the
    document does not have come first.
    """
    head = (document["title"], document["subtitle"], document["scope"])
    found = [*head_findings(document["kind"], head), *_empty_sections(document, required or {})]
    level = 0
    for place in places(document):
        if place.block["type"] == "heading":
            if place.block["level"] > level + 1:
                found.append(_finding(Code.HEADING_JUMP, place.section_id, plain(place.block["html"])))
            level = place.block["level"]
        found += _in_place(place, document)
    return list(dict.fromkeys(found))


def head_findings(kind: str, texts: Iterable[str]) -> Iterator[Finding]:
    """What is found in words about an annex of that kind as a whole, such as its title."""
    searches = _ANYWHERE | _IN_A_PICTURE if kind == PICTURE else _ANYWHERE
    return _in_texts(HEAD, texts, searches)


def _finding(code: Code, section_id: str, quote: str = "") -> Finding:
    severity = Severity.ERROR if code in ERRORS else Severity.WARNING
    return Finding(code, severity, section_id, MESSAGES[code], quote)


def _empty_sections(document: Document, required: Mapping[str, str]) -> Iterator[Finding]:
    filled = _filled_sections(document)
    for section_id, heading in required.items():
        if section_id not in filled:
            yield _finding(Code.EMPTY_SECTION, section_id, heading)


def _filled_sections(document: Document) -> set[str]:
    """Sections with a text of their own or in a section below them."""
    filled: set[str] = set()
    above: list[tuple[int, str]] = []
    for place in places(document):
        block = place.block
        if block["type"] == "heading" and not block["row"]:
            above = [(level, id_) for level, id_ in above if level < block["level"]]
            above.append((block["level"], block["id"]))
        else:
            filled |= {place.section_id, *(id_ for _, id_ in above)}
    return filled


def _in_place(place: Place, document: Document) -> Iterator[Finding]:
    block = place.block
    if block["type"] == "figure" and not block["alt"]:
        yield _finding(Code.ALTERNATIVE_TEXT, place.section_id, plain(block["caption"]))
    if block["type"] != "contact_card":
        yield from _in_texts(place.section_id, place.texts, _ANYWHERE)
    if document["kind"] == PICTURE:
        yield from _in_texts(place.section_id, place.texts, _IN_A_PICTURE)
        yield from (_finding(Code.SMALL_COUNT, place.section_id, quote) for quote in small_counts(block))
    yield from (_finding(Code.OPEN_POINT, place.section_id, quote) for quote in open_points(block))


def _in_texts(
    section_id: str, texts: Iterable[str], searches: Mapping[Code, Callable[[str], Iterator[str]]]
) -> Iterator[Finding]:
    for text in texts:
        for code, search in searches.items():
            yield from (_finding(code, section_id, quote) for quote in search(text))
