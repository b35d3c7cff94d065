"""The working text frozen: what would be kept if it were frozen for good now (design.md, "The spine")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import translation

from agreements import section_kinds
from agreements.documents.block_types import Attachment, Block, Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.numbering import numbers
from agreements.documents.text import plain
from agreements.models import Agreement, Annex, AnnexFile, Section
from agreements.selectors.picture_in_force import areas_in_force
from agreements.selectors.pictures import assets_for
from agreements.selectors.section_common import common_of


def draft_document(annex: Annex) -> Document:
    """The Document, format 1, of the working text, with ``attachments`` (sha256, name, pages, day) beside it.

    Sections in order without those left out; every reference written out, notes numbered through the annex,
    pictures by hash. The number of queries depends on which kinds of sections there are, not on how many.
    """
    return document_of(*sections_to_freeze(annex))


def document_of(annex: Annex, sections: Sequence[Section]) -> Document:
    """The Document of an annex and its sections as ``sections_to_freeze`` gave them."""
    with translation.override(settings.LANGUAGE_CODE):
        frozen = [frozen_section(section) for section in sections]
        title = annex.heading or _area_title(annex) or annex.title
    facts = AnnexFacts(
        annex.kind, title, annex.subtitle, settings.LANGUAGE_CODE, annex.geographic_scope,
        assets_for(annex.agreement, frozen),
    )  # fmt: skip
    document = freeze_sections(facts, frozen)
    files = annex.attachments.select_related("file")
    return {
        **document,
        "blocks": _numbered(document["blocks"]),
        "attachments": [attached(row) for row in files],
    }


def attached(row: AnnexFile) -> Attachment:
    """A file beside as it is frozen. Reads ``file``."""
    facts: Attachment = {"sha256": row.file.sha256, "name": row.title, "pages": row.file.pages}
    return facts if row.dated is None else {**facts, "dated": row.dated.isoformat()}


def section_document(section: Section) -> Document:
    """One section as a Document of its own, its heading at level 1 and notes counted from 1: for checking and
    showing it alone."""
    section = Section.objects.select_related("annex__agreement", "party__organisation").get(pk=section.pk)
    with translation.override(settings.LANGUAGE_CODE):
        frozen = frozen_section(section)
    facts = AnnexFacts(section.annex.kind, "", assets=assets_for(section.annex.agreement, [frozen]))
    document = freeze_sections(facts, [frozen])
    raised = [_raised(block, section.level - 1) for block in document["blocks"]]
    return {**document, "blocks": raised, "attachments": []}


def _raised(block: Block, by: int) -> Block:
    return {**block, "level": max(1, block["level"] - by)} if block["type"] == "heading" else block


def sections_to_freeze(annex: Annex) -> tuple[Annex, list[Section]]:
    """The annex read anew, and its sections with everything that their kinds read when they freeze.

    Anew, because what is fetched here is kept on the instances and must not outlive the freeze.
    """
    agreement = Agreement.objects.get(pk=annex.agreement_id)
    annex = Annex.objects.select_related("priority_area").get(pk=annex.pk)
    annex.agreement = agreement
    sections = list(annex.sections.filter(is_left_out=False).select_related("party__organisation"))
    by_kind: dict[str, list[Section]] = defaultdict(list)
    for section in sections:
        section.annex = annex
        by_kind[section.kind].append(section)
    for key, same in by_kind.items():
        if related := getattr(section_kinds.get(key), "related", ()):
            prefetch_related_objects(same, *related)
    return annex, sections


def frozen_section(section: Section) -> FrozenSection:
    """The section with what its kind makes of its rows."""
    common = common_of(section)
    return FrozenSection(
        id=common["id"],
        level=section.level,
        heading=section.heading,
        is_numbered=section.is_numbered,
        body=section.body,
        blocks=cast("list[Block]", section_kinds.get(section.kind).freeze(section)),
        lang=common["lang"],
        party=common["party"],
        confidentiality=common["confidentiality"],
    )


@dataclass(frozen=True)
class _Heading:
    level: int
    is_numbered: bool
    heading: str


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with all headings numbered together, those of typed rows among the others: a heading that has
    a number gets the one of its place."""
    headings = [block for block in blocks if block["type"] == "heading"]
    places = (_Heading(block["level"], bool(block["number"]), block["html"]) for block in headings)
    found = numbers(places)
    return [{**block, "number": next(found)} if block["type"] == "heading" else block for block in blocks]


def _area_title(annex: Annex) -> str:
    """The name of the priority area that an action plan is about, as the picture in force has it (R80-R81)."""
    area = annex.priority_area
    if area is None:
        return ""
    named = {name.id: plain(name.html) for name in areas_in_force(annex.agreement) or ()}
    return named.get(str(area.pk), area.title)
