"""The register of priority areas, edited from the situational picture's draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.documents.text import plain
from agreements.forms.priority_area import AreaAddForm
from agreements.models import Annex, PriorityArea, Section
from agreements.selectors.conflict import written_text
from agreements.selectors.priority_areas import area_rows
from agreements.states import AnnexKind
from agreements.views.draft_lookup import area_or_404, denied, editable_or_403, section_or_404, wants_json
from agreements.views.section import answer_to, page_addresses, posted_text, posted_version, refused_json
from agreements.views.signed_out import keeps_what_was_typed
from agreements.views.typed_form import keeps_what_is_refused, posted_sitting, refused_other_person
from agreements.workflow.order import Direction
from agreements.workflow.priority_area import add_area, move_area, save_area, set_left_out
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.plain_text import to_plain
from samverkan.verdict import TransitionRefused


@dataclass(frozen=True)
class Writable:
    """An area as the section form takes it (templates/agreements/section/_form.html)."""

    pk: UUID
    heading: str
    body: str
    version: int
    language: str = ""


def _place(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> tuple[Annex, Section]:
    annex = editable_or_403(request.user, slug, number)
    section = section_or_404(annex, section_id)
    if section.kind != "priority_areas" or annex.kind != AnnexKind.SITUATIONAL_PICTURE:
        raise Http404
    return annex, section


def _list_address(section: Section) -> str:
    annex = section.annex
    return reverse("agreements:priority_area_list", args=[annex.agreement.slug, annex.number, section.pk])


def _page(request: AuthenticatedHttpRequest, section: Section, form: AreaAddForm, status: int = 200) -> HttpResponse:
    context = {
        "section": section,
        "annex": section.annex,
        "agreement": section.annex.agreement,
        "rows": area_rows(section.annex.agreement),
        "form": form,
    }
    return render(request, "agreements/priority_area/list.html", context, status=status)


@never_cache
@require_safe
def priority_area_list(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """The areas in their order, with their parts; those that are no longer prioritised last."""
    annex, section = _place(request, slug, number, section_id)
    return _page(request, section, AreaAddForm(agreement=annex.agreement))


@require_POST
def priority_area_add(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Begin an area with its title, and go on to write its text."""
    annex, section = _place(request, slug, number, section_id)
    form = AreaAddForm(request.POST, agreement=annex.agreement)
    if not form.is_valid():
        return _page(request, section, form, status=422)
    try:
        area = add_area(section, by=request.user, **form.cleaned_data)
    except TransitionRefused as refusal:
        raise denied(refusal) from refusal
    return redirect("agreements:priority_area_edit", slug, number, section_id, area.pk)


@keeps_what_was_typed
@keeps_what_is_refused
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def priority_area_edit(
    request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID, area_id: UUID
) -> HttpResponse:
    """Title and description of an area, in the same editor as a section."""
    annex, section = _place(request, slug, number, section_id)
    area = area_or_404(annex, area_id)
    if request.method != "POST":
        return render(request, "agreements/priority_area/edit.html", _area_context(section, area))
    if other := refused_other_person(request, section):
        return other
    heading, body = posted_text(request)
    version, sitting = posted_version(request), posted_sitting(request)
    text = {"title": plain(heading), "description": body}
    try:
        answer = save_area(area, section=section, **text, version=version, by=request.user, sitting=sitting)
    except TransitionRefused as refusal:
        if wants_json(request):
            return refused_json(refusal)
        raise denied(refusal) from refusal
    return answer_to(request, answer, _list_address(section))


def _area_context(section: Section, area: PriorityArea) -> dict[str, Any]:
    annex = section.annex
    own = [annex.agreement.slug, annex.number, section.pk, area.pk]
    guidance = _("The problem, how large it is, why it is chosen, what is already done, and who takes part.")
    addresses = page_addresses(section) | {"presence_url": ""}
    return addresses | {
        "area": area,
        "section": Writable(area.pk, escape(area.title), area.description, area.version),
        "place": section,
        "annex": annex,
        "agreement": annex.agreement,
        "save_url": reverse("agreements:priority_area_edit", args=own),
        "guidance": guidance,
        "plain": to_plain(area.description),
        "read_html": written_text(annex, area.description, "visa-"),
        "back": _list_address(section),
    }


@require_POST
def priority_area_move(
    request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID, area_id: UUID
) -> HttpResponse:
    """``do``: up, down, leave-out or restore."""
    annex, section = _place(request, slug, number, section_id)
    area = area_or_404(annex, area_id)
    wanted = request.POST.get("do", "")
    try:
        if wanted in (Direction.UP, Direction.DOWN):
            move_area(area, section=section, direction=Direction(wanted), by=request.user)
        elif wanted in ("leave-out", "restore"):
            set_left_out(area, section=section, is_left_out=wanted == "leave-out", by=request.user)
    except TransitionRefused as refusal:
        messages.warning(request, str(refusal.verdict.reason))
    return redirect(_list_address(section))
