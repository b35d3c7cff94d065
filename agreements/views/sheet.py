"""The sheet of an action plan: a table of fields to fill in, and its columns and rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.forms.sheet import SheetForm, shown_html
from agreements.models import ActionPlanSheet, Annex, Section, SheetValue
from agreements.permissions import Perm
from agreements.rights import has
from agreements.selectors.conflict import written_text
from agreements.selectors.removed_fields import label_of_removed
from agreements.selectors.sheet_parties import COMMITMENT
from agreements.views.draft_lookup import denied, editable_or_403, section_or_404, wants_json
from agreements.views.section import answer_to, page_addresses, posted_text, posted_version, refused_json
from agreements.views.signed_out import keeps_what_was_typed
from agreements.views.typed_form import (
    aside_beside,
    is_taken_back,
    keeps_what_is_refused,
    looked_through,
    open_asides,
    posted_sitting,
    refused_other_person,
)
from agreements.workflow.cell import clean_cell, split_commitments
from agreements.workflow.section import Conflict, Saved
from agreements.workflow.sheet import GONE, ROW, is_read, keep_sheet, save_sheet
from agreements.workflow.sheet_input import SheetInput, ValueInput, Words
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused

FAULTY, STALE = 422, 409
NEW = ("ny-kolumn", "nytt-falt")
"""The names of a new column and a new field, typed below the sheet."""


def sheet_or_404(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> tuple[Annex, Section]:
    """The annex that may be edited, and the section of it that has a sheet."""
    annex = editable_or_403(request.user, slug, number)
    section = section_or_404(annex, section_id)
    get_object_or_404(Section, pk=section.pk, kind="action_plan_sheet")
    return annex, section


def _form(request: AuthenticatedHttpRequest, section: Section, data: Any = None) -> SheetForm:
    sheet = get_object_or_404(ActionPlanSheet, section=section)
    sheet.section = section
    return SheetForm(data, sheet=sheet, may_choose_group=has(request.user, Perm.EDIT_TEXTS, section.annex))


@keeps_what_is_refused
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_edit(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """Fill in the sheet. When somebody else has saved in between, the page comes back with what was typed and,
    where they differ, what stands there now."""
    _annex, section = sheet_or_404(request, slug, number, section_id)
    if not ActionPlanSheet.objects.filter(section=section).exists():
        context = {"section": section, "annex": section.annex, "agreement": section.annex.agreement}
        return render(request, "agreements/sheet/begin.html", context)
    if request.method != "POST":
        return _page(request, section, _form(request, section))
    return refused_other_person(request, section) or _saved(request, section)


def _saved(request: AuthenticatedHttpRequest, section: Section) -> HttpResponse:
    answer = save_typed(request, section)
    if isinstance(answer, HttpResponse):
        return answer
    if wants_json(request):
        return answer_to(request, answer, _address(section))
    messages.success(request, _("Saved."))
    return redirect(way_back(request, section))


def save_typed(request: AuthenticatedHttpRequest, section: Section) -> Saved | HttpResponse:
    """Save what was typed; else the answer that shows it again, and why.

    The version is asked before the form is judged: a field that somebody has added since is no fault of it.
    """
    form, version, sitting = _form(request, section, request.POST), posted_version(request), posted_sitting(request)
    is_whole, is_old = form.is_valid(), not is_read(form.sheet, version, sitting)
    if is_taken_back(request) and not is_old:
        return _page(request, section, _form(request, section, form.rebound()), shown=looked_through(request))
    if not is_whole and not is_old:
        return _faulty(request, section, form)
    given = SheetInput() if is_old and form.says_what_stands() else form.sheet_input()
    aside, by = looked_through(request), request.user
    try:
        if is_old and not given.is_empty:
            answer: Saved | Conflict = keep_sheet(section, given, version=version, by=by, aside=aside, sitting=sitting)
        else:
            answer = save_sheet(section, given, version=version, by=by, aside=aside, sitting=sitting)
    except TransitionRefused as refusal:
        if wants_json(request):
            return refused_json(refusal)
        raise denied(refusal) from refusal
    if not isinstance(answer, Conflict):
        return answer
    return answer_to(request, answer, "") if wants_json(request) else _stale(request, section, form, answer)


def _address(section: Section) -> str:
    annex = section.annex
    return reverse("agreements:sheet_edit", args=[annex.agreement.slug, annex.number, section.pk])


def way_back(request: AuthenticatedHttpRequest, section: Section, *, used: str = "") -> str:
    """The sheet, with the names of new columns and fields that were typed and not used yet."""
    names = {name: request.POST[name] for name in NEW if name != used and request.POST.get(name)}
    return f"{_address(section)}?{urlencode(names)}" if names else _address(section)


def _faulty(request: AuthenticatedHttpRequest, section: Section, form: SheetForm) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "faulty"}, status=422)
    return _page(request, section, form, status=422, shown=looked_through(request))


def _stale(request: AuthenticatedHttpRequest, section: Section, form: SheetForm, answer: Conflict) -> HttpResponse:
    shown = answer.aside.pk if answer.aside.row == ROW else None
    return _page(request, section, _form(request, section, form.rebound()), status=STALE, shown=shown)


def _page(
    request: AuthenticatedHttpRequest, section: Section, form: SheetForm, *, status: int = 200, shown: int | None = None
) -> HttpResponse:
    """``shown`` is the text aside that the form itself shows."""
    version = posted_version(request) if status == FAULTY else form.sheet.version
    given = request.POST if request.method == "POST" else request.GET
    context = {
        "section": section,
        "annex": section.annex,
        "agreement": section.annex.agreement,
        "form": form,
        "version": version,
        "is_stale": status == STALE,
        "aside": aside_beside(request, section, ROW, shown),
        "shown_aside": shown,
        "gone": [
            (aside, written_text(section.annex, aside.body, f"borta-{aside.pk}-"))
            for aside in open_asides(request, section, GONE)
        ],
        "new_column": given.get("ny-kolumn", ""),
        "new_field": given.get("nytt-falt", ""),
    }
    return render(request, "agreements/sheet/edit.html", context, status=status)


@keeps_what_was_typed
@keeps_what_is_refused
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_cell(
    request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID, value_id: int
) -> HttpResponse:
    """One field in the editor, with links, notes and lists. Saved like a section, on the sheet's version."""
    _annex, section = sheet_or_404(request, slug, number, section_id)
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
        version, sitting = _version_read(request, value), posted_sitting(request)
        answer = save_sheet(section, given, version=version, by=request.user, sitting=sitting)
    except TransitionRefused as refusal:
        if wants_json(request):
            return refused_json(refusal)
        raise denied(refusal) from refusal
    return answer_to(request, answer, back)


def _version_read(request: AuthenticatedHttpRequest, value: SheetValue) -> int:
    """The sheet's version now, when the field still says what its page began from (``base``): what others have written
    in other fields meanwhile is no rival of it. Else the version that the page read."""
    base = request.POST.get("base")
    if base is not None and clean_cell(base) == clean_cell(shown_html(value)):
        return value.field.sheet.version
    return posted_version(request)


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
