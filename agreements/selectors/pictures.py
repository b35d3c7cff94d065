"""The pictures that texts show, by their hash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from agreements.documents.block_types import Asset
from agreements.models import Agreement, Annex, PriorityArea, StoredFile
from agreements.states import AnnexKind

if TYPE_CHECKING:
    from agreements.documents.freeze import FrozenSection

ASSET = re.compile('data-asset="([0-9a-f]{64})"')


class Assets(dict[str, Asset]):
    """Pictures by hash. One that is not there is known by its hash alone: the checker says that it is missing,
    and no page falls over it."""

    def __missing__(self, sha256: str) -> Asset:
        return {"media_type": ""}


def assets_for(agreement: Agreement, sections: Iterable[FrozenSection]) -> Mapping[str, Asset]:
    """What is known of the pictures in ``sections``. One query, none when there are no pictures."""
    hashes = {sha256 for section in sections for sha256 in _shown(section)}
    found = Assets()
    for file in StoredFile.objects.filter(agreement=agreement, sha256__in=hashes) if hashes else ():
        found[file.sha256] = {"media_type": file.media_type}
        if file.width and file.height:
            found[file.sha256] |= {"width": file.width, "height": file.height}
    return found


def _shown(section: FrozenSection) -> Iterable[str]:
    yield from ASSET.findall(section.body)
    for block in section.blocks:
        if block["type"] == "figure":
            yield block["asset"]


def pictures_of(annex: Annex) -> set[str]:
    """The hashes of all pictures in the annex's working text, what was left out included."""
    bodies = list(annex.sections.filter(body__contains="data-asset").values_list("body", flat=True))
    if annex.kind == AnnexKind.SITUATIONAL_PICTURE:
        areas = PriorityArea.objects.filter(agreement=annex.agreement_id, description__contains="data-asset")
        bodies += areas.values_list("description", flat=True)
    return {sha256 for body in bodies for sha256 in ASSET.findall(body)}
