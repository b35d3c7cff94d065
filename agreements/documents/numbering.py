"""Numbers of headings: a flag per heading, the number from its place among numbered siblings (R52)."""

from collections.abc import Iterable, Iterator
from typing import Protocol


class Numbered(Protocol):
    """What a heading has to tell to be numbered; ``level`` is 1 for the highest."""

    @property
    def level(self) -> int: ...

    @property
    def is_numbered(self) -> bool: ...

    @property
    def heading(self) -> str: ...


def numbers(sections: Iterable[Numbered]) -> Iterator[str]:
    """One number per section in order, "" where there is none.

    A number begins with that of the nearest heading above it of a higher rank, if that has one. A section
    without a heading has no number and takes none.
    """
    counts: dict[int, int] = {}
    above: dict[int, str] = {}
    for section in sections:
        if not section.heading:
            yield ""
            continue
        for level in [level for level in counts if level > section.level]:
            del counts[level]
        above = {level: number for level, number in above.items() if level < section.level}
        number = ""
        if section.is_numbered:
            counts[section.level] = counts.get(section.level, 0) + 1
            parent = above[max(above)] if above else ""
            number = f"{parent}.{counts[section.level]}".lstrip(".")
        above[section.level] = number
        yield number
