from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.policies.proposal import visible_proposals
from agreements.views.lookup import proposal_or_404, require
from communication.models import Delivery
from communication.policies.notice import may_read_deliveries
from communication.selectors.deliveries import told_about
from communication.workflow.delivery import send_again
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@require_safe
def delivery_list(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Who was told about this version, and how did it go?"""
    proposal = proposal_or_404(request.user, pk)
    require(may_read_deliveries(request.user, proposal.annex.agreement))
    return render(request, "communication/delivery/list.html", {"proposal": proposal, "notices": told_about(proposal)})


@require_POST
def delivery_send_again(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = Delivery.objects.filter(notice__proposal__in=visible_proposals(request.user))
    delivery = get_object_or_404(visible.select_related("notice"), pk=pk)
    try:
        send_again(delivery, by=request.user)
    except TransitionRefused as refusal:
        raise PermissionDenied(refusal.verdict.reason) from refusal
    messages.success(request, _("The letter is on its way again."))
    return redirect("communication:delivery_list", delivery.notice.proposal_id)
