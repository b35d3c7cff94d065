"""After a crash: what nobody works on any more is taken up again, or shown as uncertain."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from communication.delivery.queue import SEND_MAIL, enqueue
from communication.models import Delivery
from communication.states import Channel, DeliveryStatus, Failure

PATIENCE = timedelta(minutes=15)
"""Longer than any conversation with a mail server, and than a stopped worker's job takes to be tried again."""


def forgotten() -> QuerySet[Delivery]:
    """Letters under way that no job, waiting or running, will take up; untouched for PATIENCE."""
    jobs = ProcrastinateJob.objects.filter(task_name=SEND_MAIL, status__in=["todo", "doing"]).annotate(
        delivery=Cast(KeyTextTransform("delivery_id", "args"), BigIntegerField())
    )
    return Delivery.objects.filter(
        channel=Channel.MAIL,
        status__in=[DeliveryStatus.PENDING, DeliveryStatus.SENDING],
        at__lt=timezone.now() - PATIENCE,
    ).exclude(pk__in=jobs.values("delivery"))


@transaction.atomic
def take_up_forgotten() -> None:
    """Give forgotten letters a job again. Those caught while being sent are uncertain, and wait for a person."""
    found = list(forgotten().select_for_update(of=("self",), skip_locked=True))
    caught = [delivery.pk for delivery in found if delivery.status == DeliveryStatus.SENDING]
    Delivery.objects.filter(pk__in=caught).update(
        status=DeliveryStatus.UNCERTAIN, failure=Failure.STOPPED, at=timezone.now()
    )
    enqueue(delivery for delivery in found if delivery.status == DeliveryStatus.PENDING)
