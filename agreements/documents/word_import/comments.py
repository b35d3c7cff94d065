"""Comments in the margin: who wrote what, and about which words."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.documents.word_import.notes import said_by
from agreements.documents.word_import.ooxml import in_force, q
from agreements.documents.word_import.signs import UNREADABLE
from agreements.documents.word_import.text import WordComment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agreements.documents.word_import.ooxml import Element

COMMENT, ID = q("w:comment"), q("w:id")
PARAGRAPH_ID = q("w14:paraId")
OWN_ID, PARENT_ID = q("w15:paraId"), q("w15:paraIdParent")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment without its place."""

    text: str
    author: str
    date: str
    paragraph_ids: tuple[str, ...]


class Comments:
    """All comments of a file, and the words that each is about, gathered while the text is read."""

    def __init__(self, root: Element | None, extended: Element | None) -> None:
        comments = [] if root is None else root.iter(COMMENT)
        self._remarks: dict[str, Remark] = {}
        for at, comment in enumerate(comments):
            comment_id = comment.get(ID, "")
            if comment_id in self._remarks:  # two of the same id: the second has no place of its own
                comment_id = f"{comment_id} {at}"
            self._remarks[comment_id] = _remark(comment)
        self._threads = Threads(self._remarks, extended)
        self._open: dict[str, list[str]] = {}
        self._deaf: set[str] = set()  # those that what is read now is not about
        self._quotes: dict[str, str] = {}

    def start(self, comment_id: str) -> None:
        """The words from here on are what the comment is about."""
        self._open[comment_id] = []

    def say(self, text: str) -> None:
        """Words that are being read."""
        for comment_id, words in self._open.items():
            if comment_id not in self._deaf:
                words.append(text)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is read inside comes elsewhere than between the words around it: a note, a text box."""
        before, self._deaf = self._deaf, set(self._open)
        yield
        self._deaf = before

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
        first = (comment_id for comment_id in order if not self._threads.is_answer(comment_id))
        return tuple(self._placed(comment_id, places.get(comment_id, 0)) for comment_id in first)

    def _placed(self, comment_id: str, part: int) -> WordComment:
        remark, is_resolved = self._remarks[comment_id], self._threads.is_resolved(comment_id)
        answers = tuple(self._placed(answer, part) for answer in self._threads.answers_to(comment_id))
        quote = "" if self._threads.is_answer(comment_id) else self._quotes.get(comment_id, "")
        return WordComment(part, quote, remark.text, remark.author, remark.date, is_resolved, answers)


class Threads:
    """Which comments answer others, and which are resolved (``commentsExtended``, told by ids of paragraphs)."""

    def __init__(self, remarks: Mapping[str, Remark], extended: Element | None) -> None:
        rows = [] if extended is None else list(extended.iter(q("w15:commentEx")))
        owner = {paragraph: comment_id for comment_id, one in remarks.items() for paragraph in one.paragraph_ids}
        above = {
            owner[row.get(OWN_ID, "")]: owner[row.get(PARENT_ID, "")]
            for row in rows
            if row.get(OWN_ID, "") in owner and row.get(PARENT_ID, "") in owner
        }
        self._first = {comment_id: _first(comment_id, above) for comment_id in remarks}
        self._resolved = {owner.get(row.get(OWN_ID, "")) for row in rows if row.get(q("w15:done")) in ("1", "true")}

    def is_answer(self, comment_id: str) -> bool:
        """Whether it answers another comment."""
        return self._first[comment_id] != comment_id

    def is_resolved(self, comment_id: str) -> bool:
        """Whether it, or what it answers, has been dealt with."""
        return comment_id in self._resolved or self._first[comment_id] in self._resolved

    def answers_to(self, comment_id: str) -> Iterator[str]:
        """All answers to a first comment, in the file's order."""
        return (other for other, first in self._first.items() if first == comment_id != other)


def _first(comment_id: str, above: Mapping[str, str]) -> str:
    """The comment that all answers hang on; itself where they answer each other in a ring."""
    seen = [comment_id]
    while (parent := above.get(seen[-1])) is not None:
        if parent in seen:
            return comment_id
        seen.append(parent)
    return seen[-1]


def _remark(comment: Element) -> Remark:
    paragraphs = list(comment.iter(q("w:p")))
    text = "\n".join(words for p in paragraphs if (words := _words(p)))
    ids = tuple(p.get(PARAGRAPH_ID, "") for p in paragraphs if p.get(PARAGRAPH_ID))
    return Remark(text, comment.get(q("w:author"), "").strip(), comment.get(q("w:date"), ""), ids)


def _words(paragraph: Element) -> str:
    said = ("\n" if inner.tag == q("w:br") else said_by(inner) for inner in in_force(paragraph))
    return "".join(said).replace(UNREADABLE, "").strip()
