"""A letter that failed or is uncertain is sent again when a coordinator says so, and only then."""

import pytest

from communication.delivery.mail import deliver
from communication.models import Delivery
from communication.states import Channel, DeliveryStatus, Failure
from communication.workflow.delivery import send_again
from samverkan.verdict import TransitionRefused
from tests.factories import World, submit


@pytest.fixture
def uncertain(world: World) -> Delivery:
    submit(world)
    letter = Delivery.objects.get(channel=Channel.MAIL, notice__recipient=world.preparer)
    for status, failure in ((DeliveryStatus.SENDING, ""), (DeliveryStatus.UNCERTAIN, Failure.STOPPED)):
        Delivery.objects.filter(pk=letter.pk).update(status=status, failure=failure)
    return letter


def test_it_is_sent_again_as_a_delivery_of_its_own(uncertain: Delivery, world: World, mailoutbox: list[object]) -> None:
    again = send_again(uncertain, by=world.police_coordinator)
    deliver(again.pk)

    uncertain.refresh_from_db()
    again.refresh_from_db()
    assert (uncertain.status, uncertain.requested_by) == (DeliveryStatus.UNCERTAIN, None)
    assert (again.status, again.requested_by) == (DeliveryStatus.SENT, world.police_coordinator)
    assert (again.notice, again.address) == (uncertain.notice, uncertain.address)
    assert len(mailoutbox) == 1


def test_it_is_refused_the_second_time(uncertain: Delivery, world: World) -> None:
    send_again(uncertain, by=world.coordinator)

    with pytest.raises(TransitionRefused) as refusal:
        send_again(uncertain, by=world.police_coordinator)
    assert refusal.value.verdict.code == "already_repeated"


@pytest.mark.parametrize("way", [(), (DeliveryStatus.SENDING,), (DeliveryStatus.SENDING, DeliveryStatus.SENT)])
def test_it_is_refused_while_there_is_nothing_to_repeat(world: World, way: tuple[DeliveryStatus, ...]) -> None:
    submit(world)
    letter = Delivery.objects.get(channel=Channel.MAIL, notice__recipient=world.preparer)
    for status in way:
        Delivery.objects.filter(pk=letter.pk).update(status=status)

    with pytest.raises(TransitionRefused) as refusal:
        send_again(letter, by=world.coordinator)
    assert refusal.value.verdict.code == "nothing_to_repeat"


@pytest.mark.parametrize("who", ["anna", "bo", "cia", "nils", "preparer", "reader", "registrar"])
def test_only_coordinators_send_a_letter_again(uncertain: Delivery, world: World, who: str) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        send_again(uncertain, by=getattr(world, who))
    assert refusal.value.verdict.code == "not_coordinator"
    assert Delivery.objects.filter(notice=uncertain.notice, channel=Channel.MAIL).count() == 1
