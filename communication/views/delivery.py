"""Who was told, and what became of the letters."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.policies.proposal import visible_proposals
from agreements.views.lookup import agreement_or_404, proposal_or_404, require
from communication.models import Delivery
from communication.policies.notice import may_read_deliveries, may_see_to, traceable_notices
from communication.selectors.deliveries import tellings, told_about, told_in, unattended
from communication.views.back import back
from communication.workflow.delivery import acknowledge, send_again
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.numbers import whole_number
from samverkan.verdict import TransitionRefused

NOTICES_PER_PAGE = 100


@require_safe
def delivery_list(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Who was told about this version, and how did it go?"""
    proposal = proposal_or_404(request.user, pk)
    agreement = proposal.annex.agreement
    require(may_read_deliveries(request.user, agreement))
    context = {
        "proposal": proposal,
        "agreement": agreement,
        "tellings": tellings(told_about(proposal)),
        "may_see_to": may_see_to(request.user, agreement),
    }
    return render(request, "communication/delivery/list.html", context)


@require_safe
def agreement_delivery_list(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Who was told what in this agreement, and how did it go? With ?visa=misslyckade only what did not go, and what
    nobody has looked at yet."""
    agreement = agreement_or_404(request.user, slug)
    require(may_read_deliveries(request.user, agreement))
    notices, only_failed = told_in(agreement, request.user), request.GET.get("visa") == "misslyckade"
    if only_failed:
        notices = notices.filter(pk__in=unattended(request.user).values("notice"))
    page = Paginator(notices, NOTICES_PER_PAGE).get_page(request.GET.get("sida"))
    may = may_see_to(request.user, agreement)
    shown = [notice.pk for notice in page.object_list] if may else []
    context = {
        "agreement": agreement,
        "page": page,
        "only_failed": only_failed,
        "tellings": tellings(page.object_list),
        "may_see_to": may,
        "unseen": [letter.pk for letter in unattended(request.user).filter(notice__in=shown)],
    }
    return render(request, "communication/delivery/list.html", context)


@require_POST
def delivery_send_again(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Send a letter that did not go once more; 403 with the reason when it has gone, or may not be seen any more."""
    mine = Q(notice__proposal__in=visible_proposals(request.user)) | Q(notice__in=traceable_notices(request.user))
    delivery = get_object_or_404(Delivery.objects.filter(mine).select_related("notice__agreement"), pk=pk)
    try:
        send_again(delivery, by=request.user)
    except TransitionRefused as refusal:
        raise PermissionDenied(refusal.verdict.reason) from refusal
    messages.success(request, _("The letter is on its way again."))
    if delivery.notice.proposal_id is None:
        return back(request, "communication:agreement_delivery_list", delivery.notice.agreement.slug)
    return back(request, "communication:delivery_list", delivery.notice.proposal_id)


@require_POST
def delivery_acknowledge(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """The coordinator has looked at the letters that the page showed as not sent."""
    agreement = agreement_or_404(request.user, slug)
    require(may_see_to(request.user, agreement))
    numbers = map(whole_number, request.POST.getlist("utskick"))
    shown = {number for number in numbers if number is not None}
    acknowledge(agreement, shown, by=request.user)
    messages.success(request, _("It is noted that you have seen them."))
    return redirect("communication:agreement_delivery_list", agreement.slug)
