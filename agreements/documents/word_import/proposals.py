"""What a text names that the portal keeps in registers: parties, groups, sources, priority areas.

They are only proposals, which a person accepts later; the text itself stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stdnum.se import orgnr

from agreements.documents.word_import.heading_words import plain_heading
from agreements.documents.word_import.paragraphs import Passage, PlainItem, passages
from agreements.documents.word_import.tally import NOTE, TAG, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from agreements.documents.word_import.text import WordPart

ORGANISATION_NUMBER = re.compile(
    r"(?P<name>.{1,300}?),?\s{1,9}org(?:anisations)?\.?\s*-?(?:nr|nummer)\.?:?\s*(?P<number>\d{6}-?\d{4})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
TERM = re.compile(r"(?:[”“\"»]|nedan kalla[dt] )(?P<term>[^”“\"»«,.()]{2,40})\W*$")
ADDRESS = re.compile(r"(?P<address>[^”“\"»]{0,200}?\d{3}\s?\d{2}\s+[\w åäöÅÄÖ-]+)")
POSTAL = re.compile(r"^.*postadress:?\s*", re.IGNORECASE | re.DOTALL)
GROUPS = (
    ("steering", re.compile(r"styrgrupp")),
    ("preparatory", re.compile(r"beredningsgrupp")),
    ("working", re.compile(r"arbetsgrupp")),
)
MANDATE = re.compile(r"\bmed mandat\b", re.IGNORECASE)
FUNCTIONS = re.compile(r"\b(funktioner|deltar|ingår|ingå|består av|representanter)\b", re.IGNORECASE)
SOURCES = re.compile(r"\bkällor\b", re.IGNORECASE)
AREA = re.compile(
    r"(?:samverkans|fokus|insats|prioriterat )område\s+(?P<number>\d{1,2})\s*[:.–-]\s*(?P<title>.+)", re.IGNORECASE
)
AREA_LIST = re.compile(r"prioritera|fokusområden|samverkansområden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartyProposal:
    """A party with an organisation number whose check digit is right ("219900-1179"), and its defined term."""

    name: str
    organisation_number: str
    address: str
    term: str
    part: int


@dataclass(frozen=True, slots=True)
class FunctionProposal:
    """A function that a group requires. ``has_mandate``: the text asks for somebody "med mandat" (R22)."""

    text: str
    has_mandate: bool


@dataclass(frozen=True, slots=True)
class GroupProposal:
    """A governing group: ``kind`` is "steering", "preparatory" or "working", ``name`` its heading."""

    kind: str
    name: str
    functions: tuple[FunctionProposal, ...]
    part: int


@dataclass(frozen=True, slots=True)
class SourceProposal:
    """A source behind a situational picture, with the words of its note."""

    name: str
    note: str
    part: int


@dataclass(frozen=True, slots=True)
class AreaProposal:
    """A priority area; ``number`` is 0 where the text gives none."""

    number: int
    title: str
    part: int


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything that was found."""

    parties: tuple[PartyProposal, ...] = ()
    groups: tuple[GroupProposal, ...] = ()
    sources: tuple[SourceProposal, ...] = ()
    areas: tuple[AreaProposal, ...] = ()


def propose(parts: Sequence[WordPart]) -> Proposals:
    """Read all parts. ``part`` of each proposal is the index of the part that it was found in."""
    read = [list(passages(part.body)) for part in parts]
    return Proposals(
        tuple(_parties(read)),
        tuple(_groups(parts, read)),
        tuple(_sources(read)),
        tuple(_once(_areas(parts, read))),
    )


def _parties(read: Sequence[Iterable[Passage]]) -> Iterator[PartyProposal]:
    for index, found in enumerate(read):
        for passage in found:
            match = ORGANISATION_NUMBER.match(passage.text)
            if match and orgnr.is_valid(match["number"]):
                address, term = ADDRESS.search(POSTAL.sub("", match["rest"])), TERM.search(match["rest"])
                yield PartyProposal(
                    _name(match["name"]),
                    orgnr.format(match["number"]),
                    " ".join(address["address"].split()).strip(" ,.") if address else "",
                    term["term"].strip() if term else "",
                    index,
                )


def _name(text: str) -> str:
    """The name alone: "Lokalpolisområde Norrvik region Mitt, polisområde Norr" is the first of these."""
    return re.split(r",|\s+region\s", text.strip(), maxsplit=1)[0].strip()


def _groups(parts: Sequence[WordPart], read: Sequence[Sequence[Passage]]) -> Iterator[GroupProposal]:
    for index, part in enumerate(parts):
        heading = plain_heading(part.heading)
        kind = next((kind for kind, pattern in GROUPS if pattern.search(heading)), "")
        items = next((p.items for p in read[index] if p.items and FUNCTIONS.search(p.text)), ()) if kind else ()
        if items:
            yield GroupProposal(kind, _heading(part), tuple(map(_function, items)), index)


def _function(item: PlainItem) -> FunctionProposal:
    return FunctionProposal(item.text, bool(MANDATE.search(item.text)))


def _heading(part: WordPart) -> str:
    return " ".join(plain_words(TAG.sub("", NOTE.sub("", part.heading))).split())


def _sources(read: Sequence[Sequence[Passage]]) -> Iterator[SourceProposal]:
    """The list under the first sentence that speaks of sources; later ones repeat it (R56)."""
    for index, found in enumerate(read):
        for passage in found:
            if passage.items and SOURCES.search(passage.text):
                yield from (SourceProposal(item.text, item.note, index) for item in passage.items)
                return


def _areas(parts: Sequence[WordPart], read: Sequence[Sequence[Passage]]) -> Iterator[AreaProposal]:
    """Headings first, since what stands under them describes the area; then lists that name areas."""
    for index, part in enumerate(parts):
        if match := AREA.match(_heading(part)):
            yield AreaProposal(int(match["number"]), match["title"].strip(), index)
    for index, found in enumerate(read):
        for passage in found:
            if AREA_LIST.search(passage.text) and passage.text.endswith(":"):
                yield from _areas_in(passage, index)


def _areas_in(passage: Passage, index: int) -> Iterator[AreaProposal]:
    for item in passage.items:
        match = AREA.match(item.text)
        number, title = (int(match["number"]), match["title"]) if match else (0, item.text)
        yield AreaProposal(number, title.strip().rstrip("."), index)


def _once(areas: Iterable[AreaProposal]) -> Iterator[AreaProposal]:
    """Each area once, by its title, where it was named first."""
    seen: set[str] = set()
    for area in areas:
        key = plain_heading(area.title)
        if key and key not in seen:
            seen.add(key)
            yield area
