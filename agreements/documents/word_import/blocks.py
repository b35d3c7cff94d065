"""What stands in a story: paragraphs and tables, as the file has them, not yet interpreted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agreements.documents.word_import.pieces import CommentMark, NoteMark, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agreements.documents.word_import.numbering import Numbered
    from agreements.documents.word_import.pieces import Piece, Pieces
    from agreements.documents.word_import.styles import Style


@dataclass(slots=True)
class Paragraph:
    """A paragraph. ``boxes`` is the text of text boxes tied to it, which stands after it."""

    pieces: Pieces
    style: Style
    outline: int | None = None  # set on the paragraph itself; 9 is running text
    list_id: int | None = None
    list_level: int = 0
    numbered: Numbered | None = None
    indent: int = 0  # of the first line
    left: int | None = None  # of the text, where the paragraph or its style says so
    boxes: list[Block] = field(default_factory=list)
    is_mark_deleted: bool = False  # a tracked change joined it with the next one
    is_drop_cap: bool = False  # a large first letter, or first word, of the next one
    is_boxed: bool = False


@dataclass(slots=True)
class Cell:
    """A cell of a table; merged cells are one."""

    blocks: list[Block]
    colspan: int = 1
    rowspan: int = 1
    is_shaded: bool = False


@dataclass(slots=True)
class Row:
    """A row; ``is_header`` when the file repeats it on each page as a heading."""

    cells: list[Cell]
    is_header: bool = False


@dataclass(slots=True)
class Table:
    """A table with what the file says about its look."""

    rows: list[Row]
    has_lines: bool = False
    has_lines_removed: bool = False  # somebody took the lines away: a sign of layout
    marks_first_row: bool = False
    marks_first_column: bool = False
    descriptions: tuple[str, ...] = ()  # for those who do not see it


Block = Paragraph | Table


def paragraphs_in(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, out of tables and text boxes too."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_in(cell.blocks)
        else:
            yield block
            yield from paragraphs_in(block.boxes)


def tables_in(blocks: Iterable[Block]) -> Iterator[Table]:
    """Every table that stands in no other, out of text boxes too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        else:
            yield from tables_in(block.boxes)


def text_of(blocks: Iterable[Block]) -> str:
    """The words of blocks, with spaces between paragraphs."""
    return " ".join(" ".join(plain_text(p.pieces) for p in paragraphs_in(blocks)).split())


def comment_ids(pieces: Iterable[Piece]) -> Iterator[str]:
    """The comments that belong to a paragraph, those in its notes too."""
    for piece in pieces:
        if isinstance(piece, CommentMark):
            yield piece.comment_id
        elif isinstance(piece, NoteMark):
            for paragraph in piece.paragraphs:
                yield from comment_ids(paragraph)
