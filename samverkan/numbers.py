"""Numbers as people type them: into addresses, and as a § in minutes."""

import re

LONGEST = 9
"""Digits: what fits into an integer of the database, and no more."""


def whole_number(word: str) -> int | None:
    """The number that ``word`` writes with at most nine digits 0-9; None for anything else, "²" and "-1" included."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= LONGEST else None


def paragraph(typed: str) -> str:
    """A § as it is printed: "4", "§4" and "4 a" become "§ 4" and "§ 4 a"; any other reference stays as typed."""
    words = " ".join(typed.split())
    found = re.fullmatch(r"§? ?([0-9]{1,4}(?: ?[a-z])?)", words)
    return f"§ {found[1]}" if found else words
