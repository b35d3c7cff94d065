"""What a file says about itself outside its text, above all names of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import q
from agreements.documents.word_import.text import WordProperties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.documents.word_import.book import Book
    from agreements.documents.word_import.package import Package, Relationship

AUTHOR, LAST, TITLE = q("dc:creator"), q("cp:lastModifiedBy"), q("dc:title")


def read_properties(package: Package, book: Book) -> WordProperties:
    """Read author, who saved last, title and the commenters; each name gets a line that asks about it."""
    root = package.related_beside("", "core-properties")

    def said(tag: str) -> str:
        return "" if root is None else (root.findtext(tag) or "").strip()

    properties = WordProperties(said(AUTHOR), said(LAST), book.comments.authors, said(TITLE))
    if properties.author:
        book.finds.at("author", properties.author)
    if properties.last_modified_by:
        book.finds.at("last_modified_by", properties.last_modified_by)
    for name in properties.comment_authors:
        book.finds.at("comment_author", name)
    if any(tie.kind == "attachedTemplate" for tie in _settings_ties(package)):
        book.finds.add("own_template")
    return properties


def _settings_ties(package: Package) -> Iterable[Relationship]:
    parts = {package.related(package.main, "settings") or "word/settings.xml", package.main}
    return [tie for part in parts for tie in package.relationships(part).values()]
