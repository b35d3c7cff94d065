import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Proposal
from agreements.permissions import Role
from communication.models import Delivery, Notice
from communication.states import Channel, DeliveryStatus, Failure
from communication.workflow.notice import mark_read
from tests.factories import World, make_user, submit
from tests.factories.agreements import seat_in


@pytest.fixture
def proposal(world: World) -> Proposal:
    return submit(world)


def as_(world: World, who: str) -> Client:
    client = Client()
    client.force_login(getattr(world, who))
    return client


def uncertain(world: World) -> Delivery:
    letter = Delivery.objects.get(channel=Channel.MAIL, notice__recipient=world.preparer)
    for status, failure in ((DeliveryStatus.SENDING, ""), (DeliveryStatus.UNCERTAIN, Failure.STOPPED)):
        Delivery.objects.filter(pk=letter.pk).update(status=status, failure=failure)
    return letter


def test_a_coordinator_sees_who_was_told_and_how_it_went(world: World, proposal: Proposal) -> None:
    uncertain(world)
    mark_read(Notice.objects.get(recipient=world.police_preparer), by=world.police_preparer)
    page = as_(world, "coordinator").get(f"/forslag/{proposal.pk}/meddelanden/").content.decode()

    for name in ("Beredare kommun", "Beredare polis", "Samordnare polis"):
        assert name in page
    assert page.count("Osäkert") == 1
    assert "Programmet stannade medan brevet lämnades över." in page
    assert page.count("Läst<") == 1
    assert page.count("Skicka igen") == 1


@pytest.mark.parametrize(
    ("who", "status"), [("anna", 403), ("preparer", 403), ("bo", 403), ("cia", 404), ("nils", 404)]
)
def test_others_do_not(world: World, proposal: Proposal, who: str, status: int) -> None:
    assert as_(world, who).get(f"/forslag/{proposal.pk}/meddelanden/").status_code == status


def test_an_uncertain_letter_is_sent_again_by_a_button(world: World, proposal: Proposal) -> None:
    letter = uncertain(world)
    address = f"/meddelanden/utskick/{letter.pk}/igen/"
    client = as_(world, "coordinator")

    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/forslag/{proposal.pk}/meddelanden/")
    assert Delivery.objects.filter(notice=letter.notice, requested_by=world.coordinator).count() == 1
    assert client.post(address).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("cia", 404), ("nils", 404)])
def test_nobody_else_sends_again(world: World, proposal: Proposal, who: str, status: int) -> None:
    letter = uncertain(world)

    assert as_(world, who).post(f"/meddelanden/utskick/{letter.pk}/igen/").status_code == status
    assert Delivery.objects.filter(notice=letter.notice, channel=Channel.MAIL).count() == 1


def test_the_number_of_queries_does_not_grow_with_the_recipients(world: World, proposal: Proposal) -> None:
    for number in range(8):
        seat_in(world.agreement, Role.PREPARATORY, make_user(f"Beredare {number}"), world.kommun)
    larger = submit(world, "4")
    client = as_(world, "coordinator")
    client.get(f"/forslag/{proposal.pk}/meddelanden/")

    counts = []
    for one in (proposal, larger):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/forslag/{one.pk}/meddelanden/").status_code == 200
        counts.append(len(queries))
    assert [Notice.objects.filter(proposal=one).count() for one in (proposal, larger)] == [3, 12]
    assert counts[0] == counts[1]
