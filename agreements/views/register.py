"""Sources and definitions, edited as tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.forms.register import DefinitionFormSet, SourceFormSet, definition_rows, source_rows
from agreements.models import Definition, Section, Source
from agreements.states import AnnexKind
from agreements.views.draft_lookup import denied, edit_address, editable_or_403, section_or_404, wants_json
from agreements.views.section import answer_to, refused_json
from agreements.views.typed_form import (
    aside_beside,
    is_taken_back,
    keeps_what_is_refused,
    looked_through,
    posted_sitting,
    refused_other_person,
)
from agreements.workflow import definition, source
from agreements.workflow.register import ROW, keep_rows, state_of
from agreements.workflow.section import Conflict
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused

FAULTY, STALE = 422, 409


@keeps_what_is_refused
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """The agreement's register of sources, from the situational picture's draft."""
    annex = editable_or_403(request.user, slug, number)
    section = section_or_404(annex, section_id)
    if section.kind != "sources" or annex.kind != AnnexKind.SITUATIONAL_PICTURE:
        raise Http404
    sources = list(annex.agreement.sources.all())
    state = state_of(sources, source.FIELDS)
    table = Table(_("Sources"), Source, SourceFormSet, source_rows(sources), state, source.save_sources)
    return _answer(request, section, table)


@keeps_what_is_refused
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def definition_edit(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """The definitions of the annex."""
    section = section_or_404(editable_or_403(request.user, slug, number), section_id)
    if section.kind != "definitions":
        raise Http404
    rows = list(section.annex.definitions.all())
    state = state_of(rows, definition.FIELDS)
    save = definition.save_definitions
    return _answer(
        request, section, Table(_("Definitions"), Definition, DefinitionFormSet, definition_rows(rows), state, save)
    )


@dataclass(frozen=True)
class Table:
    """A register to edit: its formset, its rows and their state now, and what saves it."""

    title: str
    model: type[Source | Definition]
    formset: Any
    rows: list[dict[str, Any]]
    state: str
    save: Callable[..., Conflict | None]

    def form(self, data: Any = None) -> Any:
        return self.formset(data, initial=self.rows, prefix="rad")


def _answer(request: AuthenticatedHttpRequest, section: Section, table: Table) -> HttpResponse:
    """Save, or show the table; with what was typed when somebody else has saved in between.

    The state is asked before the rows are judged: one that came too late is kept whatever it says.
    """
    if request.method != "POST":
        return _page(request, section, table, table.form())
    if other := refused_other_person(request, section):
        return other
    formset, state = table.form(request.POST), request.POST.get("state", "")
    is_whole, is_old = formset.is_valid(), state != table.state
    if is_taken_back(request) and not is_old:
        again = table.form(formset.rebound(table.rows))
        return _page(request, section, table, again, shown=looked_through(request))
    if not is_whole and not is_old:
        return _faulty(request, section, table, formset)
    given = [] if is_old and formset.says_what_stands(table.rows) else formset.rows()
    aside, by = looked_through(request), request.user
    try:
        if is_old and given:
            sitting = posted_sitting(request)
            answer: Conflict | None = keep_rows(
                section, given, table.model, state=state, by=by, aside=aside, sitting=sitting
            )
        else:
            answer = table.save(section, given, state=state, by=by, aside=aside)
    except TransitionRefused as refusal:
        return _refused(request, section, table, formset, refusal)
    if isinstance(answer, Conflict):
        return _stale(request, section, table, formset, answer)
    messages.success(request, _("Saved."))
    address = edit_address(section)
    return JsonResponse({"version": table.state, "address": address}) if wants_json(request) else redirect(address)


def _faulty(request: AuthenticatedHttpRequest, section: Section, table: Table, formset: Any) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "faulty"}, status=FAULTY)
    return _page(request, section, table, formset, status=FAULTY, shown=looked_through(request))


def _refused(
    request: AuthenticatedHttpRequest, section: Section, table: Table, formset: Any, refusal: TransitionRefused
) -> HttpResponse:
    if refusal.verdict.code == "term_twice":
        if not wants_json(request):
            messages.error(request, str(refusal.verdict.reason))
        return _faulty(request, section, table, formset)
    if wants_json(request):
        return refused_json(refusal)
    raise denied(refusal) from refusal


def _stale(
    request: AuthenticatedHttpRequest, section: Section, table: Table, formset: Any, answer: Conflict
) -> HttpResponse:
    if wants_json(request):
        return answer_to(request, answer, edit_address(section))
    again = table.form(formset.rebound(table.rows))
    return _page(request, section, table, again, status=STALE, shown=answer.aside.pk)


def _page(
    request: AuthenticatedHttpRequest,
    section: Section,
    table: Table,
    formset: Any,
    status: int = 200,
    shown: int | None = None,
) -> HttpResponse:
    is_unread = status != FAULTY  # otherwise the page still shows what stood there when it was opened
    context = {
        "section": section,
        "annex": section.annex,
        "agreement": section.annex.agreement,
        "formset": formset,
        "state": table.state if is_unread else request.POST.get("state", ""),
        "is_stale": status == STALE,
        "aside": aside_beside(request, section, ROW, shown),
        "shown_aside": shown,
        "title": table.title,
        "back": edit_address(section),
    }
    return render(request, "agreements/section/register.html", context, status=status)
