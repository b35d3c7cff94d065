"""What a template says about one section of a new annex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """A section that a new annex begins with.

    ``key`` is kept in Section.template_key and is unique within the kind; ``kind`` and ``options`` go to the
    section as they are (agreements.section_kinds). ``heading`` is plain text, ``guidance`` one line for the
    writer. The checker asks for a required section's content; the others may be left out.
    """

    key: str
    heading: StrPromise
    guidance: StrPromise
    level: int = 1
    kind: str = "text"
    options: Mapping[str, str] = field(default_factory=dict)
    is_required: bool = True
    is_numbered: bool = False


Template = tuple[SectionTemplate, ...]
