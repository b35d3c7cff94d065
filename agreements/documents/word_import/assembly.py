"""Puts what was understood together: the title at the head, then one part for each heading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.documents.word_import.blocks import Paragraph, comment_ids, paragraphs_in
from agreements.documents.word_import.body_html import body_html
from agreements.documents.word_import.pieces import CommentMark, NoteMark, Words, plain_text
from agreements.documents.word_import.style_names import Kind
from agreements.documents.word_import.text import WordPart
from agreements.documents.word_import.things import Figure, Grid, Heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agreements.documents.word_import.inline_html import InlineWriter
    from agreements.documents.word_import.leaves import Leaf
    from agreements.documents.word_import.pieces import Pieces
    from agreements.documents.word_import.report import Finds
    from agreements.documents.word_import.things import Thing


@dataclass(slots=True)
class Head:
    """The title and subtitle that stand first in a file, and the rest of it."""

    title: str = ""
    subtitle: str = ""
    rest: list[Leaf] = field(default_factory=list)


def take_head(leaves: Sequence[Leaf], finds: Finds) -> Head:
    """Take the paragraphs with the styles of title and subtitle that stand first; only pictures may stand before.

    The head ends after a paragraph with a note, since the words of the note come next.
    """
    head = Head()
    for index, leaf in enumerate(leaves):
        if isinstance(leaf, Figure) and not head.title:
            head.rest.append(leaf)
            continue
        if not isinstance(leaf, Paragraph) or not _take_title(head, leaf):
            head.rest += leaves[index:]
            break
        if loose := list(_loose(leaf, finds)):
            head.rest += [*loose, *leaves[index + 1 :]]
            break
    return head


def _take_title(head: Head, paragraph: Paragraph) -> bool:
    kind = paragraph.style.kind
    if kind not in (Kind.TITLE, Kind.SUBTITLE) or paragraph.is_boxed or _has_words_after_note(paragraph):
        return False
    if _is_second(head, kind):
        return False
    text = " ".join(plain_text(paragraph.pieces).split())
    if kind == Kind.TITLE:
        head.title = f"{head.title} {text}".strip()
    else:
        head.subtitle = f"{head.subtitle} {text}".strip()
    return True


def _has_words_after_note(paragraph: Paragraph) -> bool:
    notes = [index for index, piece in enumerate(paragraph.pieces) if isinstance(piece, NoteMark)]
    return bool(notes) and bool(plain_text(paragraph.pieces[notes[0] :]).strip())


def _is_second(head: Head, kind: Kind) -> bool:
    """A title after the subtitle is no longer the title, nor is a subtitle without a title."""
    return bool(head.subtitle) if kind == Kind.TITLE else not head.title


def _loose(paragraph: Paragraph, finds: Finds) -> Iterator[Leaf]:
    """What a title cannot hold: its notes become paragraphs, its comments stand before the text."""
    marks: Pieces = [piece for piece in paragraph.pieces if isinstance(piece, CommentMark)]
    for note in paragraph.pieces:
        if isinstance(note, NoteMark):
            for pieces in note.paragraphs:
                finds.at("title_note", plain_text(pieces))
                yield Paragraph([*marks, *pieces], paragraph.style.as_body())
                marks = []
    if marks:
        yield Paragraph([*marks, Words("")], paragraph.style.as_body())


@dataclass(slots=True)
class _Open:
    heading: Heading | None
    things: list[Thing] = field(default_factory=list)


def assemble(
    things: Sequence[Thing], writer: InlineWriter, finds: Finds
) -> tuple[list[WordPart], list[tuple[int, list[str]]]]:
    """The parts, and for each the ids of the comments in it."""
    parts: list[WordPart] = []
    comments: list[tuple[int, list[str]]] = []
    for one in _divided(things):
        part = _part(one, writer, finds)
        ids = [comment_id for thing in _all(one) for comment_id in comments_of(thing)]
        if part.heading or part.body:
            comments.append((len(parts), ids))
            parts.append(part)
        else:
            comments.append((max(len(parts) - 1, 0), ids))
    return parts, comments


def _divided(things: Sequence[Thing]) -> list[_Open]:
    divided = [_Open(None)]
    for thing in things:
        if isinstance(thing, Heading):
            divided.append(_Open(thing))
        else:
            divided[-1].things.append(thing)
    return divided


def _all(one: _Open) -> list[Thing]:
    return [*([one.heading] if one.heading else []), *one.things]


def _part(one: _Open, writer: InlineWriter, finds: Finds) -> WordPart:
    body = clean_rich_text(body_html(one.things, writer, finds))
    if one.heading is None:
        return WordPart(0, "", body)
    heading = one.heading
    html = clean_heading(writer.html(heading.pieces, drops_uniform=True))
    return WordPart(heading.level, html, body, heading.number, heading.is_numbered_by_word, heading.is_fake)


def comments_of(thing: Thing) -> Iterator[str]:
    """The ids of the comments in one thing, in reading order."""
    match thing:
        case Figure():
            yield from comment_ids(thing.caption)
        case Grid():
            yield from comment_ids(thing.caption)
            for row in thing.table.rows:
                for cell in row.cells:
                    for paragraph in paragraphs_in(cell.blocks):
                        yield from comment_ids(paragraph.pieces)
        case _:
            yield from comment_ids(thing.pieces)
