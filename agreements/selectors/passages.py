"""Two texts of one section side by side, passage by passage, for choosing among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from agreements.documents import reader, rich_text

THEIRS, MINE, BOTH = "theirs", "mine", "both"


@dataclass(frozen=True)
class Passage:
    """A run of paragraphs, lists, tables or figures. Where the texts agree ``mine`` and ``theirs`` are the same;
    where they differ one of them may be empty. Both are canonical rich text."""

    theirs: str
    mine: str

    @property
    def is_same(self) -> bool:
        return self.theirs == self.mine


def passages(theirs: str, mine: str) -> list[Passage]:
    """The two texts (canonical rich text) parted where they begin to differ and where they agree again.

    Joined in order, ``theirs`` of all passages is the one text and ``mine`` the other.
    """
    one = [rich_text.write([node]) for node in reader.read_canonical(theirs)]
    other = [rich_text.write([node]) for node in reader.read_canonical(mine)]
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [Passage("".join(one[a:b]), "".join(other[c:d])) for _tag, a, b, c, d in steps]


def joined(found: Sequence[Passage], choices: Mapping[int, str]) -> str:
    """The text that the choices make; ``choices`` are THEIRS, MINE or BOTH by the passage's place.

    Raises KeyError for a passage where the texts differ and nothing has been chosen.
    """
    return "".join(
        passage.mine if passage.is_same else _chosen(passage, choices[at]) for at, passage in enumerate(found)
    )


def _chosen(passage: Passage, choice: str) -> str:
    return {THEIRS: passage.theirs, MINE: passage.mine, BOTH: passage.theirs + passage.mine}[choice]
