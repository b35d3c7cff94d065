"""A document as plain text in reading order: for export, counting, searching and the checker."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from django.utils.translation import gettext as _

from agreements.documents.block_types import Block, CellData, ContactCardBlock, Document, FieldRow, Item
from agreements.documents.notes import NOTE, REFERENCE

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
WORD = re.compile(r"[^\W_⁰¹²³⁴-⁹]+(?:[-/.:@’'][^\W_]+)*")
_TAG = re.compile("<[^>]*>")
_NOTE_REFERENCE = re.compile("<sup [^>]*></sup>")
_LINE_END = re.compile("</p>|</h4>|</?(?:ul|ol|blockquote)[^>]*>|</li>")


def to_text(document: Document, *, with_title: bool = False, with_scope: bool = False) -> str:
    """Plain text, one paragraph, row or item per line; each note stands where it is referred to. ``with_scope``: after
    the title a line says what area the text is about, where it says so of itself.

    A note looks like `` [¹ its text]``: superscript digits, so that no word is added. Links are their text;
    alternative texts are not part of the running text and are left out.
    """
    lines = [document["title"], document["subtitle"]] if with_title else []
    if with_scope and document["scope"]:
        lines.append(_("Geographic scope: %(scope)s") % {"scope": document["scope"]})
    for block in document["blocks"]:
        lines += block_lines(block, document["notes"])
    return "".join(f"{line}\n" for line in lines if line)


def word_count(document: Document) -> int:
    """How many words a reader meets, those in notes, captions and tables included."""
    return len(WORD.findall(to_text(document)))


def plain(html: str, notes: Sequence[str] = ()) -> str:
    """The words of canonical inline or rich HTML on one line, with the notes that it refers to."""
    return " ".join(rich_lines(html, notes))


def title(html: str) -> str:
    """The words of a heading, without the notes that it refers to."""
    return plain(_NOTE_REFERENCE.sub("", html)) if "<sup" in html else plain(html)


def rich_lines(html: str, notes: Sequence[str] = ()) -> list[str]:
    """The words of canonical rich HTML, one line per paragraph; items begin with an en dash."""
    if "<" not in html or (html.count("<") == 2 and html.startswith("<p>") and html.endswith("</p>")):
        line = unescape(html.removeprefix("<p>").removesuffix("</p>")).strip(" ")  # by far the most common
        return [line] if line else []
    if "<sup" in html:
        html = REFERENCE.sub(lambda match: _reference(match, notes), html)
        html = NOTE.sub(lambda match: f" [{_escaped_plain(unescape(match[1]))}]", html)
    html = html.replace("<li><p>", "<li>").replace("<li>", "– ").replace("<br>", " ")
    text = unescape(_TAG.sub("", _LINE_END.sub("\0", html)))  # no text holds that sign
    return [line for part in text.split("\0") if (line := part.strip(" "))]


def _reference(match: re.Match[str], notes: Sequence[str]) -> str:
    number = int(match[1])
    note = f" {_escaped_plain(notes[number - 1])}" if 0 < number <= len(notes) else ""
    return f" [{match[1].translate(SUPERSCRIPT)}{note}]"


def _escaped_plain(html: str) -> str:
    return plain(html).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def block_lines(block: Block, notes: Sequence[str]) -> Iterator[str]:
    """The lines of one block."""
    match block["type"]:
        case "heading":
            yield f"{block['number']} {plain(block['html'], notes)}".strip()
        case "rich_text":
            yield from rich_lines(block["html"], notes)
        case "table":
            yield plain(block["caption"], notes)
            yield from _row_lines((*block["head"], *block["body"]), notes)
        case "field_table":
            yield _joined(plain(html, notes) for html in block["header"])
            yield from (_field_line(row, notes) for row in block["rows"])
        case "item_list":
            yield from _item_lines(block["items"], notes)
        case "figure":
            yield plain(block["caption"], notes)
            yield block["source"]
            if table := block["table"]:
                yield from _row_lines((*table["head"], *table["body"]), notes)
        case "contact_card":
            yield _contact_line(block)


def _joined(parts: Iterable[str]) -> str:
    cells = list(parts)
    return " | ".join(cells) if any(cells) else ""


def _row_lines(rows: Iterable[list[CellData]], notes: Sequence[str]) -> Iterator[str]:
    return (_joined(plain(cell["html"], notes) for cell in row) for row in rows)


def _field_line(row: FieldRow, notes: Sequence[str]) -> str:
    return _joined(plain(html, notes) for html in (row["label"], *(cell["html"] for cell in row["cells"])))


def _item_lines(items: Iterable[Item], notes: Sequence[str]) -> Iterator[str]:
    for item in items:
        yield f"– {plain(item['html'], notes)}"
        yield from _item_lines(item["items"], notes)


def _contact_line(card: ContactCardBlock) -> str:
    phones = (f"{phone['label']} {phone['display']}".strip() for phone in card["phones"])
    parts = (card["function"], card["name"], card["organisation"], *phones, card["email"])
    return ", ".join(part for part in parts if part)
