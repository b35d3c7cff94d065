"""What has been removed from a text, what shall be, and where else the same words stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.documents.redaction import Passages, Selection, Unit, redacted, units
from agreements.documents.text import plain
from agreements.models import Removal, Revision
from agreements.policies.revision import visible_revisions

if TYPE_CHECKING:
    from agreements.documents.block_types import Document
    from samverkan.accounts.models import User


def tombstones(revisions: Iterable[Revision | None]) -> list[Removal]:
    """What has been removed from the versions, the oldest removal first; one query."""
    pks = [revision.pk for revision in revisions if revision is not None]
    if not pks:
        return []
    rows = Removal.objects.filter(revision__in=pks, status=Removal.Status.CONFIRMED)
    return list(
        rows.select_related(
            "revision__annex__agreement", "requested_by", "answered_by", "party__organisation",
            "answered_for__organisation",
        ).order_by("answered_at", "id")
    )  # fmt: skip


def mark_of(removal: Removal, day: date) -> str:
    """What stands in the place of what was removed, in the texts' own language:
    "[Borttaget 29 november 2026: personuppgifter, …]"."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("[Removed %(day)s: %(law)s]") % {"day": date_format(day, "j F Y"), "law": removal.law}


def edition_of(removal: Removal, day: date) -> Document:
    """The redacted edition as it would be made on ``day``. ValueError for a file."""
    if removal.revision is None:
        raise ValueError("A file has no edition of its own.")
    return redacted(removal.revision.document, Selection.of_json(removal.selection), mark_of(removal, day))


def passages_of(removal: Removal) -> Passages:
    """What goes away, as it is looked for in other texts. Nothing once the request is answered."""
    if removal.revision is None:
        return Passages()
    return Passages.of(removal.revision.document, Selection.of_json(removal.selection))


@dataclass(frozen=True)
class SectionUnits:
    """What can be chosen in one section, under its heading."""

    title: str
    units: list[Unit]


def choices_in(document: Document) -> list[SectionUnits]:
    """Everything in the document that can be chosen, section by section, the notes last."""
    titles = {block["id"]: plain(block["html"]) for block in document["blocks"] if block["type"] == "heading"}
    found: dict[str, list[Unit]] = {}
    for unit in units(document):
        found.setdefault("notes" if unit.kind == "note" else unit.section_id, []).append(unit)
    return [
        SectionUnits(_("Notes") if key == "notes" else titles.get(key, _("Without a heading")), rows)
        for key, rows in found.items()
    ]


@dataclass(frozen=True)
class Elsewhere:
    """Another place where the same words or picture stand. ``url`` is empty where nothing can be asked for."""

    what: str | Promise
    url: str


def elsewhere(user: User, revision: Revision, passages: Passages) -> list[Elsewhere]:
    """The other frozen versions in the agreement, among those that ``user`` may read, in which the same stands:
    each of them takes a request of its own."""
    agreement = revision.annex.agreement
    others = visible_revisions(user).filter(annex__agreement=agreement).exclude(pk=revision.pk)
    return [
        Elsewhere(str(other), other.get_absolute_url())
        for other in others.order_by("annex__sort_key", "-number")
        if passages.is_in(other.plain_text) or any(asset in other.content for asset in passages.assets)
    ]


def exported(removals: Iterable[Removal]) -> list[dict[str, Any]]:
    """Tombstones as plain facts for the export; times as ISO text."""
    return [
        {
            "removed_at": removal.answered_at.isoformat() if removal.answered_at else "",
            "ground": removal.ground,
            "provision": removal.provision,
            "reason": removal.reason,
            "requested_by": f"{removal.requested_by}, {removal.party}",
            "confirmed_by": f"{removal.answered_by}, {removal.answered_for}",
            "original_sha256": removal.old_sha256,
            "redacted_sha256": removal.redacted_sha256,
        }
        for removal in removals
    ]


def day_of_removal(removal: Removal) -> date:
    """The day it was removed; today's while it waits."""
    return timezone.localdate(removal.answered_at) if removal.answered_at else timezone.localdate()
