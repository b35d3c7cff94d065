"""Footnotes and endnotes by their id, each taken once at its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import SPEAKING, TEXT, hexadecimal, in_force, q
from agreements.documents.word_import.signs import sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agreements.documents.word_import.ooxml import Element
    from agreements.documents.word_import.report import Finds

KINDS = {q("w:footnoteReference"): "footnotes", q("w:endnoteReference"): "endnotes"}
NOTES = (q("w:footnote"), q("w:endnote"))
TEXTS = frozenset({TEXT, q("m:t"), q("a:t")})
SIGNS = {
    **{q(name): " " for name in ("w:tab", "w:ptab", "w:br", "w:cr", "w:p", "a:br", "a:p")},
    q("w:noBreakHyphen"): "\u2011",
}
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Notes:
    """The notes of a file. ``parts`` are the roots of its parts "footnotes" and "endnotes"."""

    def __init__(self, parts: Mapping[str, Element | None], finds: Finds) -> None:
        self._finds = finds
        self._notes: dict[tuple[str, str], Element] = {}
        self._twins: list[Element] = []  # of an id that is taken: nothing can refer to them
        for kind, root in parts.items():
            for note in () if root is None else root.iter(*NOTES):
                key = (kind, note.get(q("w:id"), ""))
                if note.get(q("w:type")) not in SEPARATORS and self._notes.setdefault(key, note) is not note:
                    self._twins.append(note)
        self._taken: set[tuple[str, str]] = set()

    def take(self, kind: str, note_id: str, place: str) -> Element | None:
        """The note of that id; None (and a line in the report) when it is missing or was taken before."""
        key = (kind, note_id)
        if key not in self._notes:
            self._finds.at("missing_note", place)
            return None
        if key in self._taken:
            self._finds.at("repeated_note", words_of(self._notes[key]))
            return None
        self._taken.add(key)
        return self._notes[key]

    def report_orphans(self) -> None:
        """Name the notes that nothing has referred to, once the text has been read."""
        orphans = [note for key, note in self._notes.items() if key not in self._taken]
        for note in orphans + self._twins:
            if words := words_of(note):
                self._finds.at("orphan_note", words)


def words_of(element: Element) -> str:
    """The text of an element as accepted, in one line."""
    return " ".join("".join(said_by(inner) for inner in in_force(element)).split())


def said_by(element: Element) -> str:
    """What one element says by itself."""
    if element.tag in TEXTS:
        return element.text or ""
    if element.tag == q("w:sym"):
        return symbol_of(element)
    return SIGNS.get(str(element.tag), "")


def symbol_of(element: Element) -> str:
    """The sign that a ``w:sym`` shows."""
    code = hexadecimal(element.get(q("w:char"), ""))
    return sign(code, element.get(q("w:font"), "")) if code else ""


def says_anything(element: Element) -> bool:
    """Whether there is a word, a sign, a picture or a note in an element, as accepted."""
    inside = (element, *in_force(element))
    return any(inner.tag in SPEAKING and (inner.tag not in TEXTS or said_by(inner).strip()) for inner in inside)
