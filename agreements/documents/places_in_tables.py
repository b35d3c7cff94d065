"""Where in a table something changed, by name: what changed in a row is one change, and so is a column that came or
went."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import shorten

from django.utils.translation import gettext as _

from agreements.documents.align import Pair
from agreements.documents.text import plain, title
from agreements.documents.text_redline import Found, TextRedline

NAME = 80  # letters of what a row is called by; in a table without names it may be a whole text


@contextmanager
def one_row(row: str, text: TextRedline, *, is_renamed: bool = False) -> Iterator[None]:
    """What is found inside is told as one change of the row; until then the place of each is its column.

    The change of a single cell stands at "Mötesfrekvens, Arbetsgrupp trygga platser", or where the row ``is_renamed``
    at its column alone: then that cell is the name. Those of several stand at the row, a line for each.
    """
    known, name = len(text.found), shorten(row, NAME, placeholder=" …")
    yield
    found = text.found[known:]
    together = Found(_lines(found, 0), _lines(found, 1), name)
    if len(found) > 1 and together.was != together.became:
        text.found[known:] = [together]
    else:
        names = ("",) if is_renamed else (name,)
        text.found[known:] = [one._replace(place=", ".join(filter(None, (*names, one.place)))) for one in found]


def _lines(found: Sequence[Found], side: int) -> str:
    """ "2024: 70" for each cell, "2025: –" for one that is empty; "" when all are."""
    if not any(one[side] for one in found):
        return ""
    return "\n".join(f"{one.place}: {one[side] or '–'}" if one.place else one[side] or "–" for one in found)


def find_columns(
    columns: Sequence[Pair], old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], text: TextRedline
) -> None:
    """Remember each column that came or went, with what is in it. Takes the tables' rows as HTML, the first cell of
    each being its label; ``columns`` are of all cells."""
    for i, j in columns:
        if i is None and j is not None:
            text.found.append(Found("", _column(new, j, text.notes.new), _("New column")))
        elif j is None and i is not None:
            text.found.append(Found(_column(old, i, text.notes.old), "", _("Column taken away")))


def _column(rows: Sequence[Sequence[str]], index: int, notes: Sequence[str]) -> str:
    cells = ((title(row[0]) if index else "", plain(row[index], notes)) for row in rows if index < len(row))
    return "\n".join(f"{label}: {words}" if label else words for label, words in cells if words)
