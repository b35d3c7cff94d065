"""The example's days, counted from today, so that it never grows old: something is always overdue or about to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

MEETING = 12
"""Days from today to the steering group's next meeting; the years of the texts follow its year."""

FRIDAY = 4
AUTUMN = 8
"""From this month on, plans are made for the coming year."""

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

TOKEN = re.compile(r"\{([YPD])([+-]\d+)?\}")


@dataclass(frozen=True)
class Clock:
    """``year`` is how many years before (negative) the coming meeting a text was written."""

    today: date
    year: int = 0

    def at(self, year: int) -> Clock:
        return replace(self, year=year)

    def day(self, days: int) -> date:
        """So many days from today; a Saturday or Sunday becomes the Monday after."""
        found = self.today + timedelta(days=days)
        return found + timedelta(days=7 - found.weekday() if found.weekday() > FRIDAY else 0)

    def fill(self, text: str) -> str:
        """Write out the years and days in ``text``.

        {Y} is the text's year and {Y-1} the one before; {P} the year that it plans for; {D-30} the date thirty
        days ago in words ("4 mars 2026").
        """
        return TOKEN.sub(lambda found: self._written(found[1], int(found[2] or 0)), text)

    def _written(self, sign: str, number: int) -> str:
        if sign == "D":
            found = self.day(number)
            return f"{found.day} {MONTHS[found.month - 1]} {found.year}"
        meeting = self.day(MEETING)
        planned = sign == "P" and meeting.month >= AUTUMN
        return str(meeting.year + self.year + number + (1 if planned else 0))
