"""Two plain texts as one, the differences in ``<ins>`` and ``<del>``, and long passages that are the same left out."""

import re

from django.utils.safestring import SafeString, mark_safe

from agreements.documents.note_pairs import NotePairs
from agreements.documents.text_redline import TextRedline

NEAR = 12  # words of what is the same that are told on each side of a change
_MARKED = re.compile(r"(<(?P<tag>ins|del)>.*?</(?P=tag)>)", re.S)


def plain_redline(old: str, new: str) -> SafeString:
    """HTML of ``new`` with what differs from ``old``; both are plain text."""
    html = TextRedline(NotePairs([], [], {}, {}, {}, {})).words(old, new)
    parts = _MARKED.split(html)[::3]
    changes = [match[0] for match in _MARKED.finditer(html)]
    if not changes:
        return html
    told = [_near(part, at == 0, at == len(parts) - 1) for at, part in enumerate(parts)]
    pieces = [piece for pair in zip(told, [*changes, ""], strict=True) for piece in pair]
    return mark_safe("".join(pieces))  # noqa: S308 -- what ``words`` escaped, shortened between words


def _near(same: str, is_first: bool, is_last: bool) -> str:
    """The words next to a change; the whole passage when it is short."""
    words, end = re.findall(r"\s*\S+", same), same[len(same.rstrip()) :]
    kept = NEAR if is_first or is_last else 2 * NEAR
    if len(words) <= kept:
        return same
    head = "" if is_first else "".join(words[:NEAR]) + " "
    tail = "" if is_last else " " + "".join(words[-NEAR:]).lstrip() + end
    return f"{head}[…]{tail}"
