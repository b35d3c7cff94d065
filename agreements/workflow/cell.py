"""What a cell of a sheet may hold: paragraphs and lists (documents.block_types.FieldCell)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape, unescape

from agreements.documents import reader, rich_text
from agreements.documents.rich_text import ListNode, Node, Paragraph, paragraphs
from samverkan.plain_text import visible

BULLET = "- "


def clean_cell(html: str) -> str:
    """Any HTML as canonical paragraphs and lists; what else it holds comes as its paragraphs."""
    return rich_text.write(_fitting(reader.read(html)))


def _fitting(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, ListNode):
            yield node
        else:
            yield from (Paragraph(paragraph.runs) for paragraph in paragraphs([node]))


def from_words(words: str) -> str:
    """What was typed in a plain field, as HTML: a line is a paragraph, lines that begin with "- " are a list."""
    html, items = "", ""
    for line in visible(words).replace("\r", "").split("\n"):
        if line.strip().startswith(BULLET.strip()) and line.strip() != BULLET.strip():
            items += f"<li><p>{escape(line.strip()[1:].strip(), quote=False)}</p></li>"
            continue
        html, items = html + (f"<ul>{items}</ul>" if items else ""), ""
        html += f"<p>{escape(line.strip(), quote=False)}</p>"
    return clean_cell(html + (f"<ul>{items}</ul>" if items else ""))


def as_words(html: str) -> str | None:
    """The opposite of ``from_words``; None when the cell holds more than plain words can say (a link, a note, a
    numbered list, bold) and would lose it."""
    lines = [f"{BULLET}{unescape(line)}" if is_item else unescape(line) for is_item, line in _plain_lines(html)]
    words = "\n".join(lines)
    return words if from_words(words) == html else None


def _plain_lines(html: str) -> Iterator[tuple[bool, str]]:
    is_item = False
    for piece in html.replace("</p>", "<p>").split("<p>"):
        if piece.startswith("<") or piece.endswith(">"):
            is_item = "<li>" in piece if piece else is_item
        elif piece:
            yield is_item, piece


def split_commitments(html: str) -> tuple[str, list[str]]:
    """A cell parted into its text and its commitments: the items (inline HTML) of the list that it ends with, when
    they are one line each; otherwise all of it is text."""
    nodes = reader.read(html)
    last = nodes[-1] if nodes else None
    if not isinstance(last, ListNode) or last.start is not None:
        return html, []
    items = [item[0] for item in last.items if len(item) == 1 and isinstance(item[0], Paragraph)]
    if len(items) != len(last.items):
        return html, []
    return rich_text.write(nodes[:-1]), [rich_text.write([item])[3:-4] for item in items]


def with_commitments(html: str, items: Iterable[str]) -> str:
    """The opposite: the cell as it reads, its commitments as a list at the end."""
    listed = "".join(f"<li><p>{item}</p></li>" for item in items if item)
    return html + (f"<ul>{listed}</ul>" if listed else "")
