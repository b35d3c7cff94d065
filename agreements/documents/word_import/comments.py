"""Comments in the margin: who wrote what, and about which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.documents.word_import.ooxml import in_force, q
from agreements.documents.word_import.text import WordComment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.documents.word_import.ooxml import Element

COMMENT, ID = q("w:comment"), q("w:id")
PARAGRAPH_ID = q("w14:paraId")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment without its place."""

    text: str
    author: str
    date: str
    is_resolved: bool


class Comments:
    """All comments of a file, and the words that each is about, gathered while the text is read."""

    def __init__(self, root: Element | None, extended: Element | None) -> None:
        done = _resolved(extended)
        comments = [] if root is None else root.iter(COMMENT)
        self._remarks: dict[str, Remark] = {}
        for at, comment in enumerate(comments):
            comment_id = comment.get(ID, "")
            if comment_id in self._remarks:  # two of the same id: the second has no place of its own
                comment_id = f"{comment_id} {at}"
            self._remarks[comment_id] = _remark(comment, done)
        self._open: dict[str, list[str]] = {}
        self._quotes: dict[str, str] = {}

    def start(self, comment_id: str) -> None:
        """The words from here on are what the comment is about."""
        self._open[comment_id] = []

    def say(self, text: str) -> None:
        """Words that are being read."""
        for words in self._open.values():
            words.append(text)

    def end(self, comment_id: str) -> None:
        """The comment is not about what follows."""
        if comment_id in self._open:
            self._quotes[comment_id] = " ".join("".join(self._open.pop(comment_id)).split())

    def is_known(self, comment_id: str) -> bool:
        """Whether the file holds a comment of that id."""
        return comment_id in self._remarks

    def has_started(self, comment_id: str) -> bool:
        """Whether its words have begun, or are already gathered."""
        return comment_id in self._open or comment_id in self._quotes

    @property
    def authors(self) -> tuple[str, ...]:
        """Who has commented, each once."""
        return tuple(dict.fromkeys(remark.author for remark in self._remarks.values() if remark.author))

    def placed(self, parts: Iterable[tuple[int, Iterable[str]]]) -> tuple[WordComment, ...]:
        """The comments in the order of their places. Without a place (deleted text): the first part."""
        for comment_id in list(self._open):
            self.end(comment_id)
        places: dict[str, int] = {}
        for part, ids in parts:
            for comment_id in ids:
                places.setdefault(comment_id, part)
        order = [*places, *(comment_id for comment_id in self._remarks if comment_id not in places)]
        return tuple(self._placed(comment_id, places.get(comment_id, 0)) for comment_id in order)

    def _placed(self, comment_id: str, part: int) -> WordComment:
        remark = self._remarks[comment_id]
        quote = self._quotes.get(comment_id, "")
        return WordComment(part, quote, remark.text, remark.author, remark.date, remark.is_resolved)


def _remark(comment: Element, done: set[str]) -> Remark:
    paragraphs = list(comment.iter(q("w:p")))
    text = "\n".join(words for p in paragraphs if (words := _words(p)))
    is_resolved = any(p.get(PARAGRAPH_ID) in done for p in paragraphs)
    return Remark(text, comment.get(q("w:author"), "").strip(), comment.get(q("w:date"), ""), is_resolved)


def _words(paragraph: Element) -> str:
    signs = {q("w:tab"): " ", q("w:br"): "\n", q("w:noBreakHyphen"): "\u2011"}
    inner = in_force(paragraph)
    return "".join(e.text or "" if e.tag == q("w:t") else signs.get(str(e.tag), "") for e in inner).strip()


def _resolved(extended: Element | None) -> set[str]:
    if extended is None:
        return set()
    answers = extended.iter(q("w15:commentEx"))
    return {e.get(q("w15:paraId"), "") for e in answers if e.get(q("w15:done")) in ("1", "true")}
