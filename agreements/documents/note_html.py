"""How a reader gets from a number in the text to its note: at the end, below the page, or right there."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from html import escape
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.documents.notes import EITHER_REFERENCE

NoteMode = Literal["end", "float", "popover"]


class NoteWriter:
    """Writes references as they come, and remembers which notes have to stand at the end.

    ``notes`` are by the key that a reference names: a note's number, or one of an earlier version ("old-3").
    ``became`` says which old note is shown as which new one, so that it stands in the list once.
    """

    def __init__(
        self, notes: Mapping[str, str], mode: NoteMode, id_prefix: str, became: Mapping[str, str] | None = None
    ) -> None:
        self._notes = notes
        self._mode = mode
        self._prefix = id_prefix
        self._became = became or {}
        self._seen: dict[str, None] = {}

    def resolve(self, html: str) -> str:
        """The HTML with its references written for readers."""
        if "data-ref" not in html:
            return html
        return EITHER_REFERENCE.sub(lambda match: self.reference(match[1]), html)

    def reference(self, key: str) -> str:
        """A reference with, unless it stands at the end, its note; phrasing content in every mode."""
        number = escape(key.rpartition("-")[2])
        key = self._became.get(key, key)
        note = self._notes.get(key, "")
        is_first = key not in self._seen
        self._seen[key] = None
        match self._mode:
            case "float":
                return f'<span class="footnote" data-number="{number}">{_phrasing(note)}</span>'
            case "popover":
                return self._button(key, number) + (self._popover(key, note) if is_first else "")
            case "end":
                id_ = f' id="{self._id("noteref", key)}"' if is_first else ""
                link = f'<a href="#{self._id("note", key)}">{self._label}{number}</a>'
                return f'<sup class="note-ref"{id_}>{link}</sup>'

    @cached_property
    def _label(self) -> str:
        """What stands before each number, for those who hear the text."""
        return _hidden(pgettext("footnote", "Note"))

    def _id(self, kind: str, key: str) -> str:
        return f"{self._prefix}{kind}-{escape(key)}"

    def _button(self, key: str, number: str) -> str:
        target = self._id("note", key)
        return f'<button type="button" class="note-ref" popovertarget="{target}">{self._label}{number}</button>'

    def _popover(self, key: str, note: str) -> str:
        attributes = f'class="note" id="{self._id("note", key)}" popover'
        return f"<span {attributes}>{_phrasing(note)}</span>"

    def end(self, heading_level: int) -> str:
        """The list of notes with a way back from each; nothing when the notes stand elsewhere."""
        if self._mode != "end" or not self._seen:
            return ""
        tag = f"h{heading_level}"
        title = escape(pgettext("footnotes", "Notes"))
        heading = f'<{tag} id="{self._prefix}notes">{title}</{tag}>'
        return f'<section class="notes">{heading}{self.listed(self._seen)}</section>'

    def to_list(self) -> list[str]:
        """The keys of the notes that have to stand at the end, by their numbers; none when they stand elsewhere."""
        return sorted(self._seen, key=_by_number) if self._mode == "end" else []

    def listed(self, keys: Iterable[str]) -> str:
        """The notes as a list, with a way back from each; "" without any."""
        back = _("Back to the text at note %(number)s")
        items = "".join(self._item(key, back) for key in keys)
        return f'<ul class="note-list">{items}</ul>' if items else ""

    def _item(self, key: str, back: str) -> str:
        number = escape(key.rpartition("-")[2])
        label = f'<span class="note-number">{number}</span> '
        words = _hidden(back % {"number": number}, after="")
        link = f' <a class="note-back" href="#{self._id("noteref", key)}">{words}↩</a>'
        note = self._notes.get(key, "") or "<p></p>"
        note = note.replace("<p>", f"<p>{label}", 1)
        before, paragraph, after = note.rpartition("</p>")
        return f'<li id="{self._id("note", key)}">{before}{link}{paragraph}{after}</li>'


def _by_number(key: str) -> tuple[int, str]:
    """An old note stands after the new one of the same number."""
    number = key.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0, key


def _hidden(words: str, after: str = " ") -> str:
    return f'<span class="ds-sr-only">{escape(words)}{after}</span>'


def _phrasing(note: str) -> str:
    """The note's paragraphs as spans, so that it may stand within a paragraph."""
    return note.replace("<p>", '<span class="note-paragraph">').replace("</p>", "</span>")
