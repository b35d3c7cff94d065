"""Counts what the finished text holds, for the report: words once each, lists, tables, notes, pictures, links."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agreements.documents.word_import.assembly import Head
    from agreements.documents.word_import.book import Book
    from agreements.documents.word_import.text import WordComment, WordPart

WORD = re.compile(r"[^\W_]+(?:[-/.:@’][^\W_]+)*")
NOTE = re.compile(r'<sup data-note="([^"]*)"></sup>')
BLOCK_END = re.compile(r"</(?:p|h4|li|td|th|caption|figcaption)>|<br>")
TAG = re.compile(r"<[^>]+>")
TAGS = {"lists": r"<[uo]l[ >]", "items": r"<li>", "tables": r"(?<!</figcaption>)<table>", "figures": r"<figure ",
        "links": r"<a "}  # fmt: skip


def plain_words(html: str) -> str:
    """The text of rich text; each note stands where it is referred to, in parentheses."""
    with_notes = NOTE.sub(lambda match: f" ({plain_words(unescape(match[1]))}) ", html)
    return unescape(TAG.sub("", BLOCK_END.sub(" ", with_notes)))


def count_words(text: str) -> int:
    """How many words; a hyphen that does not break is a hyphen, numbers count."""
    return len(WORD.findall(text.replace("\u2011", "-").replace("\u00ad", "")))


def count_result(head: Head, parts: Sequence[WordPart], comments: Sequence[WordComment], book: Book) -> None:
    """Put the counts into the report."""
    finds = book.finds
    html = [text for part in parts for text in (part.heading, part.body)]
    texts = [head.title, head.subtitle, *_texts(parts)]
    finds.add("words", sum(count_words(text) for text in texts))
    finds.add("headings", sum(1 for part in parts if part.level))
    everything = "".join(html)
    notes = [unescape(note) for note in NOTE.findall(everything)]
    finds.add("notes", len(notes))
    for what, pattern in TAGS.items():
        finds.add(
            what, len(re.findall(pattern, NOTE.sub("", everything))) + sum(len(re.findall(pattern, n)) for n in notes)
        )
    finds.add("comments", sum(1 + len(comment.answers) for comment in comments))
    finds.add("no_alternative_text", len(re.findall(r'<figure data-alt=""', everything)))


def _texts(parts: Iterable[WordPart]) -> Iterable[str]:
    for part in parts:
        number = "" if part.is_numbered_by_word else part.typed_number
        yield f"{number} {plain_words(part.heading)}"
        yield plain_words(part.body)
