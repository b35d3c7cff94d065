"""Sources and definitions, edited as tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.forms.register import DefinitionFormSet, SourceFormSet, definition_rows, source_rows
from agreements.models import Section
from agreements.states import AnnexKind
from agreements.views.draft_lookup import denied, edit_address, editable_or_403, section_or_404
from agreements.workflow import definition, source
from agreements.workflow.register import state_of
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """The agreement's register of sources, from the situational picture's draft."""
    annex = editable_or_403(request.user, slug, number)
    section = section_or_404(annex, section_id)
    if section.kind != "sources" or annex.kind != AnnexKind.SITUATIONAL_PICTURE:
        raise Http404
    sources = list(annex.agreement.sources.all())
    table = Table(SourceFormSet, source_rows(sources), state_of(sources, source.FIELDS), source.save_sources)
    return _answer(request, section, table, _("Sources"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def definition_edit(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """The definitions of the annex."""
    section = section_or_404(editable_or_403(request.user, slug, number), section_id)
    if section.kind != "definitions":
        raise Http404
    rows = list(section.annex.definitions.all())
    state = state_of(rows, definition.FIELDS)
    table = Table(DefinitionFormSet, definition_rows(rows), state, definition.save_definitions)
    return _answer(request, section, table, _("Definitions"))


@dataclass(frozen=True)
class Table:
    """A register to edit: its formset, its rows and their state now, and what saves it."""

    formset: Any
    rows: list[dict[str, Any]]
    state: str
    save: Callable[..., bool]

    def form(self, data: Any = None) -> Any:
        return self.formset(data, initial=self.rows, prefix="rad")


def _answer(request: AuthenticatedHttpRequest, section: Section, table: Table, title: str) -> HttpResponse:
    """Save, or show the table; with what was typed when somebody else has saved in between."""
    if request.method != "POST":
        return _page(request, section, table, table.form(), title)
    formset = table.form(request.POST)
    if not formset.is_valid():
        return _page(request, section, table, formset, title, status=422)
    try:
        table.save(section, formset.rows(), state=request.POST.get("state", ""), by=request.user)
    except TransitionRefused as refusal:
        if refusal.verdict.code == "term_twice":
            messages.error(request, str(refusal.verdict.reason))
            return _page(request, section, table, formset, title, status=422)
        if refusal.verdict.code != "rows_changed":
            raise denied(refusal) from refusal
        again = table.form(formset.rebound(table.rows))
        return _page(request, section, table, again, title, status=409)
    messages.success(request, _("Saved."))
    return redirect(edit_address(section))


def _page(
    request: AuthenticatedHttpRequest, section: Section, table: Table, formset: Any, title: str, status: int = 200
) -> HttpResponse:
    is_unread = status in (200, 409)  # otherwise the page still shows what stood there when it was opened
    context = {
        "section": section,
        "annex": section.annex,
        "agreement": section.annex.agreement,
        "formset": formset,
        "state": table.state if is_unread else request.POST.get("state", ""),
        "is_stale": status == 409,  # noqa: PLR2004 -- Conflict
        "title": title,
        "back": edit_address(section),
    }
    return render(request, "agreements/section/register.html", context, status=status)
