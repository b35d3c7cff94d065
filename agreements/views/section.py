"""One section being written: shown, saved, and who else is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agreements.models import Section
from agreements.policies.annex import may_edit
from agreements.rights import memberships_in
from agreements.selectors.comments import comments_in_draft
from agreements.selectors.section_page import section_context
from agreements.views.draft_lookup import denied, draft_or_404, edit_address, section_or_404, wants_json
from agreements.views.signed_out import keeps_what_was_typed
from agreements.views.typed_form import keeps_what_is_refused, posted_sitting, refused_other_person
from agreements.workflow.presence import ping
from agreements.workflow.section import Conflict, Saved, save_section
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.numbers import whole_number
from samverkan.plain_text import from_plain
from samverkan.verdict import TransitionRefused


def clock(saved: Saved) -> str:
    """ "14.32": when it was saved, in Sweden."""
    return date_format(timezone.localtime(saved.saved_at), "H.i")


@keeps_what_was_typed
@keeps_what_is_refused
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """GET: the section's form, as a fragment for htmx. POST: save it, from the editor or from a plain form."""
    section = section_or_404(draft_or_404(request.user, slug, number), section_id)
    if request.method != "POST":
        if not request.htmx:
            return redirect(edit_address(section))
        comments = comments_in_draft(request.user, section.annex)
        context = section_context(section, request.user, comments) | page_addresses(section)
        return render(request, "agreements/section/_section.html", context)
    if other := refused_other_person(request, section):
        return other
    heading, body = posted_text(request)
    version, sitting = posted_version(request), posted_sitting(request)
    try:
        answer = save_section(section, heading=heading, body=body, version=version, by=request.user, sitting=sitting)
    except TransitionRefused as refusal:
        if wants_json(request):
            return refused_json(refusal)
        raise denied(refusal) from refusal
    return answer_to(request, answer, edit_address(section))


def posted_text(request: AuthenticatedHttpRequest) -> tuple[str, str]:
    """Heading and body as HTML, from the editor or from the plain form that stands in for it."""
    heading, body = request.POST.get("heading", ""), request.POST.get("body", "")
    if request.POST.get("plain"):
        return escape(heading), from_plain(body)
    return heading, body


def posted_version(request: AuthenticatedHttpRequest) -> int:
    """The version that was read; 0, which is always an old one, when the request names none."""
    return whole_number(request.POST.get("version", "")) or 0


def refused_json(refusal: TransitionRefused) -> HttpResponse:
    """403 for the editor: the sentence to show, and the code that it can tell apart."""
    verdict = refusal.verdict
    return JsonResponse({"reason": str(verdict.reason), "code": verdict.code}, status=403)


def answer_to(request: AuthenticatedHttpRequest, answer: Saved | Conflict, back: str) -> HttpResponse:
    """What a save became: JSON for the editor; for a plain form the page again, or the conflict page."""
    if isinstance(answer, Conflict):
        address = reverse("agreements:conflict_detail", args=[answer.aside.pk])
        if wants_json(request):
            return JsonResponse({"conflict_url": address, "version": answer.version}, status=409)
        return redirect(address)
    if wants_json(request):
        text = {"heading": answer.heading, "body": answer.body}
        return JsonResponse({"version": answer.version, "saved_at": clock(answer), **text})
    return redirect(back)


def page_addresses(section: Section) -> dict[str, Any]:
    """The addresses that the section's form is hung on."""
    annex = section.annex
    own = [annex.agreement.slug, annex.number]
    return {
        "save_url": reverse("agreements:section_edit", args=[*own, section.pk]),
        "presence_url": reverse("agreements:section_presence", args=[*own, section.pk]),
        "image_url": reverse("agreements:image_upload", args=own),
        "picture_url": reverse("agreements:image_detail", args=[*own, "0" * 64]),
    }


@keeps_what_was_typed
@never_cache
@require_POST
def section_presence(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Say that one is here; hear who else is."""
    annex = draft_or_404(request.user, slug, number)
    section = section_or_404(annex, section_id)
    if not may_edit(request.user, annex):
        return JsonResponse({"others": []})
    others = ping(section, by=request.user)
    return JsonResponse({"others": [_introduced(other, section) for other in others]})


def _introduced(user: User, section: Section) -> str:
    """ "Samordnare, Norrviks kommun": the name and the party that the person acts for in this agreement."""
    parties = [str(row.party) for row in memberships_in(user, section.annex.agreement) if row.party]
    return ", ".join([str(user), *(name for name in parties[:1] if name not in str(user))])
