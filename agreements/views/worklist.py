from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.rights import today
from agreements.selectors.worklist import next_known_date, waiting_for, worklist
from samverkan.accounts.http import AuthenticatedHttpRequest


@require_safe
def worklist_detail(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Mitt arbete: what waits for me, what I wait for, and what happened since my last visit."""
    items = worklist(request.user)
    context = {
        "items": items,
        "waiting": waiting_for(request.user),
        "next_date": None if items else next_known_date(request.user),
        "today": today(),
    }
    return render(request, "agreements/worklist/detail.html", context)
