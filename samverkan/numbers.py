"""Numbers as people type them into addresses."""

LONGEST = 9
"""Digits: what fits into an integer of the database, and no more."""


def whole_number(word: str) -> int | None:
    """The number that ``word`` writes with at most nine digits 0-9; None for anything else, "²" and "-1" included."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= LONGEST else None
