"""Where in a table something changed: the row and the column by name; a column that came or went as one change."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from agreements.documents.align import Pair
from agreements.documents.text import plain, title
from agreements.documents.text_redline import Found, TextRedline


def cell_place(row: str, column: str, *, is_head: bool = False) -> str:
    """ "Mötesfrekvens, Arbetsgrupp trygga platser"; a heading is told as that."""
    return _("Column heading") if is_head else ", ".join(filter(None, (row, column)))


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
