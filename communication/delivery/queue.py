"""Handing letters to the queue, in the transaction at hand: they are lost with it and never without it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from communication.models import Delivery, Notice
from communication.states import Channel
from samverkan.accounts.models import User

SEND_MAIL = "communication.send_mail"
QUEUE = "mail"


def post(notices: Iterable[Notice], *, requested_by: User | None = None) -> list[Delivery]:
    """Write a delivery by mail for each notice, with its job. ``requested_by`` wants it sent anew."""
    deliveries = Delivery.objects.bulk_create(
        Delivery(notice=notice, channel=Channel.MAIL, address=address, requested_by=requested_by)
        for notice in notices
        if (address := notice.recipient.email if notice.recipient else notice.mailbox)
    )
    enqueue(deliveries)
    return deliveries


def enqueue(deliveries: Iterable[Delivery]) -> None:
    """Defer a job for each delivery on Django's own connection, in a worker too, so that it commits with the rows.

    The lock keeps letters to one address apart: no two are under way at the same time, in any process.
    """
    jobs = [
        app.configure_task(SEND_MAIL, queue=QUEUE, lock=f"mail:{_hidden(delivery.address)}").make_new_job(
            delivery_id=delivery.pk
        )
        for delivery in deliveries
    ]
    if jobs:
        JobManager(DjangoConnector()).batch_defer_jobs(jobs)


def _hidden(address: str) -> str:
    """An address as a name for a lock: nobody's address stands in the table of jobs."""
    return hashlib.sha256(address.lower().encode()).hexdigest()[:24]
