"""The blocks of a story in one row: layout tables unfolded, pictures out of paragraphs, text boxes after theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import Paragraph, Table, paragraphs_in, text_of
from agreements.documents.word_import.layout import is_layout
from agreements.documents.word_import.pieces import (
    CommentMark,
    PictureMark,
    Pieces,
    Words,
    is_empty,
    plain_text,
)  # fmt: skip
from agreements.documents.word_import.signs import UNREADABLE
from agreements.documents.word_import.things import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agreements.documents.word_import.blocks import Block
    from agreements.documents.word_import.report import Finds

Leaf = Paragraph | Table | Figure


def unfold(blocks: Iterable[Block], finds: Finds, *, in_cell: bool = False) -> list[Leaf]:
    """All leaves in reading order; empty paragraphs are gone, their comment marks stand in the next paragraph.

    In a cell every table is unfolded, since no table stands inside another.
    """
    leaves: list[Leaf] = []
    marks: Pieces = []
    for leaf in _unfolded(blocks, finds, in_cell=in_cell):
        if isinstance(leaf, Paragraph):
            if is_empty(leaf.pieces):
                marks += [piece for piece in leaf.pieces if isinstance(piece, CommentMark)]
                continue
            leaf.pieces, marks = marks + leaf.pieces, []
        leaves.append(leaf)
    last = next((leaf for leaf in reversed(leaves) if isinstance(leaf, Paragraph)), None)
    if marks and last is not None:
        last.pieces = last.pieces + marks
    return leaves


def _unfolded(blocks: Iterable[Block], finds: Finds, *, in_cell: bool) -> Iterator[Leaf]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _of_paragraph(block, finds)
            yield from _unfolded(block.boxes, finds, in_cell=in_cell)
        elif _is_blank(block):
            continue
        elif in_cell or is_layout(block):
            if words := text_of([block]):
                finds.at("nested_table" if in_cell else "layout_table", words)
            cells = (cell.blocks for row in block.rows for cell in row.cells)
            for inner in cells:
                yield from _unfolded(inner, finds, in_cell=in_cell)
        else:
            yield block


def _is_blank(table: Table) -> bool:
    """Whether a table has neither a word nor a picture; comments alone stay with it."""
    return not any(paragraph.pieces for paragraph in paragraphs_in([table]))


def _of_paragraph(paragraph: Paragraph, finds: Finds) -> Iterator[Leaf]:
    pictures = [piece for piece in paragraph.pieces if isinstance(piece, PictureMark)]
    rest: Pieces = [piece for piece in paragraph.pieces if not isinstance(piece, PictureMark)]
    yield from (_figure(picture) for picture in pictures if picture.is_before_text)
    yield replace(paragraph, pieces=_readable(rest, finds), boxes=[])
    yield from (_figure(picture) for picture in pictures if not picture.is_before_text)


def _figure(mark: PictureMark) -> Figure:
    return Figure(mark.asset, mark.alt, [Words(mark.caption)] if mark.caption else [], mark.table)


def _readable(pieces: Pieces, finds: Finds) -> Pieces:
    """Take away signs that cannot be read, but for one at the start: that one is a bullet."""
    text = plain_text(pieces)
    if UNREADABLE not in text:
        return pieces
    is_bullet = text.lstrip().startswith(UNREADABLE)
    if text.count(UNREADABLE) > is_bullet:
        finds.at("unknown_sign", text.replace(UNREADABLE, " "))
    kept: Pieces = []
    for piece in pieces:
        if isinstance(piece, Words) and UNREADABLE in piece.text:
            text = piece.text.replace(UNREADABLE, "")
            kept.append(replace(piece, text=UNREADABLE + text if is_bullet else text))
            is_bullet = False
        else:
            kept.append(piece)
    return kept
