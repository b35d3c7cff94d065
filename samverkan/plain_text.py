"""Rich text that is nothing but paragraphs, as plain text for a <textarea>, and back: writing without JavaScript."""

import html
import re
from typing import Final

# Invisible signs that only make equal words unequal, or turn the reading direction behind the reader's back.
INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
# What neither XML nor PostgreSQL holds; half surrogate pairs come from JSON.
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_PARAGRAPHS: Final = re.compile(r"(?:<p>[^<]*(?:<br>[^<]*)*</p>)*")


def visible(text: str) -> str:
    """``text`` without what no reader sees and no database holds. Goes before anything that looks at ends of lines."""
    return INVISIBLE.sub("", FORBIDDEN.sub("", text))


def to_plain(rich_text: str) -> str | None:
    """Paragraphs with an empty line between them; None when there is more in it than paragraphs and breaks.

    ``rich_text`` is canonical (agreements.documents.sanitise).
    """
    if not _PARAGRAPHS.fullmatch(rich_text):
        return None
    paragraphs = re.findall(r"<p>(.*?)</p>", rich_text)
    return "\n\n".join(html.unescape(paragraph.replace("<br>", "\n")) for paragraph in paragraphs)


def from_plain(text: str) -> str:
    """The rich text of what was written in a <textarea>: empty lines part paragraphs, others break the line."""
    paragraphs = re.split(r"\n\s*\n", visible(text).replace("\r\n", "\n").strip())
    lines = (html.escape(paragraph, quote=False).replace("\n", "<br>") for paragraph in paragraphs if paragraph)
    return "".join(f"<p>{paragraph}</p>" for paragraph in lines)
