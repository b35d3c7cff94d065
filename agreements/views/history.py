"""Who changed what, when."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.permissions import Perm
from agreements.rights import has
from agreements.selectors.history import agreement_history, annex_history
from agreements.views.lookup import agreement_or_404, annex_or_404
from samverkan.accounts.http import AuthenticatedHttpRequest


@require_safe
def agreement_history_list(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Who changed what, when, in the agreement?"""
    agreement = agreement_or_404(request.user, slug)
    context = {
        "agreement": agreement,
        "page": agreement_history(agreement, request.user, _before(request)),
        "takes_part": has(request.user, Perm.READ_PROPOSED, agreement),
    }
    return render(request, "agreements/history/list.html", context)


@require_safe
def annex_history_list(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Who changed what, when, in one annex?"""
    annex = annex_or_404(request.user, slug, number)
    context = {
        "agreement": annex.agreement,
        "annex": annex,
        "page": annex_history(annex, request.user, _before(request)),
        "takes_part": has(request.user, Perm.READ_PROPOSED, annex),
    }
    return render(request, "agreements/history/list.html", context)


def _before(request: HttpRequest) -> datetime | None:
    """The time in the address (?fore=2026-03-04T10:00:00+01:00); None when there is none or it is no time."""
    try:
        found = datetime.fromisoformat(request.GET.get("fore", ""))
    except ValueError:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)
