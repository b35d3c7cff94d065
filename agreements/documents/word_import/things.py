"""What a text consists of once it is understood: headings, prose, items of lists, figures and tables, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agreements.documents.word_import.blocks import Table
    from agreements.documents.word_import.pieces import Pieces


@dataclass(slots=True)
class Heading:
    """A heading; ``level`` 1–4."""

    pieces: Pieces
    level: int
    number: str = ""
    is_numbered_by_word: bool = False
    is_fake: bool = False


@dataclass(slots=True)
class Prose:
    """A paragraph. ``is_caption`` when its style says so, or its words do beside a picture."""

    pieces: Pieces
    is_quote: bool = False
    is_caption: bool = False


@dataclass(slots=True)
class Item:
    """An item of a list. ``continues`` when it is one more paragraph of the item before."""

    pieces: Pieces
    level: int
    value: int | None = None  # the number of an ordered item, None for a bullet
    is_plain: bool = True  # counted 1, 2, 3
    continues: bool = False
    list_id: int = 0  # 0 for lists that were typed
    left: int | None = None  # how far the text is set in


@dataclass(slots=True)
class Figure:
    """A picture with its caption and, of a chart, its values."""

    asset: str
    alt: str
    caption: Pieces = field(default_factory=list)
    values: tuple[tuple[str, ...], ...] = ()
    has_caption: bool = False  # a caption of the text, not only a chart's own title


@dataclass(slots=True)
class Grid:
    """A real table, and what was its caption."""

    table: Table
    caption: Pieces = field(default_factory=list)


Thing = Heading | Prose | Item | Figure | Grid
