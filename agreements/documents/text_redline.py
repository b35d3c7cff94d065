"""Text with the differences marked word by word in ``<ins>`` and ``<del>``: paragraphs, lists, quotations.

Every piece is escaped by the writers of runs; marks, links, lists and notes are kept on both sides.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache
from html import escape
from typing import NamedTuple, TypeVar

from django.utils.safestring import SafeString, mark_safe

from agreements.documents import reader, rich_text
from agreements.documents.align import align, bag, likeness
from agreements.documents.differences import difference
from agreements.documents.marking import Mark, item_of, marked, wrapped
from agreements.documents.note_pairs import NotePairs, of_the_old, resolved, spelled_out
from agreements.documents.rich_text import ListNode, Node, Paragraph, Quote
from agreements.documents.runs import Run, Runs, to_html
from agreements.documents.text import plain
from agreements.documents.tokens import Segment, Token, compare_tokens, runs_of, shared_space, tokens_of

T = TypeVar("T")


class Found(NamedTuple):
    """A change in plain words; ``place`` says where in the section it is, where that has a name."""

    was: str
    became: str
    place: str = ""


class TextRedline:
    """Compares text of two documents, and gathers what was and what became in plain words."""

    def __init__(self, notes: NotePairs) -> None:
        self.notes = notes
        self.found: list[Found] = []

    def find(self, old: str, new: str, place: str = "", otherwise: str = "") -> None:
        """Remember a change: HTML of the old document, HTML of the new one, either may be empty. ``otherwise`` is what
        is different when the words are not; without it the HTML tells."""
        was, became = plain(old, self.notes.old), plain(new, self.notes.new)
        if old and new and was == became:
            other = otherwise or difference(spelled_out(old, self.notes.old), spelled_out(new, self.notes.new))
            became = f"{became} ({other})".strip()
        if was or became:
            self.found.append(Found(was, became, place))

    def marked_notes(self, *, are_listed: bool) -> dict[str, str]:
        """Every note by the key of its references: new ones with their changes, old ones as they were. In a list of
        their own, away from the marked reference, those that came or went are marked as that."""
        found = {str(number): note for number, note in enumerate(self.notes.new, 1)}
        found |= {f"old-{number}": note for number, note in enumerate(self.notes.old, 1)}
        for old, new in self.notes.changed():
            found[str(new)] = self.rich(self.notes.old[old - 1], self.notes.new[new - 1])
        self.found = []  # a changed note is told by the paragraph that refers to it
        if are_listed:
            found |= {key: _whole_note(found[key], "added") for key in self.notes.added()}
            found |= {key: _whole_note(found[key], "removed") for key in self.notes.removed()}
        return found

    def is_same(self, old: str, new: str) -> bool:
        """Whether a reader sees the same, notes included; their numbers do not matter."""
        if "data-ref" not in old and "data-ref" not in new:
            return old == new
        return resolved(old, self.notes.old_texts) == resolved(new, self.notes.new_texts)

    def whole(self, html: str, mark: Mark) -> str:
        """Rich text that has come or gone as a whole."""
        return marked(of_the_old(html) if mark == "removed" else html, mark)

    def whole_inline(self, html: str, mark: Mark) -> str:
        """Inline content that has come or gone as a whole."""
        return wrapped(of_the_old(html) if mark == "removed" else html, mark)

    def inline(self, old: str, new: str) -> str:
        """Inline content with its differences."""
        if self.is_same(old, new):
            return new
        return self._runs(reader.read_canonical_inline(old), reader.read_canonical_inline(new))

    def words(self, old: str, new: str) -> SafeString:
        """Plain text with its differences, as HTML."""
        runs = [(Run("text", text),) if text else () for text in (old, new)]
        html = escape(new, quote=False) if old == new else self._runs(*runs)
        return mark_safe(html)  # noqa: S308 -- escaped here, or by the writer of runs

    def rich(self, old: str, new: str) -> str:
        """Rich text with its differences; what changed is remembered piece by piece."""
        if self.is_same(old, new):
            return new
        olds, news = reader.read_canonical(old), reader.read_canonical(new)
        if len(olds) == len(news) == 1 and are_of_a_kind(olds[0], news[0]):
            return self._changed(olds[0], news[0])
        return self._nodes(olds, news)

    def cell(self, old: str, new: str, place: str) -> str:
        """The rich text of a cell with its differences, remembered as one change in that cell."""
        known = len(self.found)
        html = self.rich(old, new)
        pieces = self.found[known:]
        was, became = ("\n".join(filter(None, side)) for side in ([one[at] for one in pieces] for at in (0, 1)))
        self.found[known:] = [Found(was, became, place)] if was != became else []
        if was == became and not self.is_same(old, new):
            self.find(old, new, place)
        return html

    def _runs(self, old: Runs, new: Runs) -> str:
        segments = compare_tokens(tokens_of(old, self.notes.old_keys, "old-"), tokens_of(new, self.notes.new_keys))
        return "".join(_written(segments))

    def merged(
        self,
        old: Sequence[str],
        new: Sequence[str],
        *,
        fits: Callable[[int, int], bool],
        added: Callable[[int], T],
        removed: Callable[[int], T],
        pair: Callable[[int, int], T],
        keys: tuple[Sequence[Hashable], Sequence[Hashable]] | None = None,
    ) -> list[T]:
        """Align pieces of rich HTML and make each of the result: of what came, what went and what became.

        Pieces with equal ``keys`` belong together; without keys, those with the same words. ``fits`` says
        whether one piece may have become another at all. What came and went is remembered here, what became
        what by ``pair``.
        """
        bag_of = cache(lambda html: bag(plain(html)))

        def alike(i: int, j: int) -> float:
            return likeness(bag_of(old[i]), bag_of(new[j])) if fits(i, j) else 0.0

        made = []
        old_keys, new_keys = keys or self.keys(old, new)
        for i, j in align(old_keys, new_keys, alike):
            if i is not None and j is not None:
                made.append(pair(i, j))
            elif j is not None:
                self.find("", new[j])
                made.append(added(j))
            elif i is not None:
                self.find(old[i], "")
                made.append(removed(i))
        return made

    def keys(self, old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
        """The pieces with their references resolved, so that equal ones are equal."""
        return (
            [resolved(piece, self.notes.old_texts) for piece in old],
            [resolved(piece, self.notes.new_texts) for piece in new],
        )

    def _nodes(self, old: Sequence[Node], new: Sequence[Node]) -> str:
        olds, news = [rich_text.write([node]) for node in old], [rich_text.write([node]) for node in new]
        return "".join(
            self.merged(
                olds,
                news,
                fits=lambda i, j: are_of_a_kind(old[i], new[j]),
                added=lambda j: self.whole(news[j], "added"),
                removed=lambda i: self.whole(olds[i], "removed"),
                pair=lambda i, j: news[j] if self.is_same(olds[i], news[j]) else self._changed(old[i], new[j]),
            )
        )

    def _changed(self, old: Node, new: Node) -> str:
        if isinstance(old, ListNode) and isinstance(new, ListNode):
            return self._list(old, new)
        if isinstance(old, Quote) and isinstance(new, Quote):
            return f"<blockquote>{self._nodes(old.paragraphs, new.paragraphs)}</blockquote>"
        if isinstance(old, Paragraph) and isinstance(new, Paragraph):
            self.find(rich_text.write([old]), rich_text.write([new]))
            tag = "h4" if new.is_heading else "p"
            return f"<{tag}>{self._runs(old.runs, new.runs)}</{tag}>"
        raise TypeError(f"{type(old).__name__} does not become {type(new).__name__}")

    def _list(self, old: ListNode, new: ListNode) -> str:
        olds, news = (
            [rich_text.write(item) for item in old.items],
            [rich_text.write(item) for item in new.items],
        )
        items = self.merged(
            olds,
            news,
            fits=lambda i, j: True,
            added=lambda j: item_of(self.whole(news[j], "added"), "added"),
            removed=lambda i: item_of(self.whole(olds[i], "removed"), "removed"),
            pair=lambda i, j: f"<li>{self._nodes(old.items[i], new.items[j])}</li>",
        )
        return rich_text.list_of(new, "".join(items))


def _whole_note(note: str, mark: Mark) -> str:
    paragraphs = note.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    return "".join(f"<p>{wrapped(paragraph, mark)}</p>" for paragraph in paragraphs)


def are_of_a_kind(old: Node, new: Node) -> bool:
    """Whether one may have become the other; a list that counts otherwise is another list."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return old.is_heading == new.is_heading
    if isinstance(old, ListNode) and isinstance(new, ListNode):
        return old.start == new.start
    return type(old) is type(new)


def _written(segments: Sequence[Segment]) -> Iterator[str]:
    """The segments as HTML. A space belongs to the word after it, so each side sees its own; the one before words
    that became others is nobody's change and stands before the marks."""
    last: dict[str, Token | None] = {"removed": None, "added": None, "same": None}
    for at, (side, tokens) in enumerate(segments):
        if side == "removed" and at + 1 < len(segments) and segments[at + 1][0] == "added":
            space = shared_space(last["same"], tokens[0], segments[at + 1][1][0])
            if space:
                yield to_html([space])
                last = dict.fromkeys(last)
        html = to_html(runs_of(tokens, last[side]))
        yield html if side == "same" else wrapped(html, side)
        last["same"] = last[side] = tokens[-1]
        if side == "same":
            last = dict.fromkeys(last, tokens[-1])
