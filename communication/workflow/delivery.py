"""Sending again, which only a person decides, and having seen that a letter did not go."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from agreements.models import Agreement
from communication.delivery import queue
from communication.models import Acknowledgement, Delivery
from communication.policies.notice import may_see_to, may_send_again
from communication.selectors.deliveries import unattended
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


@transaction.atomic
def acknowledge(agreement: Agreement, letters: Iterable[int], *, by: User) -> int:
    """Note that ``by`` has seen that those of ``letters``, ids of deliveries, that nobody has seen did not go.

    Returns how many there were; what somebody else notes at the same moment stays theirs. Raises TransitionRefused.
    """
    if not (verdict := may_see_to(by, agreement)):
        raise TransitionRefused(verdict)
    unseen = unattended(by).filter(notice__agreement=agreement, pk__in=list(letters))
    noted = [Acknowledgement(delivery=letter, seen_by=by) for letter in unseen]
    return len(Acknowledgement.objects.bulk_create(noted, ignore_conflicts=True))
