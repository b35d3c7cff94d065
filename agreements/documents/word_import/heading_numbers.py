"""Numbers typed at the start of headings ("2.1 Metod"), told from headings that begin with an amount or a year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

# One to four numbers of at most two digits: "2020 års plan" has none.
NUMBER = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<end>[.)]?)(?P<space>\s+)(?=\S)")
WIDE = re.compile(r"[\t\u00a0\u2002\u2003]|\s\s")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number and how many signs it takes at the start, with what stands around it."""

    number: str
    length: int

    @property
    def depth(self) -> int:
        """1 for "2", 2 for "2.1"."""
        return self.number.count(".") + 1


def is_certain(text: str) -> bool:
    """Whether the text begins with a number that can only be a heading's: of two or more levels."""
    match = NUMBER.match(text)
    return bool(match and "." in match["number"])


def numbers_with_children(texts: Iterable[str]) -> set[str]:
    """All numbers that some typed number goes below: "2" when there is a "2.1"."""
    numbers = [match["number"] for text in texts if (match := NUMBER.match(text))]
    return {number.rpartition(".")[0] for number in numbers if "." in number}


@dataclass(slots=True)
class HeadingNumbers:
    """Reads the numbers of headings in order: "5 Områden" is numbered when there was a 4, "10 goda råd" is not."""

    parents: Collection[str] = ()  # numbers that others go below: "2" when there is a "2.1"
    _seen: set[str] = field(default_factory=set)

    def read(self, text: str) -> TypedNumber | None:
        """The typed number of the next heading, or None."""
        match = NUMBER.match(text)
        if match is None:
            return None
        number = match["number"]
        if not self._belongs(match, text[match.end() :]):
            return None
        self._seen.add(number)
        return TypedNumber(number, match.end())

    def _belongs(self, match: re.Match[str], rest: str) -> bool:
        if match["end"] or "." in match["number"] or WIDE.search(match["space"]):
            return True
        value = int(match["number"])
        follows = value == 1 or str(value - 1) in self._seen or match["number"] in self.parents
        return follows and not rest[:1].islower()
