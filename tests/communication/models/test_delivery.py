import pytest
from django.db import IntegrityError, transaction

from communication.models import Delivery
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
        Delivery.objects.filter(pk=letter.pk).update(**facts)


def test_one_letter_at_a_time_is_under_way_for_a_notice(world: World) -> None:
    submit(world)
    letter = Delivery.objects.filter(channel=Channel.MAIL).first()
    assert letter is not None

    with pytest.raises(IntegrityError, match="one_letter_under_way_per_notice"), transaction.atomic():
        Delivery.objects.create(notice=letter.notice, channel=Channel.MAIL, address=letter.address)
