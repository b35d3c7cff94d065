"""What the text names that belongs in registers, accepted one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.models import Annex
from agreements.policies.agreement import may_manage
from agreements.views.draft_lookup import denied, editable_or_403
from agreements.workflow.word_accept import accept
from agreements.workflow.word_proposals import Offer, dropped_areas, proposals_for
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused

TITLES = {
    "area": gettext_lazy("Priority areas"),
    "group": gettext_lazy("Groups and functions"),
    "source": gettext_lazy("Sources"),
    "party": gettext_lazy("The parties"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def word_proposal_list(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """The offers, and with POST (``offer``, ``title``) the one that is accepted."""
    annex = editable_or_403(request.user, slug, number)
    if request.method == "POST":
        return _accept(request, annex)
    offers = proposals_for(annex)
    context = {
        "annex": annex,
        "agreement": annex.agreement,
        "may_accept": may_manage(request.user, annex.agreement),
        "kinds": _by_kind(offers),
        "dropped": dropped_areas(annex, offers),
    }
    return render(request, "agreements/word/proposals.html", context)


def _accept(request: AuthenticatedHttpRequest, annex: Annex) -> HttpResponse:
    try:
        offered, title = request.POST.get("offer", ""), request.POST.get("title", "")
        offer = accept(annex, offered, title=title, by=request.user)
    except TransitionRefused as refusal:
        if refusal.verdict.code != "no_offer":
            raise denied(refusal) from refusal
        messages.warning(request, str(refusal.verdict.reason))
    else:
        messages.success(request, _("“%(title)s” is in the register now.") % {"title": offer.title})
    return redirect("agreements:word_proposal_list", annex.agreement.slug, annex.number)


def _by_kind(offers: list[Offer]) -> list[dict[str, Any]]:
    found = []
    for kind, title in TITLES.items():
        same = [offer for offer in offers if offer.kind == kind]
        if same:
            opened = [offer for offer in same if offer.is_open]
            told = [offer for offer in same if not offer.is_open]
            found.append({"kind": kind, "title": title, "open": opened, "told": told})
    return found
