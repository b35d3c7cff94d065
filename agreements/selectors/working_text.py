"""The working text of an annex: as a Document, and what the checker says of it."""

from __future__ import annotations

from agreements.documents.block_types import Document
from agreements.models import Annex
from agreements.selectors.draft import draft_document, section_document
from agreements.selectors.findings import findings, section_findings, unanswered

__all__ = ["draft_document", "findings", "preview", "section_document", "section_findings", "unanswered"]


def preview(annex: Annex) -> Document:
    """What the annex would be if it were frozen now. A preview is a freeze that is not kept."""
    return draft_document(annex)
