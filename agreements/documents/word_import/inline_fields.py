"""How the marks of fields are read; what fields are stands in ``fields``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import.fields import (
    BUTTONS,
    CONTENTS,
    FETCHING,
    button_text,
    equation_words,
    link_target,
)
from agreements.documents.word_import.notes import words_of
from agreements.documents.word_import.ooxml import VAL, child, hexadecimal, is_on, number, q, val
from agreements.documents.word_import.refusals import RefusalCode, WordRefused
from agreements.documents.word_import.signs import sign

if TYPE_CHECKING:
    from agreements.documents.word_import.fields import Field
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
    if field.name == "FORMCHECKBOX":
        reader.say(_check_box(field))
    elif field.name == "FORMDROPDOWN":
        reader.say(_chosen_entry(field))
    elif field.name in BUTTONS and not field.shows:
        reader.say(button_text(field.instruction))
    elif field.name == "EQ" and not field.shows:
        _equation_field(reader, field)
    elif field.name == "SYMBOL" and not field.shows:
        _symbol_field(reader, field)
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
    else:
        reader.book.finds.add("fields")
    reader.read(element)
    reader.link = before


def _report_link(reader: InlineReader, target: str) -> None:
    if reader.story.fields.is_contents:
        return
    if not target:
        reader.book.finds.add("inner_links")
    elif not reader.address_of(target):
        reader.book.finds.at("dropped_link", target)


def _equation_field(reader: InlineReader, field: Field) -> None:
    if words := equation_words(field.instruction):
        reader.book.finds.at("equation", words)
        reader.say(words)


def _chosen_entry(field: Field) -> str:
    """What a drop-down list shows: the chosen entry, else the one that it begins with."""
    options = child(field.element, "w:ffData", "w:ddList")
    entries = [] if options is None else [entry.get(VAL, "") for entry in options.findall(q("w:listEntry"))]
    at = number(val(options, "w:result") or val(options, "w:default")) or 0
    return entries[at] if 0 <= at < len(entries) else ""


def _check_box(field: Field) -> str:
    box = child(field.element, "w:ffData", "w:checkBox")
    state = is_on(box, "w:checked")
    return "☒" if (is_on(box, "w:default") if state is None else state) else "☐"
