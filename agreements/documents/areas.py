"""The priority areas of a frozen situational picture, and what changed between two (R42, R80)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, cast

from agreements.documents.block_types import Document
from agreements.documents.canonical import split_ids
from agreements.documents.text import plain


@dataclass(frozen=True)
class Area:
    """One priority area as frozen: the id of its row, its number, its title as plain text, and its content."""

    id: str
    number: str
    title: str
    content: str


@dataclass(frozen=True)
class AreaChange:
    id: str
    title: str
    kind: Literal["changed", "added", "removed"]


def areas_of(document: Document) -> list[Area]:
    """The priority areas in reading order. What stands under an area, its sub-areas included, is its content."""
    blocks = cast("list[dict[str, Any]]", document["blocks"])
    found = []
    for at, block in enumerate(blocks):
        if block["type"] != "heading" or block.get("row") != "priority_area":
            continue
        end = next(
            (
                later
                for later in range(at + 1, len(blocks))
                if blocks[later]["type"] == "heading" and blocks[later]["level"] <= block["level"]
            ),
            len(blocks),
        )
        own = [split_ids({"blocks": [item]})[0] for item in blocks[at:end]]
        for item in own:  # an area that only got another number has not changed
            item["blocks"][0].pop("number", None)
        found.append(Area(block["id"], block["number"], plain(block["html"]), json.dumps(own, sort_keys=True)))
    return found


def changed_areas(old: Document, new: Document) -> list[AreaChange]:
    """What changed, found by the id of the row: in the new text's order, the removed ones last."""
    before = {area.id: area for area in areas_of(old)}
    after = {area.id: area for area in areas_of(new)}
    changes = [
        AreaChange(area.id, area.title, "added" if area.id not in before else "changed")
        for area in after.values()
        if area.id not in before or before[area.id].content != area.content
    ]
    return changes + [AreaChange(area.id, area.title, "removed") for area in before.values() if area.id not in after]
