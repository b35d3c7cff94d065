"""Captions: the paragraph that belongs to a picture or a table, told by its style or its words, taken once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agreements.documents.word_import.pieces import Words, plain_text
from agreements.documents.word_import.things import Figure, Grid, Prose

if TYPE_CHECKING:
    from agreements.documents.word_import.pieces import Pieces
    from agreements.documents.word_import.things import Thing

OF_FIGURE = re.compile(r"\s*(figur|bild|diagram|karta|foto|graf|figure|picture|chart|map)\s*\d{1,3}\b", re.IGNORECASE)
OF_TABLE = re.compile(r"\s*(tabell|table)\s*\d{1,3}\b", re.IGNORECASE)
MAX_LENGTH = 400  # "Figur 2 visar …" at the start of a long text is no caption
SENTENCE = re.compile(r"\s*\w+\s*\d{1,3}\s+(visar|framgår|är|och|ovan|nedan|shows|is)\b", re.IGNORECASE)


def attach_captions(things: list[Thing]) -> list[Thing]:
    """Give each picture the caption right after it, else the one right before it; a table the one before it.

    A caption after a table stays a paragraph there, since a table is read after its caption.
    """
    kept: list[Thing] = []
    for index, thing in enumerate(things):
        if isinstance(thing, Prose) and _is_taken(thing, kept, things[index + 1 : index + 2]):
            continue
        kept.append(thing)
    return kept


def _is_taken(prose: Prose, before: list[Thing], after: list[Thing]) -> bool:
    last, following = before[-1] if before else None, after[0] if after else None
    if _may_be_of_figure(prose):
        for figure in (last, following):
            if isinstance(figure, Figure) and not figure.has_caption:
                figure.caption = _put_together(figure, prose)
                figure.has_caption = True
                return True
    if isinstance(following, Grid) and _may_be_of_table(prose):
        following.caption = prose.pieces
        return True
    return False


def _put_together(figure: Figure, prose: Prose) -> Pieces:
    """A chart's own title and the caption beside it, the title only where the caption does not say it."""
    title = plain_text(figure.caption).strip()
    if not title or title in plain_text(prose.pieces):
        return prose.pieces
    return [*prose.pieces, Words(f" ({title})")]


def _may_be_of_figure(prose: Prose) -> bool:
    text = plain_text(prose.pieces)
    is_of_table = bool(OF_TABLE.match(text))
    if prose.is_caption:
        return not is_of_table
    return bool(OF_FIGURE.match(text)) and len(text) <= MAX_LENGTH and not SENTENCE.match(text)


def _may_be_of_table(prose: Prose) -> bool:
    text = plain_text(prose.pieces)
    if prose.is_caption:
        return not OF_FIGURE.match(text)
    return bool(OF_TABLE.match(text)) and len(text) <= MAX_LENGTH and not SENTENCE.match(text)
