import pytest
from django.db import IntegrityError, connection, transaction

from communication.models import Acknowledgement, Delivery, Notice, Reading
from communication.states import Channel, DeliveryStatus, Failure
from tests.factories import World, submit


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"address": ""}, "mail_has_an_address_and_the_portal_none"),
        ({"status": DeliveryStatus.FAILED}, "delivery_says_why_it_failed"),
        ({"status": DeliveryStatus.SENT, "failure": Failure.STOPPED}, "delivery_says_why_it_failed"),
        ({"status": "lost"}, "delivery_"),
    ],
)
def test_the_database_refuses_a_delivery_that_cannot_be(
    world: World, facts: dict[str, object], constraint: str
) -> None:
    submit(world)
    letter = Delivery.objects.filter(channel=Channel.MAIL).first()
    assert letter is not None

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Delivery.objects.create(
            **({"notice": letter.notice, "channel": Channel.MAIL, "address": letter.address} | facts)
        )


def test_one_letter_at_a_time_is_under_way_for_a_notice(world: World) -> None:
    submit(world)
    letter = Delivery.objects.filter(channel=Channel.MAIL).first()
    assert letter is not None

    with pytest.raises(IntegrityError, match="one_letter_under_way_per_notice"), transaction.atomic():
        Delivery.objects.create(notice=letter.notice, channel=Channel.MAIL, address=letter.address)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE communication_delivery SET address = 'x@example.se' WHERE channel = 'mail'",
        "UPDATE communication_delivery SET status = 'uncertain', failure = 'stopped' WHERE channel = 'mail'",
        "UPDATE communication_delivery SET at = now() WHERE channel = 'portal'",
        "DELETE FROM communication_delivery",
        "TRUNCATE communication_delivery CASCADE",
    ],
)
def test_how_a_notice_was_delivered_stays(world: World, statement: str) -> None:
    submit(world)
    assert Delivery.objects.filter(channel="mail").exists()

    with pytest.raises(IntegrityError, match="only goes on|are kept"), transaction.atomic():
        _run(statement)


@pytest.mark.parametrize("act", ["UPDATE {} SET read_at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_that_a_notice_was_read_stays(world: World, act: str) -> None:
    submit(world)
    Reading.objects.create(notice=Notice.objects.filter(recipient__isnull=False)[0])

    with pytest.raises(IntegrityError, match="are kept"), transaction.atomic():
        _run(act.format("communication_reading"))


@pytest.mark.parametrize("act", ["UPDATE {} SET seen_at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_that_a_failed_letter_was_seen_stays_and_is_of_one_that_failed(world: World, act: str) -> None:
    submit(world)
    letter = Delivery.objects.filter(channel="mail")[0]
    with pytest.raises(IntegrityError, match="has not failed"), transaction.atomic():
        Acknowledgement.objects.create(delivery=letter, seen_by=world.coordinator)
    Delivery.objects.filter(pk=letter.pk).update(status="failed", failure="address_refused")
    Acknowledgement.objects.create(delivery=letter, seen_by=world.coordinator)

    with pytest.raises(IntegrityError, match="are kept"), transaction.atomic():
        _run(act.format("communication_acknowledgement"))


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
