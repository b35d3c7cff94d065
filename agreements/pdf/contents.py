"""The table of contents: annexes and their main headings, with the page inside each annex ("Bilaga 2, s. 4")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

MAIN_LEVELS = (1, 2)  # the title of a part and its sections
SHORT = 2  # pages of a part that is found by its title alone


class Placed(Protocol):
    """A heading on its page."""

    @property
    def level(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def anchor(self) -> str: ...
    @property
    def page(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: ``place`` is where to turn to, ``anchor`` what the line links to."""

    level: int
    text: str
    anchor: str
    place: str


def entries(label: str, headings: Iterable[Placed], *, length: int) -> Iterator[Entry]:
    """Lines for one part of ``length`` pages, which are named after ``label``; the agreement's own text has none.

    A part of one or two pages has a line for its title only.
    """
    levels = MAIN_LEVELS if length > SHORT else MAIN_LEVELS[:1]
    for heading in headings:
        if heading.level in levels:
            yield Entry(heading.level, heading.text, heading.anchor, _place(label, heading.page))


def _place(label: str, page: int) -> str:
    if not label:
        return _("p. %(page)d") % {"page": page}
    return _("%(annex)s, p. %(page)d") % {"annex": label, "page": page}
