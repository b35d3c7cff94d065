"""Notices on pages that know nothing of communication: the start page, the frame."""

from typing import Any

from django import template
from django.template.context import Context

from agreements.models import Agreement
from communication.models import Delivery, Notice
from communication.policies.notice import may_read_deliveries
from communication.selectors.deliveries import last_letter as last_letter_of
from communication.selectors.notices import happenings, notices_since, recent, unread_notices
from communication.states import DeliveryStatus
from samverkan.accounts.models import User
from samverkan.accounts.visits import previous_visit
from samverkan.verdict import Verdict

register = template.Library()

LOOKS = {
    DeliveryStatus.PENDING: "waiting",
    DeliveryStatus.SENDING: "waiting",
    DeliveryStatus.SENT: "done",
    DeliveryStatus.FAILED: "error",
    DeliveryStatus.UNCERTAIN: "warning",
}
"""Codes of the status component, whose colour and sign are borrowed; the word is the status's own."""

MOST = 30


@register.inclusion_tag("communication/notice/_recent.html", takes_context=True)
def recent_notices(context: Context, limit: int = 10) -> dict[str, Any]:
    """``{% recent_notices %}``: what happened since the person's last visit; the ``limit`` latest acts where that is
    nothing, or where there was no visit before."""
    request = context["request"]
    since = previous_visit(request)
    new = list(notices_since(request.user, since)[:MOST]) if since else []
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "since": since if new else None,
        "happenings": happenings(new) if new else happenings(recent(request.user, MOST))[:limit],
    }


@register.simple_tag
def unread_count(user: User) -> int:
    """``{% unread_count request.user as unread %}``: how many notices are unread. One query beside the rights."""
    return unread_notices(user).count()


@register.simple_tag
def may_trace(user: User, agreement: Agreement) -> Verdict:
    """``{% may_trace request.user agreement as traces %}``: whether to show the way to who has been told."""
    return may_read_deliveries(user, agreement)


@register.filter
def last_letter(notice: Notice) -> Delivery | None:
    """``{{ notice|last_letter }}``: its latest letter, or None."""
    return last_letter_of(notice)


@register.filter
def look(delivery: Delivery) -> str:
    """``{{ delivery|look }}``: the code of the status component whose colour and sign it borrows."""
    return LOOKS[DeliveryStatus(delivery.status)]
