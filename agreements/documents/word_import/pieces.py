"""What stands inside a paragraph, in reading order: words with their look, breaks, notes, pictures, comment marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Format(NamedTuple):
    """What a run of words is set in. ``language`` only where the file says one; ``size`` in half-points."""

    bold: bool = False
    italic: bool = False
    language: str = ""
    href: str = ""
    size: int = 0


PLAIN = Format()


@dataclass(frozen=True, slots=True)
class Words:
    """Text as it is read, with spaces."""

    text: str
    format: Format = PLAIN


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line, column or page inside a paragraph."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to a footnote or endnote, with the whole note: one tuple of pieces per paragraph of it."""

    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class PictureMark:
    """The place of a picture. ``asset`` is the hash of its image."""

    asset: str
    alt: str
    caption: str = ""  # a chart's own title
    table: tuple[tuple[str, ...], ...] = ()  # a chart's values, first row and first column are headings
    is_before_text: bool = False


@dataclass(frozen=True, slots=True)
class CommentMark:
    """Where a comment belongs."""

    comment_id: str


Piece = Words | LineBreak | NoteMark | PictureMark | CommentMark
Pieces = list[Piece]


def plain_text(pieces: Pieces | tuple[Piece, ...]) -> str:
    """The words alone; a break is a space, notes and pictures are nothing."""
    return "".join(
        piece.text if isinstance(piece, Words) else " " if isinstance(piece, LineBreak) else "" for piece in pieces
    )


def cut_start(pieces: Pieces, count: int) -> Pieces:
    """The pieces without the first ``count`` signs of text; what is no text stays."""
    kept: Pieces = []
    for piece in pieces:
        if count and isinstance(piece, Words):
            taken = min(count, len(piece.text))
            count -= taken
            if taken < len(piece.text):
                kept.append(Words(piece.text[taken:], piece.format))
        elif count and isinstance(piece, LineBreak):
            count -= 1
        else:
            kept.append(piece)
    return kept


def lines_of(pieces: Pieces) -> list[Pieces]:
    """The pieces line by line, as the breaks divide them."""
    lines: list[Pieces] = [[]]
    for piece in pieces:
        if isinstance(piece, LineBreak):
            lines.append([])
        else:
            lines[-1].append(piece)
    return lines


def joined(lines: list[Pieces]) -> Pieces:
    """Lines put together again, with a break between them."""
    pieces: Pieces = []
    for index, line in enumerate(lines):
        pieces += [LineBreak(), *line] if index else line
    return pieces


def is_empty(pieces: Pieces | tuple[Piece, ...]) -> bool:
    """Whether there is neither a word, a note nor a picture."""
    return not plain_text(pieces).strip() and not any(isinstance(p, NoteMark | PictureMark) for p in pieces)
