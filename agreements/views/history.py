from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.selectors.history import agreement_history, annex_history
from agreements.views.lookup import agreement_or_404, annex_or_404
from samverkan.accounts.http import AuthenticatedHttpRequest


@require_safe
def agreement_history_list(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Who changed what, when, in the agreement?"""
    agreement = agreement_or_404(request.user, slug)
    context = {"agreement": agreement, "events": agreement_history(agreement, request.user)}
    return render(request, "agreements/history/list.html", context)


@require_safe
def annex_history_list(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Who changed what, when, in one annex?"""
    annex = annex_or_404(request.user, slug, number)
    context = {"agreement": annex.agreement, "annex": annex, "events": annex_history(annex, request.user)}
    return render(request, "agreements/history/list.html", context)
