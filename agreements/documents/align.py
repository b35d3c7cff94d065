"""Two sequences put side by side: what is equal, what became what, what came and went."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from agreements.documents.text import WORD

ALIKE = 0.35  # below this two passages are one gone and one new, not one changed
LARGEST_REGION = 4_000  # pairs that are weighed against each other; above, passages are paired in order

Pair = tuple[int | None, int | None]
Alike = Callable[[int, int], float]


def align(old: Sequence[Hashable], new: Sequence[Hashable], alike: Alike) -> Iterator[Pair]:
    """Pairs of indices in the order to show them: (old, new), (old, None) when gone, (None, new) when added.

    ``alike`` weighs, from 0 to 1, how much of the old passage is in the new one; it is asked only where the
    sequences differ. Order is kept on both sides.
    """
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from _region(range(i1, i2), range(j1, j2), alike)


def _region(old: range, new: range, alike: Alike) -> Iterator[Pair]:
    pairs = _best_pairs(old, new, alike) if old and new else []
    start_old, start_new = old.start, new.start
    for i, j in [*pairs, (old.stop, new.stop)]:
        yield from ((gone, None) for gone in range(start_old, i))
        yield from ((None, added) for added in range(start_new, j))
        if i < old.stop and j < new.stop:
            yield i, j
        start_old, start_new = i + 1, j + 1


def _best_pairs(old: range, new: range, alike: Alike) -> list[tuple[int, int]]:
    if len(old) * len(new) > LARGEST_REGION:
        return [(i, j) for i, j in zip(old, new, strict=False) if alike(i, j) >= ALIKE]
    weights = [[weight if (weight := alike(i, j)) >= ALIKE else 0.0 for j in new] for i in old]
    return [(old[i], new[j]) for i, j in _heaviest(weights)]


def _heaviest(weights: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The pairs, in order on both sides, that weigh the most together."""
    rows, columns = len(weights), len(weights[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + weights[i][j] if weights[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < rows and j < columns:
        if weights[i][j] and best[i][j] == best[i + 1][j + 1] + weights[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def bag(text: str) -> Counter[str]:
    """The words of a passage, for weighing it against another."""
    return Counter(WORD.findall(text.lower()))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How many of the words two passages share, from 0 to 1 (Dice)."""
    total = one.total() + other.total()
    shared = sum(min(one[word], other[word]) for word in one.keys() & other.keys())
    return 2 * shared / total if total else 1.0


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Indices of a longest rising part of different numbers: what has kept its order."""
    tails: list[int] = []  # index of the smallest end of a rising part of each length
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = _bisect(tails, numbers, number)
        before.append(tails[length - 1] if length else -1)
        tails[length : length + 1] = [index]
    kept, index = set(), tails[-1] if tails else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def _bisect(tails: list[int], numbers: Sequence[int], number: int) -> int:
    low, high = 0, len(tails)
    while low < high:
        middle = (low + high) // 2
        if numbers[tails[middle]] < number:
            low = middle + 1
        else:
            high = middle
    return low
