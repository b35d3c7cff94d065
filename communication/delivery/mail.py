"""Letters: title, date and address, and never a word of the text.

A delivery is SENDING, and that is committed, before the mail server is spoken to. So whatever happens then, a
worker killed in the middle of it included, leaves a row that says so; nothing is lost, and nothing goes twice
unless a person wants it to.
"""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from agreements.policies.agreement import visible_agreements
from communication.models import Delivery
from communication.states import MOVES, Channel, DeliveryStatus, Failure

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
"""With the waits of communication.tasks, the better part of a working day."""


class NotSentYet(Exception):  # it asks for another try
    """The mail server could not take the letter now; the job shall be tried again."""


@dataclass(frozen=True)
class Outcome:
    """What became of handing a letter over; a ``failure`` says why it did not go, or may not have gone."""

    status: DeliveryStatus
    failure: Failure | None = None


def deliver(delivery_id: int) -> None:
    """Send the letter of one delivery, together with the others of its transaction to the same address.

    Does nothing for a delivery that is no longer waiting, so it may be called any number of times. The caller
    sees to it that no two calls for one address run at the same time (the lock of delivery.queue).
    Raises NotSentYet when it should be tried again later.
    """
    batch, letter = _take(delivery_id)
    if letter is None:
        return
    outcome = _hand_over(letter)
    again = outcome.status == DeliveryStatus.PENDING
    if again and batch[0].attempts >= MAX_ATTEMPTS:
        outcome, again = Outcome(DeliveryStatus.FAILED, outcome.failure), False
    _record(batch, outcome)
    if again:
        raise NotSentYet(outcome.failure)


@transaction.atomic(durable=True)
def _take(delivery_id: int) -> tuple[list[Delivery], EmailMessage | None]:
    """Mark the delivery, and those that travel with it, as SENDING; write the letter. Committed on return."""
    own = Delivery.objects.select_for_update(of=("self",)).select_related("notice__recipient").get(pk=delivery_id)
    if own.status == DeliveryStatus.SENDING:
        # Nobody else works for this address now, so whoever began has been stopped half-way.
        _record([own], Outcome(DeliveryStatus.UNCERTAIN, Failure.STOPPED))
        return [], None
    if own.status != DeliveryStatus.PENDING:
        return [], None
    batch = [own, *_travelling_with(own)]
    entitled = [delivery for delivery in batch if _is_entitled(delivery)]
    if gone := [delivery for delivery in batch if delivery not in entitled]:
        _record(gone, Outcome(DeliveryStatus.FAILED, Failure.NO_LONGER_ENTITLED))
    if not entitled:
        return [], None
    letter = compose(entitled)
    for delivery in entitled:
        delivery.attempts += 1
        delivery.status, delivery.failure, delivery.at = DeliveryStatus.SENDING, "", timezone.now()
    Delivery.objects.bulk_update(entitled, ["attempts", "status", "failure", "at"])
    return entitled, letter


def _travelling_with(own: Delivery) -> list[Delivery]:
    """The other letters to the same address from the same transaction: five annexes decided at once are one."""
    return list(
        Delivery.objects.select_for_update(of=("self",))
        .select_related("notice__recipient")
        .filter(
            address__iexact=own.address,
            notice__created_at=own.notice.created_at,
            channel=Channel.MAIL,
            status=DeliveryStatus.PENDING,
        )
        .exclude(pk=own.pk)
        .order_by("pk")
    )


def _is_entitled(delivery: Delivery) -> bool:
    """Whether the recipient may still know; a mailbox may, a person whose last day has passed may not."""
    user = delivery.notice.recipient
    if user is None:
        return True
    return user.is_active and visible_agreements(user).filter(pk=delivery.notice.agreement_id).exists()


def compose(batch: list[Delivery]) -> EmailMessage:
    """The letter with the titles, dates and addresses of ``batch``, in Swedish, in plain text.

    Its Message-ID is made of the first notice's number, so that a letter sent again is known as the same.
    Raises ValueError for what cannot stand in a letter's head.
    """
    notices = [delivery.notice for delivery in batch]
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("emails/notice.txt", {"notices": notices, "base_url": settings.BASE_URL}).strip()
        subject = " ".join(notices[0].title.split())
        if len(notices) > 1:
            subject = translation.ngettext(
                "%(title)s, and %(count)d more notice", "%(title)s, and %(count)d more notices", len(notices) - 1
            ) % {"title": subject, "count": len(notices) - 1}
    host = settings.BASE_URL.partition("//")[2].partition(":")[0].partition("/")[0]
    letter = EmailMessage(
        subject,
        body,
        settings.DEFAULT_FROM_EMAIL,
        [batch[0].address],
        headers={"Message-ID": f"<notice-{notices[0].pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    letter.message()
    return letter


def _hand_over(letter: EmailMessage) -> Outcome:
    """Speak to the mail server, and judge what it said. What breaks before the letter is certain, after it is not."""
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError):
        connection.close()
        return Outcome(DeliveryStatus.PENDING, Failure.NO_CONNECTION)
    try:
        connection.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _reason in refusal.recipients.values()]
        return _refused(max(codes, default=550), Failure.ADDRESS_REFUSED)
    except smtplib.SMTPResponseException as refusal:
        return _refused(refusal.smtp_code, Failure.LETTER_REFUSED)
    except (smtplib.SMTPException, OSError):
        return Outcome(DeliveryStatus.UNCERTAIN, Failure.INTERRUPTED)
    finally:
        connection.close()
    return Outcome(DeliveryStatus.SENT)


def _refused(code: int, failure: Failure) -> Outcome:
    """4xx: try later; 5xx: for good (RFC 5321, 4.2.1)."""
    if 400 <= code < 500:
        return Outcome(DeliveryStatus.PENDING, Failure.TRY_LATER)
    return Outcome(DeliveryStatus.FAILED, failure)


def _record(batch: list[Delivery], outcome: Outcome) -> None:
    """Write down how it went, unless somebody has written meanwhile what this cannot follow (states.MOVES).
    Outside of a transaction it is committed on return."""
    before = [status for status, after in MOVES.items() if outcome.status in after]
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in batch], status__in=before).update(
        status=outcome.status, failure=outcome.failure or "", at=timezone.now()
    )
    if outcome.failure:
        for delivery in batch:
            log.warning("Delivery %s: %s, %s", delivery.pk, outcome.status, outcome.failure)
