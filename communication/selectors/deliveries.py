"""Who was told about a version, and how it went."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from agreements.models import Decision, Proposal
from communication.models import Delivery, Notice
from communication.states import Channel


def deliveries_of(subject: Proposal | Decision) -> QuerySet[Delivery]:
    """The deliveries of all notices about a proposal, or about a decision alone, in the order they were written."""
    about = Q(notice__decision=subject) if isinstance(subject, Decision) else Q(notice__proposal=subject)
    return Delivery.objects.filter(about).select_related("notice__recipient", "requested_by").order_by("notice", "pk")


def told_about(proposal: Proposal) -> QuerySet[Notice]:
    """The notices about a version, newest first, with their deliveries and readings. Three queries."""
    return (
        Notice.objects.filter(proposal=proposal)
        .select_related("reading", "recipient")
        .prefetch_related("deliveries__requested_by")
    )


def last_letter(notice: Notice) -> Delivery | None:
    """The latest letter of ``notice``; reads ``deliveries``, so prefetch them for lists."""
    letters = [delivery for delivery in notice.deliveries.all() if delivery.channel == Channel.MAIL]
    return max(letters, key=lambda delivery: delivery.pk, default=None)
