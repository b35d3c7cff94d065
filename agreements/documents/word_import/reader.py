"""Takes in a Word file: bytes in, plain data out. Nothing is stored, nothing is fetched, no database is asked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from agreements.documents.word_import.assembly import assemble, take_head
from agreements.documents.word_import.book import open_book
from agreements.documents.word_import.gate import open_package
from agreements.documents.word_import.inline_html import InlineWriter, primary
from agreements.documents.word_import.interpret import Interpreter
from agreements.documents.word_import.leaves import unfold
from agreements.documents.word_import.margins import report_margins
from agreements.documents.word_import.ooxml import child
from agreements.documents.word_import.paragraph_reader import count_lists
from agreements.documents.word_import.properties import read_properties
from agreements.documents.word_import.refusals import RefusalCode, WordRefused
from agreements.documents.word_import.story import Story
from agreements.documents.word_import.tally import count_result
from agreements.documents.word_import.text import WordText

if TYPE_CHECKING:
    from agreements.documents.word_import.book import Book
    from agreements.documents.word_import.package import Package

logger = logging.getLogger(__name__)
BROKEN = {
    "header": "broken_margin",
    "footer": "broken_margin",
    "styles": "broken_styles",
    "chart": "broken_drawing",
    "diagramData": "broken_drawing",
    "comments": "broken_comments",
}
# A file can be broken in ways that nobody has thought of. Its sender gets a sentence, and we a line in the log.
UNFORESEEN = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, TypeError, ValueError)


def read_word(data: bytes) -> WordText:
    """Read the bytes of a .docx, with tracked changes taken as accepted.

    No word is lost and none appears twice: what is not understood comes in as plain paragraphs, with a line in
    ``WordText.report``; what is left out (page headers, tables of contents, hidden text) is named there.
    A damaged part that the text can be read without (a page header, styles, a chart) is named there too.
    Raises WordRefused, with a translated reason, for anything that is no .docx that can be read safely.
    Takes about 0.1 s for twenty pages. Source: the main job, "Taking in Word".
    """
    try:
        return _read(open_package(data))
    except RecursionError as error:  # tables in tables in tables, as no person writes them
        raise WordRefused(RefusalCode.DAMAGED, "depth") from error
    except UNFORESEEN as error:
        logger.exception("A Word file could not be read.")
        raise WordRefused(RefusalCode.DAMAGED, "unforeseen") from error


def _read(package: Package) -> WordText:
    root = package.xml(package.main)
    body = child(root, "w:body")
    if root is None or body is None:
        raise WordRefused(RefusalCode.DAMAGED, "no body")
    book = open_book(package)
    story = Story(book, package.main, body)
    blocks = story.blocks(body)
    count_lists(blocks, book.numbering)
    leaves = unfold(blocks, book.finds)
    if contents := "".join(story.contents).strip():
        book.finds.at("contents", contents)
    head = take_head(leaves, book.finds)
    things = Interpreter(head.rest, book.finds).things()
    parts, comment_places = assemble(things, InlineWriter(_plain_languages(book)), book.finds)
    comments = book.comments.placed(comment_places)
    book.notes.report_orphans()
    report_margins(book, root)
    properties = read_properties(package, book)
    report_unreadable(book)
    count_result(head, parts, comments, book)
    return WordText(
        head.title, head.subtitle, properties, tuple(parts), comments, book.pictures.images, book.finds.report()
    )


def report_unreadable(book: Book) -> None:
    """Name the parts that are damaged. A picture that is has its own line, at its empty frame."""
    for part, kind in book.package.unreadable.items():
        if kind != "image":
            book.finds.at(BROKEN.get(kind, "broken_part"), part)


def _plain_languages(book: Book) -> set[str]:
    """Swedish and the language that most of the text is marked as: programs often mark Swedish text as English."""
    known = [(count, primary(language)) for language, count in book.languages.items() if language]
    return {"sv", *([max(known)[1]] if known else [])}
