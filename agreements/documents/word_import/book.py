"""What all stories of one file share while it is read: styles, lists, notes, pictures, comments and the report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agreements.documents.word_import.comments import Comments
from agreements.documents.word_import.notes import Notes
from agreements.documents.word_import.numbering import Numbering
from agreements.documents.word_import.pictures import Pictures
from agreements.documents.word_import.report import Finds
from agreements.documents.word_import.styles import Styles

if TYPE_CHECKING:
    from agreements.documents.word_import.package import Package


@dataclass(slots=True)
class Book:
    """One opened file."""

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Notes
    comments: Comments
    pictures: Pictures
    finds: Finds
    languages: Counter[str] = field(default_factory=Counter)  # letters per language, to tell the text's own


def open_book(package: Package) -> Book:
    """Read everything that the text needs to be understood. Notes are text, so damaged ones refuse the file; damaged
    styles, lists and comments are told in the report."""
    finds = Finds()
    main = package.main
    styles = Styles(package.related_beside(main, "styles"))
    notes = {kind: package.related_xml(main, kind) for kind in ("footnotes", "endnotes")}
    return Book(
        package,
        styles,
        Numbering(package.related_beside(main, "numbering"), styles),
        Notes(notes, finds),
        Comments(package.related_beside(main, "comments"), package.related_beside(main, "commentsExtended")),
        Pictures(package, finds),
        finds,
    )
