"""What a block has to know of the page on which it is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from agreements.documents.block_types import Asset, Block, CellData, FieldCell, FieldRow, Item


@dataclass
class Surroundings:
    """``resolve`` is done to every piece of text; ``in_print`` opens what a page folds away."""

    resolve: Callable[[str], str]
    assets: Mapping[str, Asset]
    asset_url: Callable[[str], str]
    id_prefix: str = ""
    in_print: bool = False
    tables: int = 0

    def id(self, id_: str) -> str:
        """The id on this page, as an attribute's value."""
        return escape(f"{self.id_prefix}{id_}")

    def attributes(self, block: Block, *classes: str) -> str:
        """Id, classes and language of the element that is the block."""
        lang = f' lang="{escape(block["lang"])}"' if block["lang"] else ""
        return f' id="{self.id(block["id"])}"{class_of(block, *classes)}{lang}'

    def next_table(self) -> str:
        """The name of a table without a caption: each region on a page has one of its own."""
        self.tables += 1
        return escape(_("Table %(number)s") % {"number": self.tables})


def class_of(part: Block | CellData | FieldCell | FieldRow | Item, *classes: str) -> str:
    """The class attribute of a part: ``classes`` and its mark in a redline."""
    names = [*classes, *([mark] if (mark := part.get("mark")) else [])]
    return f' class="{" ".join(names)}"' if names else ""
