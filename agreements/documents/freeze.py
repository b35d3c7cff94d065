"""The working text of an annex made into a self-contained document (design.md, "The spine").

The pure part: what the rows of typed sections say comes as ready-made blocks. Same content, same hash.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agreements.documents import notes
from agreements.documents.block_types import FORMAT, Asset, Block, Common, Confidentiality, Document
from agreements.documents.blocks import body_blocks, heading_block
from agreements.documents.numbering import numbers


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """What a document says of itself. ``assets`` may hold more pictures than the text uses."""

    kind: str
    title: str
    subtitle: str = ""
    language: str = "sv"
    scope: str = ""
    assets: Mapping[str, Asset] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrozenSection:
    """A section as it goes into a document. ``heading`` and ``body`` are canonical HTML (``sanitise``).

    ``blocks`` are what a section kind has made of its rows; they come after the body, and their notes are
    still where they are referred to. An empty heading is left out.
    """

    id: str
    level: int
    heading: str
    is_numbered: bool = False
    body: str = ""
    blocks: Sequence[Block] = ()
    lang: str | None = None
    party: str | None = None
    confidentiality: Confidentiality | None = None


def freeze_sections(facts: AnnexFacts, sections: Iterable[FrozenSection]) -> Document:
    """The document of the sections in their order: headings numbered, notes lifted and numbered through."""
    sections = list(sections)
    blocks: list[Block] = []
    for section, number in zip(sections, numbers(sections), strict=True):
        blocks += _section_blocks(section, number)
    lifted: list[str] = []
    blocks = notes.lift_all(blocks, lifted)
    return {
        "format": FORMAT,
        "kind": facts.kind,
        "title": facts.title,
        "subtitle": facts.subtitle,
        "language": facts.language,
        "scope": facts.scope,
        "blocks": blocks,
        "notes": lifted,
        "assets": _used(facts.assets, blocks),
    }


def _section_blocks(section: FrozenSection, number: str) -> list[Block]:
    common: Common = {
        "id": section.id,
        "lang": section.lang,
        "confidentiality": section.confidentiality,
        "party": section.party,
    }
    heading = [heading_block(common, level=section.level, html=section.heading, number=number)]
    return [*(heading if section.heading else []), *body_blocks(common, section.body), *section.blocks]


def _used(assets: Mapping[str, Asset], blocks: Iterable[Block]) -> dict[str, Asset]:
    """The pictures that the blocks show. Raises KeyError for one that is not known."""
    shown = sorted({block["asset"] for block in blocks if block["type"] == "figure"})
    return {asset: assets[asset] for asset in shown}
