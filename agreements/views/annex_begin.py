"""Beginning an annex, and fetching another text into one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.forms.annex import AnnexCreateForm, AnnexFetchForm
from agreements.models import Agreement, Annex
from agreements.policies.working_text import may_create_annex
from agreements.rights import parties_of
from agreements.selectors.copy_sources import texts_to_copy
from agreements.selectors.priority_areas import area_names, choosable_areas
from agreements.views.draft_lookup import denied, editable_or_403
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.annex import create_annex
from agreements.workflow.annex_copy import copy_annex
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annex_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """A new annex, from its template or from another text, shared or one's own."""
    agreement = agreement_or_404(request.user, slug)
    require(may_create_annex(request.user, agreement))
    form = AnnexCreateForm(
        request.POST if request.method == "POST" else None,
        agreement=agreement,
        parties=sorted(parties_of(request.user, agreement), key=lambda party: party.position),
        sources=texts_to_copy(request.user),
        areas=choosable_areas(request.user, agreement),
        names=area_names(request.user, agreement),
    )
    if request.method == "POST" and form.is_valid():
        try:
            annex = _begin(request, agreement, form)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            return redirect("agreements:annex_edit", slug, annex.number)
    context = {"agreement": agreement, "form": form}
    return render(request, "agreements/editing/create.html", context, status=422 if form.errors else 200)


def _begin(request: AuthenticatedHttpRequest, agreement: Agreement, form: AnnexCreateForm) -> Annex:
    data = form.cleaned_data
    facts = {"number": data["number"], "title": data["title"], "own_of": data["own_of"]}
    area = data["priority_area"]
    if data["source"] is not None:
        return copy_annex(data["source"], agreement, by=request.user, priority_area=area, **facts)
    return create_annex(agreement, data["kind"], by=request.user, priority_area=area, **facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annex_fetch(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Let an earlier version, or another text of the same kind, take the working text's place."""
    annex = editable_or_403(request.user, slug, number)
    form = AnnexFetchForm(
        request.POST if request.method == "POST" else None,
        sources=texts_to_copy(request.user, kind=annex.kind, annex=annex),
    )
    if request.method == "POST" and form.is_valid():
        try:
            copy_annex(form.chosen, annex, by=request.user)
        except TransitionRefused as refusal:
            raise denied(refusal) from refusal
        messages.success(request, _("The text has been fetched. What stood here is kept among what was left out."))
        return redirect("agreements:annex_edit", slug, number)
    context = {"annex": annex, "agreement": annex.agreement, "form": form}
    return render(request, "agreements/editing/fetch.html", context, status=422 if form.errors else 200)
