"""The words of the example's texts, for counting and comparing."""

import re
from collections.abc import Iterator
from html import unescape

from agreements.documents.text import WORD
from agreements.example.shapes import Version
from agreements.example.text_shapes import Column, Sheet, Text, Value

NOTE = re.compile(r'<sup data-note="([^"]*)"></sup>')
TAG = re.compile("<[^>]*>")


def notes_of(html: str) -> list[str]:
    return [unescape(note) for note in NOTE.findall(html)]


def lines(html: str) -> list[str]:
    """The pieces of text between the tags, those of the notes last."""
    found = [unescape(line).replace("\u00a0", " ") for line in TAG.split(NOTE.sub("", html)) if line.strip()]
    return found + [line for note in notes_of(html) for line in lines(note)]


def words(html: str) -> list[str]:
    """The words of clean HTML in reading order, those of its notes last."""
    return [word.lower() for line in lines(html) for word in WORD.findall(line)]


def pieces(text: Text) -> Iterator[str]:
    """Every piece of HTML or plain text in a version, typed rows included."""
    for section in text.sections:
        yield from (section.heading, section.body)
    for area in text.areas:
        yield from (area.title, area.description)
    for source in text.sources:
        yield from (f"{source.name} {source.period}, {source.publisher}", source.note)
    for definition in text.definitions:
        yield from (definition.term, definition.meaning, definition.source)
    if text.sheet:
        yield from _sheet_pieces(text.sheet)


def _sheet_pieces(sheet: Sheet) -> Iterator[str]:
    for value in sheet.area_values:
        yield from _value_pieces(value)
    for column in sheet.columns:
        yield column.heading
        yield from _column_pieces(column)


def _column_pieces(column: Column) -> Iterator[str]:
    for value in column.values:
        yield from _value_pieces(value)


def _value_pieces(value: Value) -> Iterator[str]:
    yield value.html
    yield from (commitment.text for commitment in value.commitments)


def bodies(text: Text) -> Iterator[str]:
    """The pieces that are rich text."""
    yield from (section.body for section in text.sections)
    yield from (area.description for area in text.areas)
    if text.sheet:
        yield from (value.html for value in text.sheet.area_values)
        yield from (value.html for column in text.sheet.columns for value in column.values)


def word_count(version: Version) -> int:
    return sum(len(words(piece)) for piece in pieces(version.text))


def note_count(version: Version) -> int:
    """Footnotes as printed: those in the texts, and the explanations of the sources."""
    inline = sum(len(notes_of(piece)) for piece in pieces(version.text))
    return inline + sum(bool(source.note) for source in version.text.sources)
