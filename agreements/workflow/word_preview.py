"""The text that a Word file would become, shown before anything is saved."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.workflow.word_plan import Planned, title_of

if TYPE_CHECKING:
    from agreements.documents.block_types import Asset, Document
    from agreements.documents.word_import.text import WordImage, WordText
    from agreements.models import Annex

WIDEST = 480
"""Pixels: enough to recognise a picture by."""


def preview_document(annex: Annex, word: WordText, rows: Sequence[Planned]) -> Document:
    """The Document of the planned sections; a sheet is shown as the tables that it is made of."""
    title, subtitle = title_of(word)
    assets: dict[str, Asset] = {
        sha256: {"media_type": image.media_type, "width": image.width, "height": image.height}
        for sha256, image in word.images.items()
    }
    facts = AnnexFacts(annex.kind, title, subtitle, assets=assets)
    sections = [
        FrozenSection(section_id(at), row.level, row.heading, row.is_numbered, row.source)
        for at, row in enumerate(rows)
    ]
    return freeze_sections(facts, sections)


def section_id(at: int) -> str:
    """The id of the planned section at that place, for links on the page."""
    return f"del-{at + 1}"


def picture_addresses(word: WordText) -> Callable[[str], str]:
    """A picture's address by its hash: the picture itself, made small, since none is stored yet."""
    return lambda sha256: _inline(word.images[sha256])


def _inline(image: WordImage) -> str:
    try:
        with Image.open(io.BytesIO(image.data), formats=("PNG", "JPEG")) as picture:
            picture.thumbnail((WIDEST, WIDEST))
            paper = Image.new("RGB", picture.size, "white")
            layers = picture.convert("RGBA")
            paper.paste(layers, mask=layers)
            small = io.BytesIO()
            paper.save(small, "JPEG", quality=70)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return "data:,"
    return f"data:image/jpeg;base64,{base64.b64encode(small.getvalue()).decode()}"
