"""How a draft came to be shared."""

from __future__ import annotations

from agreements.models import Annex, DraftSharing


def latest_sharing(annex: Annex) -> DraftSharing | None:
    """The newest act by which the draft was shared; None for an own draft and for one shared from the start."""
    if annex.draft_party_id is not None:
        return None
    return annex.sharings.select_related("party__organisation", "shared_by").first()
