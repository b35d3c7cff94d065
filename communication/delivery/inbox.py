"""The portal's own channel: a notice is delivered when it is written."""

from __future__ import annotations

from collections.abc import Iterable

from communication.models import Delivery, Notice
from communication.states import Channel, DeliveryStatus


def place(notices: Iterable[Notice]) -> None:
    """Note that the people among the recipients have the notice in their list; mailboxes have none."""
    Delivery.objects.bulk_create(
        Delivery(notice=notice, channel=Channel.PORTAL, status=DeliveryStatus.SENT)
        for notice in notices
        if notice.recipient_id is not None
    )
