"""A text of the example as it goes into the working text: sections, and the rows of the typed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Section:
    """``heading`` is inline HTML, ``body`` rich text, both clean; ``template_key`` is empty for an own section."""

    key: str
    heading: str
    body: str
    template_key: str = ""
    level: int = 1
    kind: str = "text"
    options: Mapping[str, str] = field(default_factory=dict)
    is_numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Area:
    """A priority area as this version has it; ``part_of`` is the key of the area that it is a part of."""

    key: str
    title: str
    description: str
    part_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    key: str
    name: str
    period: str = ""
    publisher: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Definition:
    term: str
    meaning: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """One thing that a party undertakes; ``text`` is inline HTML."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """What stands in one field of a sheet. A field with ``owner`` is an open point, to be settled by ``due_on``.

    A commitment field has ``commitments`` of ``party`` instead of ``html``.
    """

    field: str
    html: str = ""
    owner: str = ""
    due_on: date | None = None
    party: str = ""
    commitments: tuple[Commitment, ...] = ()

    @property
    def is_open(self) -> bool:
        return bool(self.owner)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A working group or effort in a sheet, with an end date or a condition that ends it (R84)."""

    key: str
    heading: str
    group: str
    values: tuple[Value, ...]
    ends_on: date | None = None
    end_condition: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The sheet of the section with that key: values about the area, then the groups side by side."""

    section: str
    area_values: tuple[Value, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A drawn picture; ``sha256`` is the hash of ``content`` and stands in the figure's data-asset."""

    sha256: str
    content: bytes
    file_name: str
    media_type: str = "image/png"


@dataclass(frozen=True, kw_only=True)
class Text:
    sections: tuple[Section, ...] = ()
    areas: tuple[Area, ...] = ()
    sources: tuple[Source, ...] = ()
    definitions: tuple[Definition, ...] = ()
    sheet: Sheet | None = None
    assets: tuple[Asset, ...] = ()

    def section(self, key: str) -> Section:
        """The section with that key; KeyError when there is none."""
        return {section.key: section for section in self.sections}[key]
