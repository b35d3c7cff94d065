"""The outline changed: one POST per button, so that it works by keyboard and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.forms.section import SectionAddForm, SectionFactsForm, SectionMoveForm
from agreements.models import Section
from agreements.views.draft_lookup import denied, edit_address, editable_or_403, section_or_404
from agreements.views.editing import render_outline
from agreements.workflow.structure import add_section, describe_section, leave_out, move_section, restore
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@require_POST
def section_add(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Add a section after another; the page comes back with the new one open."""
    annex = editable_or_403(request.user, slug, number)
    form = SectionAddForm(request.POST, annex=annex)
    if not form.is_valid():
        messages.error(request, _("Write a heading for the new section."))
        return redirect("agreements:annex_edit", slug, number)
    try:
        section = add_section(annex, by=request.user, **form.place())
    except TransitionRefused as refusal:
        raise denied(refusal) from refusal
    section.annex = annex
    return redirect(edit_address(section))


@require_POST
def section_move(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Move a section with its sub-sections: up, down, in, out, or after another."""
    annex = editable_or_403(request.user, slug, number)
    form = SectionMoveForm(request.POST, annex=annex)
    if not form.is_valid():
        messages.error(request, _("Choose where the section is to go."))
        return redirect("agreements:annex_edit", slug, number)
    section = section_or_404(annex, section_id)
    return _done(request, section, lambda: move_section(section, by=request.user, **form.move()))


@require_POST
def section_leave_out(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Leave a section out of the text; what is written there is kept."""
    section = section_or_404(editable_or_403(request.user, slug, number), section_id)
    return _done(request, section, lambda: leave_out(section, by=request.user))


@require_POST
def section_restore(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Take a section that was left out into the text again."""
    section = section_or_404(editable_or_403(request.user, slug, number), section_id)
    return _done(request, section, lambda: restore(section, by=request.user))


@require_POST
def section_describe(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Whether it is numbered, its language, the party it comes from."""
    annex = editable_or_403(request.user, slug, number)
    section = section_or_404(annex, section_id)
    form = SectionFactsForm(request.POST, annex=annex)
    if not form.is_valid():
        messages.error(request, _("Write the language as a code of two or three letters, for example en."))
        return redirect(edit_address(section))
    return _done(request, section, lambda: describe_section(section, by=request.user, **form.cleaned_data))


def _done(request: AuthenticatedHttpRequest, section: Section, act: Callable[[], Section]) -> HttpResponse:
    """Do it; answer htmx with the outline, and others with the page. What cannot be done now is said there."""
    try:
        act()
    except TransitionRefused as refusal:
        if refusal.verdict.code != "cannot_move":
            raise denied(refusal) from refusal
        messages.warning(request, str(refusal.verdict.reason))
    if request.htmx:
        return render_outline(request, section.annex, section)
    return redirect(edit_address(section))
