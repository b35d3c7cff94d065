"""Lines of a history: what one is, how those that belong together become one, and how several kinds become a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from agreements.selectors.history_words import FieldChange

LIMIT = 200
"""Events of a page, and rows that are read of each model for it."""

ONE_GO = timedelta(minutes=10)
"""As the saves of one writer, rows that one person adds within these minutes are one event."""


@dataclass(frozen=True)
class Event:
    """One line: when, who, what in words; ``changes`` are shown when it is opened, and so are the ``rows`` that
    one person added or removed one after the other. ``rows_are`` says which can be told together. What is removed
    has in ``changes`` all that stood in it."""

    when: datetime
    who: str
    what: str | Promise
    reason: str = ""
    url: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    row: str = ""
    rows_are: tuple[str, str] | None = None
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One of several rows that were added or removed in one go; ``changes`` as in ``Event``."""

    title: str
    changes: list[FieldChange]


@dataclass(frozen=True)
class Stream:
    """Events of one kind. ``floor``: the time of the oldest row that was read, when there may be more before it."""

    events: list[Event]
    floor: datetime | None = None

    def since(self, day: datetime | None) -> Stream:
        """Without what happened before ``day``."""
        return self if day is None else Stream([event for event in self.events if event.when >= day], self.floor)


@dataclass(frozen=True)
class Page:
    """Events, newest first; ``older``: to be asked for what happened before that, when there is more."""

    events: list[Event]
    older: datetime | None = None


def _together(events: list[Event]) -> Event:
    """Rows of one kind that one person added or removed in one go, as one line."""
    first = events[0]
    if len(events) == 1 or first.rows_are is None:
        return first
    kind, nouns = first.rows_are
    sentences = {"+": _("%(nouns)s added: %(number)s"), "-": _("%(nouns)s removed: %(number)s")}
    what = sentences[kind] % {"nouns": nouns[:1].upper() + nouns[1:], "number": len(events)}
    return replace(first, what=what, changes=[], rows=[Row(event.row, event.changes) for event in reversed(events)])


def _joined(events: Iterable[Event]) -> Iterator[Event]:
    """Events in order, newest first; what belongs together stands where its newest row stood, whatever else was
    added in between: a seat and who sits on it come in turns."""
    open_lines: dict[tuple[object, ...], list[Event]] = {}
    lines: list[list[Event]] = []
    for event in events:
        key = (event.rows_are, event.who, event.reason)
        line = open_lines.get(key)
        if event.rows_are and line and line[0].when - event.when <= ONE_GO:
            line.append(event)
        else:
            open_lines[key] = [event]
            lines.append(open_lines[key])
    return map(_together, lines)


def newest(*streams: Stream) -> Page:
    """The streams as one, as far back as all of them have been read."""
    floor = max((stream.floor for stream in streams if stream.floor), default=None)
    found = [event for stream in streams for event in stream.events if floor is None or event.when >= floor]
    found.sort(key=lambda event: event.when, reverse=True)
    if len(found) > LIMIT:
        floor = found[LIMIT - 1].when
        found = [event for event in found if event.when >= floor]
    return Page(list(_joined(found)), floor)


def happened_before(events: Iterable[Event], before: datetime | None) -> Stream:
    """All of ``events`` that happened before that time."""
    return Stream([event for event in events if before is None or event.when < before])
