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
    """One priority area as frozen: the id of its row, its number, its title as plain text, its content, and the id
    of the area that it is part of, "" when it is none's."""

    id: str
    number: str
    title: str
    content: str
    part_of: str = ""


@dataclass(frozen=True)
class AreaChange:
    """What became of one area between two frozen texts; ``part_of`` is the id of the area above a sub-area, or ""."""

    id: str
    title: str
    kind: Literal["changed", "added", "removed"]
    part_of: str = ""


def areas_of(document: Document) -> list[Area]:
    """The priority areas in reading order. What stands under an area, its sub-areas included, is its content."""
    blocks = cast("list[dict[str, Any]]", document["blocks"])
    found: list[Area] = []
    top, highest = "", _depths(blocks)
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
        is_part = any(depth > least for depth, least in zip(_depth(block), highest, strict=True))
        top = top if is_part else block["id"]
        content = json.dumps(own, sort_keys=True)
        found.append(Area(block["id"], block["number"], plain(block["html"]), content, top if is_part else ""))
    return found


def _depth(block: dict[str, Any]) -> tuple[int, int]:
    """How deep an area lies: by its heading's level, and, where this goes no deeper, by its number."""
    return block["level"], block["number"].count(".")


def _depths(blocks: list[dict[str, Any]]) -> tuple[int, int]:
    """The depth of the areas that are part of no other."""
    depths = [_depth(one) for one in blocks if one["type"] == "heading" and one.get("row") == "priority_area"]
    return min((level for level, _dots in depths), default=0), min((dots for _level, dots in depths), default=0)


def changed_areas(old: Document, new: Document) -> list[AreaChange]:
    """What changed, found by the id of the row: in the new text's order, the removed ones last."""
    before = {area.id: area for area in areas_of(old)}
    after = {area.id: area for area in areas_of(new)}
    changes = [
        AreaChange(area.id, area.title, "added" if area.id not in before else "changed", area.part_of)
        for area in after.values()
        if area.id not in before or before[area.id].content != area.content
    ]
    gone = [area for area in before.values() if area.id not in after]
    return changes + [AreaChange(area.id, area.title, "removed", area.part_of) for area in gone]
