"""Pieces written as inline HTML; ``documents.sanitise`` brings it into its one canonical form."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from agreements.documents.word_import.pieces import PLAIN, LineBreak, NoteMark, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from agreements.documents.word_import.pieces import Format, Piece


class InlineWriter:
    """Writes pieces; passages in other languages than ``plain_languages`` (Swedish, the text's own) are marked."""

    def __init__(self, plain_languages: Collection[str]) -> None:
        self._plain_languages = plain_languages

    def html(self, pieces: Sequence[Piece], *, drops_uniform: bool = False) -> str:
        """The pieces as HTML. With ``drops_uniform``, bold or italic that covers all words is left out (headings)."""
        words = [piece for piece in pieces if isinstance(piece, Words) and piece.text.strip()]
        is_bold = drops_uniform and all(piece.format.bold for piece in words)
        is_italic = drops_uniform and all(piece.format.italic for piece in words)
        html = ""
        for index, piece in enumerate(pieces):
            match piece:
                case Words():
                    look = piece.format._replace(size=0, language=self._language(pieces, index, piece))
                    look = look._replace(bold=look.bold and not is_bold, italic=look.italic and not is_italic)
                    html += _wrapped(piece.text, look)
                case LineBreak():
                    html += "<br>"
                case NoteMark():
                    html += f'<sup data-note="{escape(self.note(piece))}"></sup>'
        return html

    def note(self, note: NoteMark) -> str:
        """A note as paragraphs."""
        return "".join(f"<p>{self.html(paragraph)}</p>" for paragraph in note.paragraphs)

    def _language(self, pieces: Sequence[Piece], index: int, words: Words) -> str:
        """The language to mark, only where it covers whole words that have letters."""
        language = words.format.language
        if not language or primary(language) in self._plain_languages or not any(c.isalpha() for c in words.text):
            return ""
        before = _neighbour(pieces, index - 1, words.format)
        after = _neighbour(pieces, index + 1, words.format)
        cuts_word = (before[-1:].isalnum() and words.text[0].isalnum()) or (
            after[:1].isalnum() and words.text[-1].isalnum()
        )
        return "" if cuts_word else language


def primary(language: str) -> str:
    """The language without its country: "sv" of "sv-SE"."""
    return language.lower().partition("-")[0]


def _neighbour(pieces: Sequence[Piece], index: int, format_: Format) -> str:
    """The text beside a run, nothing when it is in the same language."""
    if not 0 <= index < len(pieces):
        return ""
    piece = pieces[index]
    if not isinstance(piece, Words) or primary(piece.format.language) == primary(format_.language):
        return ""
    return piece.text


def _wrapped(text: str, look: Format) -> str:
    core = text.strip(" \t")
    if look == PLAIN or not core:
        return escape(text, quote=False)
    start, end = text[: text.index(core)], text[text.index(core) + len(core) :]
    html = escape(core, quote=False)
    for is_set, tag in ((look.italic, "em"), (look.bold, "strong")):
        html = f"<{tag}>{html}</{tag}>" if is_set else html
    html = f'<span lang="{escape(look.language)}">{html}</span>' if look.language else html
    html = f'<a href="{escape(look.href)}">{html}</a>' if look.href else html
    return f"{start}{html}{end}"
