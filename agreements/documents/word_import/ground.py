"""How paragraphs look as a whole, against the look of the running text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from agreements.documents.word_import.pieces import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.documents.word_import.blocks import Paragraph

LARGER = 1.15  # how much larger than running text type has to be, when it is not bold


class Signature(NamedTuple):
    """How a whole paragraph looks; headings of one level look the same."""

    size: int
    is_bold: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """How the running text looks."""

    size: int
    is_bold: bool


def runs_of(paragraph: Paragraph) -> list[Words]:
    """The runs that hold words."""
    return [piece for piece in paragraph.pieces if isinstance(piece, Words) and piece.text.strip()]


def signature_of(paragraph: Paragraph) -> Signature:
    """The look of a whole paragraph that has words: its smallest type, and whether all of it is bold."""
    runs = runs_of(paragraph)
    return Signature(min(run.format.size for run in runs), all(run.format.bold for run in runs))


def ground_of(paragraphs: Iterable[Paragraph], *, are_all_short: bool) -> Ground:
    """The look of most letters; where every paragraph is so short that it may be a heading, the plainest look."""
    letters = Counter[tuple[int, bool]]()
    for paragraph in paragraphs:
        for run in runs_of(paragraph):
            letters[run.format.size, run.format.bold] += len(run.text)
    if not letters:
        return Ground(0, is_bold=False)
    size, is_bold = min(letters, key=lambda look: (look[1], look[0])) if are_all_short else letters.most_common(1)[0][0]
    return Ground(size, is_bold)


def stands_out(look: Signature, ground: Ground) -> bool:
    """Whether something looks like a heading: bold among text that is not, or clearly larger."""
    is_set_off = look.is_bold and not ground.is_bold and look.size >= ground.size
    return is_set_off or look.size >= LARGER * ground.size > 0
