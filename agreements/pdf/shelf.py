"""Keeps what was laid out: a frozen text never changes, so the next print of it need only be painted."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Paged(Protocol):
    """Something that takes memory by the page: about 0.4 MB each."""

    @property
    def length(self) -> int: ...


Kept = TypeVar("Kept", bound=Paged)


class Shelf(Generic[Kept]):
    """At most ``limit`` pages, by key; what was used longest ago goes first. Whoever uses it holds the lock."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, key: str, make: Callable[[], Kept]) -> Kept:
        """What is kept under ``key``, made first when there is nothing."""
        if key not in self._kept:
            self._kept[key] = make()
        self._kept.move_to_end(key)
        kept = self._kept[key]
        self._clear_out()
        return kept

    def clear(self) -> None:
        self._kept.clear()

    def _clear_out(self) -> None:
        while len(self._kept) > 1 and sum(kept.length for kept in self._kept.values()) > self._limit:
            self._kept.popitem(last=False)
