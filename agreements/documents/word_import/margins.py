"""Page headers and footers: left out of the text, their words named in the report (registry numbers, page numbers)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agreements.documents.word_import.blocks import paragraphs_in
from agreements.documents.word_import.ooxml import q
from agreements.documents.word_import.pictures import Pictures
from agreements.documents.word_import.pieces import plain_text
from agreements.documents.word_import.report import Finds
from agreements.documents.word_import.story import Story

if TYPE_CHECKING:
    from agreements.documents.word_import.book import Book
    from agreements.documents.word_import.ooxml import Element

REFERENCES = {q("w:headerReference"): "header", q("w:footerReference"): "footer"}
RELATION = q("r:id")


def report_margins(book: Book, root: Element) -> None:
    """Name the words of every page header and footer that some page of the document uses, each once."""
    ties = book.package.relationships(book.package.main)
    seen: set[str] = set()
    for reference in root.iter(*REFERENCES):
        tie = ties.get(reference.get(RELATION, ""))
        if tie is None or tie.is_external or tie.target in seen:
            continue
        seen.add(tie.target)
        if words := _words(book, tie.target, tie.kind):
            book.finds.at(REFERENCES[str(reference.tag)], words)


def _words(book: Book, part: str, kind: str) -> str:
    root = book.package.beside(part, kind)
    if root is None:
        return ""
    finds = Finds()  # what is inside is left out as a whole, not told piece by piece
    apart = replace(book, finds=finds, pictures=Pictures(book.package, finds))
    lines = [plain_text(p.pieces) for p in paragraphs_in(Story(apart, part, root).blocks(root))]
    return " · ".join(" ".join(line.split()) for line in lines if line.strip())
