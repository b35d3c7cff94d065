"""Sending again, which only a person decides."""

from __future__ import annotations

from django.db import transaction

from communication.delivery import queue
from communication.models import Delivery
from communication.policies.notice import may_send_again
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> Delivery:
    """Send a letter that failed or is uncertain once more, as a new delivery; the old one stays as it is.

    Locks the delivery, so that of two simultaneous calls one is refused. Raises TransitionRefused.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("notice__recipient").get(pk=delivery.pk)
    if not (verdict := may_send_again(by, delivery)):
        raise TransitionRefused(verdict)
    return queue.post([delivery.notice], requested_by=by)[0]
