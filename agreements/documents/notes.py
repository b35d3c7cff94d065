"""Footnotes lifted out of the text, so that the text holds numbers and the document the notes (R57, R161)."""

import re
from collections.abc import Iterable
from html import escape, unescape

from agreements.documents.block_types import Block
from agreements.documents.html_fields import mapped

NOTE = re.compile('<sup data-note="([^"]*)"></sup>')
REFERENCE = re.compile('<sup data-ref="([0-9]+)"></sup>')
EITHER_REFERENCE = re.compile('<sup data-ref="((?:old-)?[0-9]+)"></sup>')  # in a redline, of two documents


def lift(html: str, notes: list[str]) -> str:
    """Replace each note of canonical HTML by its number; the notes are appended to ``notes``."""

    def numbered(match: re.Match[str]) -> str:
        notes.append(unescape(match[1]))
        return f'<sup data-ref="{len(notes)}"></sup>'

    return NOTE.sub(numbered, html) if "data-note" in html else html


def lift_all(blocks: Iterable[Block], notes: list[str]) -> list[Block]:
    """The blocks with every note in them lifted, numbered on from ``notes`` in reading order."""
    return [mapped(block, lambda html: lift(html, notes)) for block in blocks]


def put_back(html: str, notes: list[str]) -> str:
    """The opposite of ``lift``: each reference becomes its note again; one without a note is left out."""

    def note(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        return f'<sup data-note="{escape(notes[index])}"></sup>' if 0 <= index < len(notes) else ""

    return REFERENCE.sub(note, html)
