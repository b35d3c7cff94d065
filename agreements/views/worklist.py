"""The start page: "Mitt arbete"."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.rights import today
from agreements.selectors.waiting import waiting_for
from agreements.selectors.worklist import next_known_date, worklist
from samverkan.accounts.http import AuthenticatedHttpRequest

ROWS_PER_PAGE = 25


@require_safe
def worklist_detail(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Mitt arbete: what waits for me, what I wait for, and what happened since my last visit."""
    items = Paginator(worklist(request.user), ROWS_PER_PAGE)
    waiting = Paginator(waiting_for(request.user), ROWS_PER_PAGE)
    number = request.GET.get("sida")
    longest = items if items.num_pages >= waiting.num_pages else waiting
    page = longest.get_page(number)
    context = {
        "items": items.get_page(number) if page.number <= items.num_pages else [],
        "waiting": waiting.get_page(number) if page.number <= waiting.num_pages else [],
        "page": page,
        "next_date": None if items.count else next_known_date(request.user),
        "today": today(),
    }
    return render(request, "agreements/worklist/detail.html", context)
