"""The sheet of an action plan: a table of fields to fill in, and its columns and rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agreements.forms.sheet import SheetForm, shown_html
from agreements.models import ActionPlanSheet, Annex, Section, SheetField, SheetValue
from agreements.permissions import Perm
from agreements.rights import has
from agreements.selectors.conflict import written_text
from agreements.selectors.removed_fields import label_of_removed
from agreements.selectors.sheet_parties import COMMITMENT
from agreements.views.draft_lookup import denied, editable_or_403, section_or_404, wants_json
from agreements.views.section import answer_to, page_addresses, posted_text, posted_version, refused_json
from agreements.views.signed_out import keeps_what_was_typed
from agreements.views.typed_form import is_taken_back, looked_through, open_aside, refused_other_person
from agreements.workflow.cell import clean_cell, split_commitments
from agreements.workflow.section import Conflict, Saved
from agreements.workflow.sheet import (
    GONE,
    ROW,
    add_column,
    add_field,
    begin_sheet,
    keep_sheet,
    save_sheet,
)
from agreements.workflow.sheet_input import SheetInput, ValueInput, Words
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused

FAULTY = 422


def _sheet(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> tuple[Annex, Section]:
    annex = editable_or_403(request.user, slug, number)
    section = section_or_404(annex, section_id)
    get_object_or_404(Section, pk=section.pk, kind="action_plan_sheet")
    return annex, section


def _form(request: AuthenticatedHttpRequest, section: Section, data: Any = None) -> SheetForm:
    sheet = ActionPlanSheet.objects.get(section=section)
    sheet.section = section
    return SheetForm(data, sheet=sheet, may_choose_group=has(request.user, Perm.EDIT_TEXTS, section.annex))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_edit(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Fill in the sheet. When somebody else has saved in between, the page comes back with what was typed and,
    where they differ, what stands there now."""
    _annex, section = _sheet(request, slug, number, section_id)
    if not ActionPlanSheet.objects.filter(section=section).exists():
        context = {"section": section, "annex": section.annex, "agreement": section.annex.agreement}
        return render(request, "agreements/sheet/begin.html", context)
    if request.method != "POST":
        return _page(request, section, _form(request, section))
    return refused_other_person(request, section) or _saved(request, section)


def _saved(request: AuthenticatedHttpRequest, section: Section) -> HttpResponse:
    """The version is asked before the form is judged: a field that somebody has added since is no fault of it."""
    form, version = _form(request, section, request.POST), posted_version(request)
    is_whole, is_old = form.is_valid(), version != form.sheet.version
    if is_taken_back(request) and not is_old:
        return _page(request, section, _form(request, section, form.rebound()))
    if not is_whole and not is_old:
        return _faulty(request, section, form)
    given = form.sheet_input()
    try:
        if is_old and not given.is_empty:
            answer: Saved | Conflict = keep_sheet(section, given, version=version, by=request.user)
        else:
            aside = looked_through(request)
            answer = save_sheet(section, given, version=version, by=request.user, aside=aside)
    except TransitionRefused as refusal:
        if wants_json(request):
            return refused_json(refusal)
        raise denied(refusal) from refusal
    back = reverse("agreements:sheet_edit", args=[section.annex.agreement.slug, section.annex.number, section.pk])
    if wants_json(request):
        return answer_to(request, answer, back)
    if isinstance(answer, Conflict):
        return _page(request, section, _form(request, section, form.rebound()), is_stale=True, status=409)
    messages.success(request, _("Saved."))
    return redirect(back)


def _faulty(request: AuthenticatedHttpRequest, section: Section, form: SheetForm) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "faulty"}, status=422)
    return _page(request, section, form, status=422)


def _page(
    request: AuthenticatedHttpRequest, section: Section, form: SheetForm, *, is_stale: bool = False, status: int = 200
) -> HttpResponse:
    version = posted_version(request) if status == FAULTY else form.sheet.version
    gone = open_aside(request, section, GONE)
    context = {
        "section": section,
        "annex": section.annex,
        "agreement": section.annex.agreement,
        "form": form,
        "version": version,
        "is_stale": is_stale,
        "aside": open_aside(request, section, ROW),
        "shown_aside": looked_through(request),
        "gone": gone,
        "gone_html": written_text(section.annex, gone.body, "borta-") if gone else "",
    }
    return render(request, "agreements/sheet/edit.html", context, status=status)


@keeps_what_was_typed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_cell(
    request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID, value_id: int
) -> HttpResponse:
    """One field in the editor, with links, notes and lists. Saved like a section, on the sheet's version."""
    _annex, section = _sheet(request, slug, number, section_id)
    values = SheetValue.objects.filter(field__sheet__section=section).select_related("field__sheet", "column")
    value = values.prefetch_related("commitments").filter(pk=value_id).first()
    back = reverse("agreements:sheet_edit", args=[slug, number, section_id])
    if value is None:
        return _removed_cell(request, section, value_id, back)
    if request.method != "POST":
        return render(request, "agreements/sheet/cell.html", _cell_context(section, value, back))
    if other := refused_other_person(request, section):
        return other
    given = SheetInput(values={(value.field_id, value.column_id): _cell_input(value, posted_text(request)[1])})
    try:
        answer = save_sheet(section, given, version=posted_version(request), by=request.user)
    except TransitionRefused as refusal:
        if wants_json(request):
            return refused_json(refusal)
        raise denied(refusal) from refusal
    return answer_to(request, answer, back)


def _removed_cell(request: AuthenticatedHttpRequest, section: Section, value_id: int, back: str) -> HttpResponse:
    """Somebody has removed the field while it was written in: the words are kept aside under its name."""
    label = label_of_removed(section, value_id)
    if request.method != "POST" or not label:
        raise Http404
    given = SheetInput(gone=[Words(label, clean_cell(posted_text(request)[1]))])
    answer = keep_sheet(section, given, version=posted_version(request), by=request.user)
    return answer_to(request, answer, back)


def _cell_context(section: Section, value: SheetValue, back: str) -> dict[str, Any]:
    annex, html = section.annex, shown_html(value)
    own = [annex.agreement.slug, annex.number, section.pk, value.pk]
    return page_addresses(section) | {
        "save_url": reverse("agreements:sheet_cell", args=own),
        "value": value,
        "html": html,
        "shown": written_text(annex, html, "falt-"),
        "sheet": value.field.sheet,
        "section": section,
        "annex": annex,
        "agreement": annex.agreement,
        "back": back,
    }


def _cell_input(value: SheetValue, html: str) -> ValueInput:
    """The new text of a field; whether it is open, and whose it is, stays."""
    html = clean_cell(html)
    facts = (value.is_to_be_decided, value.owner, value.due_on)
    if not value.field.key.endswith(COMMITMENT):
        return ValueInput(html, *facts)
    html, items = split_commitments(html)
    return ValueInput(html, *facts, items)


@require_POST
def sheet_shape(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Columns and fields added: ``do`` says what, ``label`` what it is called."""
    _annex, section = _sheet(request, slug, number, section_id)
    label = escape(request.POST.get("label", "").strip()[:500])
    acts: dict[str, Callable[[], object]] = {
        "begin": lambda: begin_sheet(section, by=request.user),
        "add-column": lambda: add_column(section, heading=label, by=request.user),
        "add-area-field": lambda: add_field(section, scope=SheetField.Scope.AREA, label=label, by=request.user),
        "add-group-field": lambda: add_field(section, scope=SheetField.Scope.GROUP, label=label, by=request.user),
    }
    act = acts.get(request.POST.get("do", ""))
    if act is None or (not label and request.POST["do"].endswith("-field")):
        messages.error(request, _("Write what the new field is called."))
        return redirect("agreements:sheet_edit", slug, number, section_id)
    try:
        act()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
    return redirect("agreements:sheet_edit", slug, number, section_id)
