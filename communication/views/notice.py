"""What one has been told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from communication.policies.notice import visible_notices
from communication.selectors.notices import happenings, inbox, unread_notices
from communication.views.back import back
from communication.workflow.notice import mark_all_read, mark_read
from samverkan.accounts.http import AuthenticatedHttpRequest

NOTICES_PER_PAGE = 50


@require_safe
def notice_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What have I been told? Reading the list marks nothing as read."""
    only_unread = request.GET.get("visa") == "olasta"
    rows = unread_notices(request.user) if only_unread else inbox(request.user)
    page = Paginator(rows, NOTICES_PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "happenings": happenings(page.object_list),
        "only_unread": only_unread,
        "unread": unread_notices(request.user).count(),
    }
    return render(request, "communication/notice/list.html", context)


@require_POST
def notice_mark_read(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One has been told, and knows it."""
    notice = get_object_or_404(visible_notices(request.user), pk=pk)
    mark_read(notice, by=request.user)
    return back(request, "communication:notice_list")


@require_POST
def notice_mark_all_read(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Everything that one has been told up to now is read."""
    count = mark_all_read(by=request.user)
    text = ngettext("%(count)d notice is marked as read.", "%(count)d notices are marked as read.", count)
    messages.success(request, text % {"count": count})
    return back(request, "communication:notice_list")
