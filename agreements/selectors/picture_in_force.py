"""What the situational picture in force says: what other texts refer to resolves to that (design.md, "The spine")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from agreements.documents.block_types import Document, ItemListBlock
from agreements.documents.html_fields import mapped
from agreements.documents.notes import put_back
from agreements.models import Agreement, Annex
from agreements.rights import today
from agreements.selectors.in_force import decisions_in_force
from agreements.states import AnnexKind


@dataclass(frozen=True)
class AreaName:
    """A priority area as referred to: the id of its row, its title (inline HTML), and whether it is a part."""

    id: str
    html: str
    is_part: bool


def picture_document(agreement: Agreement) -> Document | None:
    """The Document of the situational picture in force today, or None. One query, kept on the instance."""
    known = agreement.__dict__
    if "_picture_document" not in known:
        pictures = Annex.objects.filter(agreement=agreement.pk, kind=AnnexKind.SITUATIONAL_PICTURE)
        newest = max(
            decisions_in_force(pictures, today()),
            key=lambda decision: decision.effective_from,
            default=None,
        )
        known["_picture_document"] = newest.revision.document if newest else None
    return cast("Document | None", known["_picture_document"])


def is_own_draft(agreement: Agreement) -> bool:
    """Whether the situational picture's draft is one party's own, so that no other text may show what is new in
    the registers behind it. One query, kept on the instance."""
    known = agreement.__dict__
    if "_picture_is_own" not in known:
        known["_picture_is_own"] = Annex.objects.filter(
            agreement=agreement.pk, kind=AnnexKind.SITUATIONAL_PICTURE, draft_party__isnull=False
        ).exists()
    return bool(known["_picture_is_own"])


def areas_in_force(agreement: Agreement) -> list[AreaName] | None:
    """The priority areas as the picture in force names them, in its order; None while nothing is in force."""
    document = picture_document(agreement)
    if document is None:
        return None
    headings = [block for block in document["blocks"] if block["type"] == "heading" and block["row"] == "priority_area"]
    top = min((block["level"] for block in headings), default=1)
    return [AreaName(block["id"], block["html"], block["level"] > top) for block in headings]


def frozen_items(agreement: Agreement, prefix: str) -> list[dict[str, Any]] | None:
    """The items of the first list in the picture in force whose items' ids begin with ``prefix``, their notes
    put back where they are referred to; None when there is no such list."""
    document = picture_document(agreement)
    if document is None:
        return None
    for block in document["blocks"]:
        if block["type"] == "item_list" and any(item["id"].startswith(prefix) for item in block["items"]):
            return _with_notes(block, document["notes"])
    return None


def _with_notes(block: ItemListBlock, notes: list[str]) -> list[dict[str, Any]]:
    whole = mapped(block, lambda html: put_back(html, notes))
    return cast("list[dict[str, Any]]", cast("ItemListBlock", whole)["items"])
