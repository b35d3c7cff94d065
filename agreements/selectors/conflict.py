"""Two texts of the same place, each as it reads, with the words that only it has marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from lxml import etree, html

from agreements.documents.block_types import Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.html import to_html
from agreements.documents.redline import compare
from agreements.models import Annex
from agreements.selectors.pictures import Assets

SHIFT = 1
"""A section's heading stands under the page's h2."""

Text = tuple[str, str]
"""Heading (inline HTML) and body (rich text), canonical."""


@dataclass(frozen=True)
class MarkedTexts:
    """The text that stands there and the one that was saved aside; ``is_same`` when they do not differ."""

    theirs: SafeString
    mine: SafeString
    is_same: bool


def marked_texts(annex: Annex, theirs: Text, mine: Text) -> MarkedTexts:
    """Each text whole, and in each the words that the other does not have in ``<mark>``."""
    old, new = _document(*theirs), _document(*mine)
    asset_url = _pictures(annex)

    def side(prefix: str, own: str, other: str) -> SafeString:
        both = compare(old, new, asset_url=asset_url, heading_shift=SHIFT, notes="popover", id_prefix=f"{prefix}-")
        return _one_side(both.html, own=own, other=other)

    return MarkedTexts(side("deras", "del", "ins"), side("min", "ins", "del"), theirs == mine)


def written_text(annex: Annex, body: str, prefix: str) -> SafeString:
    """Rich text as it reads. ``prefix`` keeps its ids apart from those of other texts on the page."""
    return to_html(
        _document("", body), asset_url=_pictures(annex), heading_shift=SHIFT, notes="popover", id_prefix=prefix
    )


def _document(heading: str, body: str) -> Document:
    section = FrozenSection(id="text", level=1, heading=heading, body=body)
    return freeze_sections(AnnexFacts("other", "", language=settings.LANGUAGE_CODE, assets=Assets()), [section])


def _pictures(annex: Annex) -> Callable[[str], str]:
    own = [annex.agreement.slug, annex.number]
    return lambda sha256: reverse("agreements:image_detail", args=[*own, sha256])


def _one_side(redline: str, *, own: str, other: str) -> SafeString:
    """One of the two texts out of their redline: without the words of the other, the own ones marked."""
    root = html.fragment_fromstring(redline, create_parent="div")
    gone = "added" if other == "ins" else "removed"
    for element in [*root.iter(other), *root.find_class(gone)]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in root.iter(own):
        for spoken in element.find_class("ds-sr-only"):
            spoken.drop_tree()
        element.tag = "mark"
    for element in root.find_class("added" if own == "ins" else "removed"):
        element.classes -= {"added", "removed"}
    _drop_empty(root)
    return mark_safe(_inner(root))  # noqa: S308 -- the redline's own HTML, with elements taken away


def _drop_empty(root: html.HtmlElement) -> None:
    for element in list(root.iter("p", "li", "h4", "h5", "h6")):
        if element.getparent() is not None and not len(element) and not (element.text or "").strip():
            element.drop_tree()


def _inner(root: html.HtmlElement) -> str:
    parts = [root.text or "", *(etree.tostring(child, encoding="unicode", method="html") for child in root)]
    return "".join(parts)
