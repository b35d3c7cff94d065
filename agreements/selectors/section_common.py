"""What every block of a section says about itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.models import Section

OWN_BODY = re.compile(r"-(?:text|table|figure)-\d+$")
"""How the ids of blocks end that are a section's own rich text (documents.blocks.body_blocks); the others come
from its rows."""


def common_of(section: Section) -> dict[str, Any]:
    """The section's id, language, confidentiality mark and the party it came from. Reads ``party`` with its
    ``organisation``."""
    mark, ground = section.confidentiality_mark, section.confidentiality_ground
    return {
        "id": str(section.pk),
        "lang": section.language or None,
        "confidentiality": {"mark": mark, "ground": ground} if mark else None,
        "party": str(section.party) if section.party else None,
    }
