"""Fetching what is being written: only from drafts that the person may read (404), then asking whether it may be
edited now (403)."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.models import Annex, PriorityArea, Section
from agreements.policies.annex import may_edit, readable_drafts
from agreements.views.lookup import require
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


def draft_or_404(user: User, slug: str, number: str) -> Annex:
    """The annex with a working text that ``user`` may read, and its agreement."""
    return get_object_or_404(readable_drafts(user), agreement__slug=slug, number=number)


def editable_or_403(user: User, slug: str, number: str) -> Annex:
    """The annex whose working text ``user`` may edit now; PermissionDenied with the reason for its readers."""
    annex = draft_or_404(user, slug, number)
    require(may_edit(user, annex))
    return annex


def section_or_404(annex: Annex, section_id: UUID) -> Section:
    """The section of ``annex`` with that id; its ``annex`` is the one given."""
    section = get_object_or_404(annex.sections.select_related("edited_by", "party__organisation"), pk=section_id)
    section.annex = annex
    return section


def area_or_404(annex: Annex, area_id: UUID) -> PriorityArea:
    """The priority area with that id in the agreement of ``annex``."""
    return get_object_or_404(PriorityArea, pk=area_id, agreement=annex.agreement_id)


def denied(refusal: TransitionRefused) -> PermissionDenied:
    """What a refusal becomes on a page: 403 with the policy's sentence."""
    return PermissionDenied(refusal.verdict.reason)


def edit_address(section: Section) -> str:
    """The editing page with this section open."""
    annex = section.annex
    address = reverse("agreements:annex_edit", args=[annex.agreement.slug, annex.number])
    return f"{address}?avsnitt={section.pk}#avsnitt-{section.pk}"


def wants_json(request: HttpRequest) -> bool:
    """Whether the editor asks, rather than a browser that shows a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
