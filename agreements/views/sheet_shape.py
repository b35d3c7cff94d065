"""Columns and fields of a sheet: added by buttons, and asked about before they are removed (sheet_removal)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.models import Section, SheetField
from agreements.views.sheet import save_typed, sheet_or_404, way_back
from agreements.views.typed_form import keeps_what_is_refused, refused_other_person
from agreements.workflow.sheet import add_column, add_field, begin_sheet
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused

QUESTIONS = {"remove-column": "kolumn", "remove-field": "falt"}
"""What is asked about before it is removed, by the name that says which."""


@keeps_what_is_refused
@require_POST
def sheet_shape(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """``do`` says what: columns and fields are added, called as ``ny-kolumn`` and ``nytt-falt`` say, and the question
    is asked before one is removed. What is typed in the sheet comes along and is saved first; when that cannot be done
    the sheet comes back with it, and its shape is as it was."""
    _annex, section = sheet_or_404(request, slug, number, section_id)
    if "version" in request.POST:
        saved = refused_other_person(request, section) or save_typed(request, section)
        if isinstance(saved, HttpResponse):
            return saved
    wanted = request.POST.get("do", "")
    if wanted in QUESTIONS:
        chosen = {QUESTIONS[wanted]: request.POST.get(QUESTIONS[wanted], "")}
        return redirect(f"{reverse('agreements:sheet_remove', args=[slug, number, section.pk])}?{urlencode(chosen)}")
    return redirect(way_back(request, section, used=_reshaped(request, section, wanted)))


def _reshaped(request: AuthenticatedHttpRequest, section: Section, wanted: str) -> str:
    """Do what is wanted; the name of the field whose words were used, empty when nothing was done."""
    name = "ny-kolumn" if wanted == "add-column" else "nytt-falt"
    label, by = escape(request.POST.get(name, "").strip()[:500]), request.user
    acts: dict[str, Callable[[], object]] = {
        "begin": lambda: begin_sheet(section, by=by),
        "add-column": lambda: add_column(section, heading=label, by=by),
        "add-area-field": lambda: add_field(section, scope=SheetField.Scope.AREA, label=label, by=by),
        "add-group-field": lambda: add_field(section, scope=SheetField.Scope.GROUP, label=label, by=by),
    }
    act = acts.get(wanted)
    if act is None or (not label and wanted.endswith("-field")):
        messages.error(request, _("Write what the new field is called."))
        return ""
    try:
        act()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
        return ""
    return name
