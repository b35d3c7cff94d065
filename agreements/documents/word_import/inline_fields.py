"""How the marks of fields are read; what fields are stands in ``fields``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.fields import (
    CONTENTS,
    FETCHING,
    Field,
    button_text,
    equation_words,
    link_target,
)
from agreements.documents.word_import.notes import words_of
from agreements.documents.word_import.ooxml import VAL, child, hexadecimal, is_on, number, q, val
from agreements.documents.word_import.refusals import RefusalCode, WordRefused
from agreements.documents.word_import.signs import sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from agreements.documents.word_import.inline import InlineReader
    from agreements.documents.word_import.ooxml import Element


def read_mark(reader: InlineReader, element: Element) -> None:
    """Read ``w:fldChar``: a complex field begins, shows its result, or ends."""
    ended = reader.story.fields.mark(element)
    if ended is not None:
        _end_field(reader, ended)
    reader.format = reader.format._replace(href=reader.href_here())


def _end_field(reader: InlineReader, field: Field) -> None:
    if field.name in FETCHING:
        raise WordRefused(RefusalCode.EXTERNAL, field.name)
    if any(map(str.isalnum, field.stray)):
        reader.book.finds.at("hidden_text", field.stray)
    if field.name in WITHOUT_RESULT and not field.has_words:
        WITHOUT_RESULT[field.name](reader, field)
    elif field.name == "HYPERLINK":
        _report_link(reader, link_target(field.instruction))
    elif field.name and field.shows and not field.is_contents and not reader.story.fields.is_contents:
        reader.book.finds.add("fields")


def _symbol_field(reader: InlineReader, field: Field) -> None:
    tokens = field.instruction.split()
    font = tokens[tokens.index(r"\f") + 1].strip('"') if r"\f" in tokens[:-1] else ""
    code = tokens[1] if len(tokens) > 1 else ""
    value = hexadecimal(code) if code.lower().startswith("0x") else number(code)
    if value:
        reader.say(sign(value, font))


def read_instruction(reader: InlineReader, element: Element) -> None:
    """Read ``w:instrText``."""
    reader.story.fields.instruct(element.text or "")


def read_simple(reader: InlineReader, element: Element) -> None:
    """Read ``w:fldSimple``: a field whose marks are one element."""
    instruction = element.get(q("w:instr"), "")
    name = (instruction.split() or [""])[0].upper()
    if name in FETCHING:
        raise WordRefused(RefusalCode.EXTERNAL, name)
    if name in CONTENTS:
        reader.story.contents.append(words_of(element))
        return
    before = reader.link
    if name == "HYPERLINK":
        reader.link = reader.address_of(link_target(instruction)) or before
    reader.read(element)
    reader.link = before
    _end_field(reader, Field(instruction, shows=True, has_words=bool(words_of(element))))


def _report_link(reader: InlineReader, target: str) -> None:
    if reader.story.fields.is_contents:
        return
    if not target or target.startswith("#"):
        reader.book.finds.add("inner_links")
    elif not reader.address_of(target):
        reader.book.finds.at("dropped_link", target)


def _button(reader: InlineReader, field: Field) -> None:
    reader.say(button_text(field.instruction))


def _equation_field(reader: InlineReader, field: Field) -> None:
    if words := equation_words(field.instruction):
        reader.book.finds.at("equation", words)
        reader.say(words)


def _drop_down(reader: InlineReader, field: Field) -> None:
    """Say what a drop-down list shows: the chosen entry, else the one that it begins with."""
    options = child(field.element, "w:ffData", "w:ddList")
    entries = [] if options is None else [entry.get(VAL, "") for entry in options.findall(q("w:listEntry"))]
    at = number(val(options, "w:result") or val(options, "w:default")) or 0
    reader.say(entries[at] if 0 <= at < len(entries) else "")


def _check_box(reader: InlineReader, field: Field) -> None:
    box = child(field.element, "w:ffData", "w:checkBox")
    state = is_on(box, "w:checked")
    reader.say("☒" if (is_on(box, "w:default") if state is None else state) else "☐")


# Fields that Word shows by itself: what they show does not stand in the file, unless another program has put it there.
WITHOUT_RESULT: dict[str, Callable[[InlineReader, Field], None]] = {
    "FORMCHECKBOX": _check_box,
    "FORMDROPDOWN": _drop_down,
    "MACROBUTTON": _button,
    "GOTOBUTTON": _button,
    "EQ": _equation_field,
    "SYMBOL": _symbol_field,
}
