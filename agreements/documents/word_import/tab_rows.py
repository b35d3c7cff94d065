"""Tables that were made with tabs: lines below each other that have the same number of columns."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import Paragraph
from agreements.documents.word_import.pieces import plain_text
from agreements.documents.word_import.style_names import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.documents.word_import.leaves import Leaf

BETWEEN = re.compile(r"\S *\t[\t ]*(?=\S)")
NUMBERED = re.compile(r"(\d{1,2}(\.\d{1,2})*[.)]?|[a-zåäö][.)]|[^\w\s])\t")  # after a number or sign it is no column


def tab_rows(leaves: Sequence[Leaf]) -> int:
    """How many lines look like rows of such a table."""
    runs = (list(group) for columns, group in groupby(map(_columns, leaves)) if columns)
    return sum(len(run) for run in runs if len(run) > 1)


def _columns(leaf: Leaf) -> int:
    """How many columns there are after the first; 0 for what is no line of a table."""
    if not isinstance(leaf, Paragraph) or leaf.style.kind != Kind.BODY or leaf.numbered is not None:
        return 0
    text = plain_text(leaf.pieces).strip()
    return len(BETWEEN.findall(text)) - bool(NUMBERED.match(text))
