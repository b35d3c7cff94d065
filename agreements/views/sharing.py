"""Own or shared: the page that says what sharing a draft means, and does it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.documents.text import title
from agreements.forms.annex import SharingForm
from agreements.models import Annex
from agreements.policies.annex import may_share
from agreements.views.draft_lookup import denied, draft_or_404
from agreements.views.lookup import require
from agreements.workflow.sharing import share_draft
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


def left_out_with_text(annex: Annex) -> list[str]:
    """The headings of sections that are left out and yet hold something: they come along, and can be restored."""
    sections = annex.sections.filter(is_left_out=True).exclude(kind="text", body="").order_by("position")
    return [title(section.heading) for section in sections]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annex_share(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Share one's own draft with the other parties, for comments or for information. It cannot be taken back."""
    annex = draft_or_404(request.user, slug, number)
    require(may_share(request.user, annex))
    form = SharingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            share_draft(annex, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            raise denied(refusal) from refusal
        messages.success(request, _("The draft is shared."))
        return redirect("agreements:annex_edit", slug, number)
    everybody = annex.agreement.parties.select_related("organisation")
    parties = [party for party in everybody if party.pk != annex.draft_party_id]
    context = {
        "annex": annex, "agreement": annex.agreement, "form": form, "others": parties,
        "left_out": left_out_with_text(annex),
    }  # fmt: skip
    return render(request, "agreements/sharing/create.html", context, status=422 if form.errors else 200)
