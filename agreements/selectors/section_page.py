"""What the page shows around one section: guidance, rows, findings, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from agreements import section_kinds
from agreements.annex_templates import section_template, worded
from agreements.documents.block_types import Block, Document
from agreements.documents.html import to_html
from agreements.documents.text import plain
from agreements.models import Agreement, SavedAside, Section
from agreements.policies.annex import may_edit
from agreements.selectors.comments import DraftComments
from agreements.selectors.draft import section_document
from agreements.selectors.findings import section_findings
from agreements.selectors.section_common import OWN_BODY
from samverkan.plain_text import to_plain

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from samverkan.accounts.models import User


def section_context(section: Section, user: User, comments: DraftComments) -> dict[str, Any]:
    """Everything that the section's part of the editing page shows to ``user``: ``comments`` are those that the same
    sees on the whole draft. Reads the section's kind's rows."""
    document = section_document(section)
    kind = section_kinds.get(section.kind)
    verdict = may_edit(user, section.annex)
    return {
        "section": section,
        "annex": section.annex,
        "agreement": section.annex.agreement,
        "reason": "" if verdict else verdict.reason,
        "guidance": guidance_for(section),
        "plain": None if "<" in section.heading else to_plain(section.body),
        "rows_html": rows_html(section, document),
        "kind": kind,
        "rows_url": kind.edit_url(section) if verdict else None,
        "read_html": read_html(section, document),
        "findings": section_findings(section, document),
        "comments": comments.by_section.get(str(section.pk), []),
        "kinds": list(section_kinds.known()),
        "places": other_places(section),
        "aside": SavedAside.objects.filter(section=section, saved_by=user, settled_at=None).first(),
    }


def other_places(section: Section) -> list[tuple[str, str]]:
    """The ids and headings of the sections that this one could be moved after, indented by their level."""
    rows = section.annex.sections.filter(is_left_out=False).exclude(pk=section.pk)
    shown = rows.values_list("pk", "level", "heading")
    return [(str(pk), f"{'– ' * (level - 1)}{plain(heading)}") for pk, level, heading in shown]


def guidance_for(section: Section) -> str:
    """The template's line of guidance for the section; empty for one of the writers' own."""
    agreement = section.annex.agreement
    is_overarching = agreement.level == Agreement.Level.OVERARCHING
    template = section_template(section.annex.kind, section.template_key, is_overarching=is_overarching)
    return str(worded(template, agreement.labels).guidance) if template is not None and section.template_key else ""


def rows_html(section: Section, document: Document) -> SafeString:
    """What the section's rows will look like, without heading and text; empty when there are none."""
    rows = [block for block in document["blocks"] if not _is_own(block, section)]
    return _html({**document, "blocks": rows}, section)


def read_html(section: Section, document: Document) -> SafeString:
    """The whole section as it reads, for those who cannot write in it."""
    return _html(document, section)


def _is_own(block: Block, section: Section) -> bool:
    id_ = str(section.pk)
    return block["id"] == id_ or bool(block["id"].startswith(id_) and OWN_BODY.search(block["id"]))


def _html(document: Document, section: Section) -> SafeString:
    annex = section.annex
    own = [annex.agreement.slug, annex.number]
    return to_html(
        document,
        asset_url=lambda sha256: reverse("agreements:image_detail", args=[*own, sha256]),
        heading_shift=1,
        notes="popover",
        id_prefix="visa-",
    )
