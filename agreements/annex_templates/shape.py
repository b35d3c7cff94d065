"""What a template says about one section of a new annex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agreements.words import said, words_with

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """A section that a new annex begins with.

    ``key`` is kept in Section.template_key and is unique within the kind; ``kind`` and ``options`` go to the
    section as they are (agreements.section_kinds). ``heading`` is plain text, ``guidance`` one line for the
    writer; both may name forms of ``agreements.words``. ``own_heading`` is the heading where the agreement has words of
    its own for what it names. The checker asks for a required section's content; the others may be left out.
    """

    key: str
    heading: StrPromise | str
    guidance: StrPromise | str
    level: int = 1
    kind: str = "text"
    options: Mapping[str, str] = field(default_factory=dict)
    is_required: bool = True
    is_numbered: bool = False
    own_heading: StrPromise | str = ""


Template = tuple[SectionTemplate, ...]


def worded(section: SectionTemplate, labels: Mapping[str, str]) -> SectionTemplate:
    """The section as it reads in an agreement with these words of its own (R166), in the active language."""
    words = words_with(labels)
    return replace(section, heading=_heading(section, labels, words), guidance=said(section.guidance, words))


def _heading(section: SectionTemplate, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    if section.own_heading:
        try:
            return said(section.own_heading, labels)
        except KeyError:
            pass  # the agreement has no word of its own for what the heading names
    return said(section.heading, words)
