"""A block in the words of a list of changes: what a reader meets, pictures and contacts included."""

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.translation import gettext as _

from agreements.documents.block_types import Block, FigureBlock
from agreements.documents.html_fields import pieces
from agreements.documents.text import block_lines


def listed_lines(block: Block, notes: Sequence[str]) -> Iterator[str]:
    """The block's lines; of a picture also what it shows."""
    if block["type"] == "figure":
        yield _shown(block)
    yield from block_lines(block, notes)


def listed_html(block: Block) -> str:
    """The same as rich HTML, its notes referred to."""
    html = "".join(f"<p>{piece}</p>" for piece in pieces(block))
    if block["type"] == "figure":
        return f"<p>{escape(_shown(block))}</p>{html}<p>{escape(block['source'])}</p>"
    if block["type"] == "contact_card":
        return "".join(f"<p>{escape(line)}</p>" for line in block_lines(block, ()))
    return html


def _shown(block: FigureBlock) -> str:
    return _("[Picture: %(description)s]") % {"description": block["alt"] or "–"}
