import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Proposal
from agreements.permissions import Role
from agreements.rights import forget, holdings, today
from agreements.selectors.worklist import worklist
from agreements.workflow.comment import comment_on
from communication.models import Acknowledgement, Delivery, Notice
from communication.selectors.work import letters_that_failed
from communication.states import Channel, DeliveryStatus, Failure
from communication.workflow.notice import mark_read
from tests.factories import World, as_, end, entered_last_day, make_user, make_world, submit
from tests.factories.agreements import seat_in


@pytest.fixture
def proposal(world: World) -> Proposal:
    return submit(world)


QUERIES = 13
"""Of the agreement's page of who has been told."""


def of(world: World) -> str:
    """The address of who has been told in the agreement."""
    return f"/overenskommelser/{world.agreement.slug}/meddelanden/"


def uncertain(world: World) -> Delivery:
    letter = Delivery.objects.get(channel=Channel.MAIL, notice__recipient=world.preparer)
    return went(letter, DeliveryStatus.UNCERTAIN, Failure.STOPPED)


def went(letter: Delivery, status: DeliveryStatus, failure: str = "") -> Delivery:
    for at, why in ((DeliveryStatus.SENDING, ""), (status, failure)):
        Delivery.objects.filter(pk=letter.pk).update(status=at, failure=why)
    return letter


def test_a_coordinator_sees_who_was_told_and_how_it_went(world: World, proposal: Proposal) -> None:
    uncertain(world)
    mark_read(Notice.objects.get(recipient=world.police_preparer), by=world.police_preparer)
    page = as_(world.coordinator).get(f"/forslag/{proposal.pk}/meddelanden/").content.decode()

    for name in ("Beredare kommun", "Beredare polis", "Samordnare polis"):
        assert name in page
    assert page.count("Osäkert") == 1
    assert "Programmet stannade medan brevet lämnades över." in page
    assert page.count("Läst<") == 1
    assert page.count("Skicka igen") == 1


@pytest.mark.parametrize(
    ("who", "status"), [("anna", 403), ("preparer", 403), ("bo", 403), ("cia", 404), ("nils", 404)]
)
def test_who_neither_coordinates_nor_keeps_records_does_not_see_who_was_told(
    world: World, proposal: Proposal, who: str, status: int
) -> None:
    client = as_(getattr(world, who))
    assert client.get(f"/forslag/{proposal.pk}/meddelanden/").status_code == status
    assert client.get(of(world)).status_code == status
    assert client.post(f"{of(world)}sedda/", {}).status_code == status


def test_a_registrar_sees_it_and_sends_nothing(world: World, proposal: Proposal) -> None:
    letter, client = uncertain(world), as_(world.registrar)
    for address in (f"/forslag/{proposal.pk}/meddelanden/", of(world)):
        page = client.get(address).content.decode()
        assert "Osäkert" in page
        assert "Skicka igen" not in page
        assert "Jag har sett dem" not in page
    assert client.post(f"/meddelanden/utskick/{letter.pk}/igen/").status_code == 403
    assert client.post(f"{of(world)}sedda/", {"utskick": letter.pk}).status_code == 403
    assert not Acknowledgement.objects.exists()


def test_an_uncertain_letter_is_sent_again_by_a_button(world: World, proposal: Proposal) -> None:
    letter = uncertain(world)
    address = f"/meddelanden/utskick/{letter.pk}/igen/"
    client = as_(world.coordinator)

    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/forslag/{proposal.pk}/meddelanden/")
    assert Delivery.objects.filter(notice=letter.notice, requested_by=world.coordinator).count() == 1
    assert client.post(address).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("cia", 404), ("nils", 404)])
def test_nobody_else_sends_again(world: World, proposal: Proposal, who: str, status: int) -> None:
    letter = uncertain(world)

    assert as_(getattr(world, who)).post(f"/meddelanden/utskick/{letter.pk}/igen/").status_code == status
    assert Delivery.objects.filter(notice=letter.notice, channel=Channel.MAIL).count() == 1


def test_the_number_of_queries_does_not_grow_with_the_recipients(world: World, proposal: Proposal) -> None:
    for number in range(8):
        seat_in(world.agreement, Role.PREPARATORY, make_user(f"Beredare {number}"), world.kommun)
    larger = submit(world, "4")
    client = as_(world.coordinator)
    client.get(f"/forslag/{proposal.pk}/meddelanden/")

    counts = []
    for one in (proposal, larger):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/forslag/{one.pk}/meddelanden/").status_code == 200
        counts.append(len(queries))
    assert [Notice.objects.filter(proposal=one).count() for one in (proposal, larger)] == [3, 12]
    assert counts[0] == counts[1]


def failed_letter(world: World) -> Delivery:
    """The letter to the police's coordinator about the end of the agreement did not go."""
    entered_last_day(world, today())
    letter = Delivery.objects.get(
        channel=Channel.MAIL, notice__recipient=world.police_coordinator, notice__event="ending_entered"
    )
    return went(letter, DeliveryStatus.FAILED, Failure.ADDRESS_REFUSED)


def rows_about_letters(world: World, who: str) -> list[str]:
    return [str(item.what) for item in worklist(getattr(world, who)) if "meddelanden/?visa=misslyckade" in item.url]


def test_a_letter_about_no_version_that_failed_waits_for_the_coordinators(world: World) -> None:
    letter, client = failed_letter(world), as_(world.coordinator)
    for who in ("coordinator", "police_coordinator"):
        assert rows_about_letters(world, who) == ["Ett brev gick inte fram"]
    for who in ("registrar", "anna", "cia", "nils"):
        assert rows_about_letters(world, who) == []

    page = client.get(f"{of(world)}?visa=misslyckade")
    assert [notice for telling in page.context["tellings"] for notice in telling.notices] == [letter.notice]
    assert "E-postservern tog inte emot adressen." in page.content.decode()
    assert client.get(f"{of(world)}sedda/").status_code == 405
    client.get(of(world))
    assert rows_about_letters(world, "coordinator"), "to look is not to say that one has seen it"

    assert client.post(f"{of(world)}sedda/", {"utskick": [letter.pk, "x", "99999999"]}).status_code == 302

    seen = Acknowledgement.objects.get()
    assert (seen.delivery, seen.seen_by) == (letter, world.coordinator)
    for who in ("coordinator", "police_coordinator"):
        assert rows_about_letters(world, who) == []
    assert "Sett av Samordnare kommun" in client.get(of(world)).content.decode()
    client.post(f"{of(world)}sedda/", {"utskick": letter.pk})
    assert Acknowledgement.objects.count() == 1


def test_what_was_sent_again_or_was_not_to_be_told_waits_for_nobody(world: World) -> None:
    letter, client = failed_letter(world), as_(world.coordinator)
    answer = client.post(f"/meddelanden/utskick/{letter.pk}/igen/", {"next": of(world)})
    assert answer["Location"] == of(world)
    assert rows_about_letters(world, "coordinator") == []

    later = letter.notice.deliveries.latest("pk")
    went(later, DeliveryStatus.FAILED, Failure.NO_LONGER_ENTITLED)
    assert rows_about_letters(world, "coordinator") == []


def test_it_is_sent_again_from_the_agreements_own_page(world: World) -> None:
    letter, client = failed_letter(world), as_(world.coordinator)
    for wanted in ("", "https://example.com/", "//example.com/"):
        answer = client.post(f"/meddelanden/utskick/{letter.pk}/igen/", {"next": wanted})
        assert answer["Location"] == of(world)
        letter = went(letter.notice.deliveries.latest("pk"), DeliveryStatus.FAILED, Failure.ADDRESS_REFUSED)


def test_another_agreements_letters_are_not_seen_to(world: World) -> None:
    letter, other = failed_letter(world), make_world()

    as_(other.coordinator).post(f"{of(other)}sedda/", {"utskick": letter.pk})

    assert not Acknowledgement.objects.exists()
    assert rows_about_letters(other, "coordinator") == []


def test_what_is_said_in_one_partys_own_room_is_not_told_the_other(world: World) -> None:
    world.plan.draft_party = world.polis
    world.plan.save()
    comment_on(world.plan, text="Hemligt?", by=world.bo)
    notices = Notice.objects.filter(event="comment")
    assert {notice.recipient for notice in notices} >= {world.police_coordinator}

    assert world.plan.title not in as_(world.coordinator).get(of(world)).content.decode()
    assert world.plan.title in as_(world.police_coordinator).get(of(world)).content.decode()


def test_pages_lead_there_for_those_who_may(world: World) -> None:
    proposal = submit(world, "4")
    ending = end(world, "3a", today()).endings.get()
    history = f"{world.agreement.get_absolute_url()}historik/"
    decision = ending.decision
    assert decision is not None
    version = f"/forslag/{decision.revision.proposal.pk}/meddelanden/"
    for address, wanted in (
        (world.agreement.get_absolute_url(), of(world)),
        (history, of(world)),
        (ending.get_absolute_url(), of(world)),
        (decision.get_absolute_url(), version),
        (proposal.get_absolute_url(), f"/forslag/{proposal.pk}/meddelanden/"),
    ):
        for who, is_led in (("coordinator", True), ("registrar", True), ("anna", False), ("preparer", False)):
            assert (wanted in as_(getattr(world, who)).get(address).content.decode()) == is_led, (address, who)


@pytest.mark.parametrize("number", [1, 3])
def test_the_agreements_page_and_the_worklist_ask_as_much_of_many_letters(world: World, number: int) -> None:
    for text in ("1", "3a", "4")[:number]:
        submit(world, text)
    for letter in Delivery.objects.filter(channel=Channel.MAIL):
        went(letter, DeliveryStatus.FAILED, Failure.ADDRESS_REFUSED)
    client = as_(world.coordinator)
    client.get(of(world))

    with CaptureQueriesContext(connection) as queries:
        assert client.get(of(world)).status_code == 200
    assert len(queries) == QUERIES
    forget(world.coordinator)
    holdings(world.coordinator)
    with CaptureQueriesContext(connection) as queries:
        assert len(letters_that_failed(world.coordinator)) == 1
    assert len(queries) == 2
