"""Documents as sections, and which section of one is which of the other, also when it stands elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from agreements.documents.align import bag, likeness, longest_rising
from agreements.documents.block_types import Block, Document, HeadingBlock
from agreements.documents.content_keys import content_key
from agreements.documents.html_fields import pieces
from agreements.documents.text import plain, title

SAME_SECTION = 0.5  # share of common words from which two sections without a common id are the same one


@dataclass
class DocumentSection:
    """A heading and what stands under it up to the next heading; before the first one there is no heading."""

    heading: HeadingBlock | None
    note_texts: Mapping[str, str]
    body: list[Block] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.heading["id"] if self.heading else ""

    @property
    def level(self) -> int:
        return self.heading["level"] if self.heading else 0

    @property
    def number(self) -> str:
        return self.heading["number"] if self.heading else ""

    @property
    def blocks(self) -> list[Block]:
        return [self.heading, *self.body] if self.heading else self.body

    @cached_property
    def title(self) -> str:
        return title(self.heading["html"]) if self.heading else ""

    @cached_property
    def key(self) -> Hashable:
        """Equal for sections that say the same."""
        return tuple(content_key(block, self.note_texts) for block in self.blocks)

    def says_what(self, other: "DocumentSection") -> bool:
        """Whether the two say the same; what is equal to the letter is not weighed piece by piece."""
        is_equal = self.note_texts is other.note_texts and self.heading == other.heading and self.body == other.body
        return is_equal or self.key == other.key

    @cached_property
    def words(self) -> Counter[str]:
        return bag(" ".join(plain(piece) for block in self.blocks for piece in pieces(block)))


def sections_of(document: Document, note_texts: Mapping[str, str]) -> list[DocumentSection]:
    """The document's sections in order; there is always one without a heading first, maybe empty."""
    sections = [DocumentSection(None, note_texts)]
    for block in document["blocks"]:
        if block["type"] == "heading":
            sections.append(DocumentSection(block, note_texts))
        else:
            sections[-1].body.append(block)
    return sections


class Step(NamedTuple):
    """One section to show: indices in the old and the new document, None where it is not.

    ``is_moved`` sections stand where the new document has them; where the old one had them comes a step with
    ``is_trace``. ``is_carried``: it moved along with the section above it.
    """

    old: int | None
    new: int | None
    is_moved: bool = False
    is_trace: bool = False
    is_carried: bool = False


def steps(old: list[DocumentSection], new: list[DocumentSection]) -> Iterator[Step]:
    """Both documents as one sequence: what went stands where it was, before what came there."""
    became = match(old, new)
    heads = _heads(new, became)
    alone = sorted(set(heads.values()))
    rising = longest_rising([became[head] for head in alone])
    in_place = {alone[index] for index in rising}
    trace = _Trace(len(old), became, heads, in_place)
    for j in range(len(new)):
        if j not in became:
            yield Step(None, j)
            continue
        stays = heads[j] in in_place
        yield Step(became[j], j, is_moved=not stays, is_carried=not stays and heads[j] != j)
        if stays:
            yield from trace.after(became[j])


def _heads(new: list[DocumentSection], became: Mapping[int, int]) -> dict[int, int]:
    """For each section that is in both, the one that it moves with: the chapter that it follows in both."""
    heads: dict[int, int] = {}
    for j, i in became.items():
        head = heads.get(j - 1, j)
        follows = became.get(j - 1) == i - 1 and new[j].level > new[head].level > 0
        heads[j] = head if follows else j
    return heads


class _Trace:
    """What of the old document is no longer in its place."""

    def __init__(self, count: int, became: Mapping[int, int], heads: Mapping[int, int], in_place: set[int]) -> None:
        self._count = count
        self._to = {i: j for j, i in became.items()}
        self._heads = heads
        self._in_place = in_place

    def after(self, index: int) -> Iterator[Step]:
        """Steps for the old sections after ``index`` up to the next one that is still in its place."""
        for i in range(index + 1, self._count):
            j = self._to.get(i)
            if j is None:
                yield Step(i, None)
            elif self._heads[j] in self._in_place:
                return
            elif self._heads[j] == j:
                yield Step(i, j, is_moved=True, is_trace=True)


def match(old: list[DocumentSection], new: list[DocumentSection]) -> dict[int, int]:
    """For each section of the new document that has one, its index in the old; in order.

    Told by id; what is left by its content, its heading, its words. Two texts that say the same in the same order
    are the same, whatever the ids: these are not in the hash.
    """
    if _say_the_same(old, new):
        return {index: index for index in range(len(new))}
    places = {section.id: i for i, section in enumerate(old)}
    became = {j: places[section.id] for j, section in enumerate(new) if section.id in places}
    if len(became) < len(new):
        _match_by(old, new, became, lambda section: section.key)
        _match_by(old, new, became, lambda section: section.title.lower())
        _match_alike(old, new, became)
    return dict(sorted(became.items()))


def _say_the_same(old: list[DocumentSection], new: list[DocumentSection]) -> bool:
    return len(old) == len(new) and all(
        one.number == other.number and one.says_what(other) for one, other in zip(new, old, strict=True)
    )


def _match_by(
    old: list[DocumentSection],
    new: list[DocumentSection],
    became: dict[int, int],
    tell: Callable[[DocumentSection], Hashable],
) -> None:
    """Pair what is told by the same, where there are as many on both sides."""
    olds, news = defaultdict(list), defaultdict(list)
    for i in set(range(len(old))) - set(became.values()):
        olds[tell(old[i])].append(i)
    for j in set(range(len(new))) - set(became):
        news[tell(new[j])].append(j)
    for told, places in news.items():
        if len(places) == len(olds[told]):
            became.update(zip(sorted(places), sorted(olds[told]), strict=True))


def _match_alike(old: list[DocumentSection], new: list[DocumentSection], became: dict[int, int]) -> None:
    """Pair what has most words in common, the most alike first."""
    rest_old = sorted(set(range(len(old))) - set(became.values()))
    rest_new = sorted(set(range(len(new))) - set(became))
    weighed = sorted((-likeness(old[i].words, new[j].words), i, j) for i in rest_old for j in rest_new)
    taken: set[int] = set()
    for weight, i, j in weighed:
        if -weight >= SAME_SECTION and i not in taken and j not in became:
            became[j] = i
            taken.add(i)
