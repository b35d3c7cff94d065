"""The editing page of an annex: outline, the section in the middle, findings and comments beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.documents.checker import Severity
from agreements.forms.annex import AnnexFactsForm, WarningsForm
from agreements.forms.annex_file import AnnexFileForm
from agreements.forms.section import SectionAddForm, SectionFactsForm
from agreements.models import Annex, Section
from agreements.policies.annex import may_lay_beside, may_share
from agreements.policies.proposal import may_submit
from agreements.selectors.comments import comments_in_draft
from agreements.selectors.findings import findings, unanswered
from agreements.selectors.priority_areas import area_names, choosable_areas
from agreements.selectors.section_outline import OutlineEntry, section_outline
from agreements.selectors.section_page import section_context
from agreements.selectors.sharing import latest_sharing
from agreements.views.draft_lookup import denied, editable_or_403
from agreements.views.section import page_addresses
from agreements.workflow.annex import describe_annex
from agreements.workflow.checking import answer_warnings
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@never_cache
@require_safe
def annex_edit(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Where was I, is it safe? ?avsnitt=… says which section is open; else the one last edited by the person,
    else the first."""
    annex = editable_or_403(request.user, slug, number)
    comments = comments_in_draft(request.user, annex)
    entries = section_outline(annex, request.user, comments)
    chosen = _chosen(request, entries)
    context = _frame(request, annex, entries, chosen) | _files(request, annex) | {"elsewhere": comments.elsewhere}
    if chosen is not None:
        section = annex.sections.select_related("edited_by", "party__organisation").get(pk=chosen.pk)
        section.annex = annex
        context |= section_context(section, request.user, comments) | page_addresses(section) | section_forms(section)
    return render(request, "agreements/editing/detail.html", context)


def _chosen(request: AuthenticatedHttpRequest, entries: list[OutlineEntry]) -> Section | None:
    wanted = request.GET.get("avsnitt", "")
    shown = [entry.section for entry in entries if not entry.section.is_left_out]
    own = [section for section in shown if section.edited_by_id == request.user.pk and section.version > 1]
    named = [entry.section for entry in entries if str(entry.section.pk) == wanted]
    last = max(own, key=lambda section: section.edited_at, default=None)
    return next(iter(named), None) or last or next(iter(shown), None)


def _frame(
    request: AuthenticatedHttpRequest, annex: Annex, entries: list[OutlineEntry], chosen: Section | None
) -> dict[str, Any]:
    return {
        "annex": annex,
        "agreement": annex.agreement,
        "entries": entries,
        "current": chosen.pk if chosen else None,
        "has_left_out": any(entry.section.is_left_out for entry in entries),
        "sharing": latest_sharing(annex),
        "may_share": may_share(request.user, annex),
        "may_submit": may_submit(request.user, annex),
        "add_form": SectionAddForm(annex=annex, initial={"after": chosen.pk if chosen else None}),
    }


def _files(request: AuthenticatedHttpRequest, annex: Annex) -> dict[str, Any]:
    """The files beside the draft, and the form for one more where the person may."""
    may_lay = may_lay_beside(request.user, annex)
    return {
        "files": annex.attachments.select_related("file"),
        "may_lay_beside": may_lay,
        "file_form": AnnexFileForm(prefix=AnnexFileForm.PREFIX) if may_lay else None,
    }


def section_forms(section: Section) -> dict[str, Any]:
    """The small forms about a section beside its text."""
    initial = {"is_numbered": section.is_numbered, "language": section.language, "party": section.party_id}
    return {"facts_form": SectionFactsForm(annex=section.annex, initial=initial)}


def render_outline(request: AuthenticatedHttpRequest, annex: Annex, current: Section) -> HttpResponse:
    """The outline alone, for htmx."""
    entries = section_outline(annex, request.user, comments_in_draft(request.user, annex))
    context = _frame(request, annex, entries, current) | {"is_fragment": True}
    return render(request, "agreements/editing/_outline.html", context)


@never_cache
@require_safe
def annex_check(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """What the checker says of the whole annex; warnings take one answer."""
    annex = editable_or_403(request.user, slug, number)
    return render(request, "agreements/editing/check.html", _checked(annex) | {"form": WarningsForm()})


def _checked(annex: Annex) -> dict[str, Any]:
    found = findings(annex)
    return {
        "annex": annex,
        "agreement": annex.agreement,
        "errors": [finding for finding in found if finding.severity == Severity.ERROR],
        "warnings": [finding for finding in found if finding.severity == Severity.WARNING],
        "unanswered": unanswered(annex, found),
        "answer": next(iter(annex.checked_warnings), None),
    }


@require_POST
def annex_warnings(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """One answer to all warnings of now."""
    annex = editable_or_403(request.user, slug, number)
    form = WarningsForm(request.POST)
    if not form.is_valid():
        return render(request, "agreements/editing/check.html", _checked(annex) | {"form": form}, status=422)
    try:
        answer_warnings(annex, answer=form.cleaned_data["answer"], by=request.user)
    except TransitionRefused as refusal:
        raise denied(refusal) from refusal
    messages.success(request, _("The warnings are answered."))
    return redirect("agreements:annex_check", slug, number)


@require_http_methods(["GET", "HEAD", "POST"])
def annex_describe(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Titles, geographic scope and priority area of the annex."""
    annex = editable_or_403(request.user, slug, number)
    form = AnnexFactsForm(
        request.POST if request.method == "POST" else None,
        annex=annex,
        areas=choosable_areas(request.user, annex.agreement, [annex.priority_area_id]),
        names=area_names(request.user, annex.agreement),
        initial=AnnexFactsForm.facts_of(annex),
    )
    if request.method == "POST" and form.is_valid():
        try:
            describe_annex(annex, by=request.user, **form.facts())
        except TransitionRefused as refusal:
            raise denied(refusal) from refusal
        messages.success(request, _("Saved."))
        return redirect("agreements:annex_edit", slug, number)
    context = {"annex": annex, "agreement": annex.agreement, "form": form}
    return render(request, "agreements/editing/describe.html", context, status=422 if form.errors else 200)
