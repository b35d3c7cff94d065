"""Rich text that is nothing but paragraphs, as plain text for a <textarea>, and back: writing without JavaScript."""

import html
import re
from typing import Final

_PARAGRAPHS: Final = re.compile(r"(?:<p>[^<]*(?:<br>[^<]*)*</p>)*")


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
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    lines = (html.escape(paragraph, quote=False).replace("\n", "<br>") for paragraph in paragraphs if paragraph)
    return "".join(f"<p>{paragraph}</p>" for paragraph in lines)
