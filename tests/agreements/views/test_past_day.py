"""The page of an agreement on a day that has passed: what it was called, who its parties were, by which numbers."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.pdf.filling import printed_agreement
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.states import AnnexKind, ProposalStatus
from agreements.workflow.signing import open_manifest
from tests.factories import (
    World,
    as_,
    decided_before,
    end,
    make_agreement,
    make_organisation,
    make_user,
    make_world,
    proposal_at,
    submit,
)
from tests.factories.agreements import make_annex, seat_in
from tests.factories.history import known_since, moment, written

DAY = timedelta(days=1)
CHANGED = timedelta(days=10)


@pytest.fixture
def changed(world: World) -> World:
    """In force since a month; ten days ago title, number, name and overarching agreement's title were changed."""
    world.agreement.parent = world.other
    world.other.level = "overarching"
    world.other.save()
    world.agreement.save()
    decided_before(world, "1", today() - 30 * DAY)
    world.agreement.participants.create(organisation=make_organisation("Bostadsbolaget"))
    known_since(today() - 40 * DAY)
    at = moment(today() - CHANGED)
    written(world.agreement, at, title="Ny titel")
    written(world.kommun, at, registry_number="KS 2031/9", defined_term="Staden")
    written(world.polis.organisation, at, name="Lokalpolisområde Nytt")
    written(world.agreement.participants.get().organisation, at, name="Hyresbolaget")
    written(world.other, at, title="Ny övergripande")
    return world


def page(world: World, day: date) -> str:
    return str(as_(world.reader).get(f"{world.agreement.get_absolute_url()}?den={day}").content.decode())


NEW = (
    "<h1>Ny titel</h1>",
    "<title>Ny titel",
    "KS 2031/9",
    "Staden",
    "Lokalpolisområde Nytt",
    "Hyresbolaget",
    "Ny övergripande",
)


def test_the_page_of_a_past_day_has_the_names_and_numbers_of_that_day(changed: World) -> None:
    before, after = (page(changed, today() - CHANGED - days) for days in (DAY, 0 * DAY))

    assert [word for word in NEW if word in before] == []
    assert [word for word in NEW if word not in after] == []
    assert "Bostadsbolaget" in before
    assert "Bostadsbolaget" not in after


def test_a_past_day_knows_no_later_decision_and_nothing_that_is_due(world: World) -> None:
    world.agreement.review_months = 1
    world.agreement.save()
    first = decided_before(world, "1", today() - 60 * DAY)
    later = decided_before(world, "1", today() - 20 * DAY)
    decisions = {day: page(world, today() - day * DAY) for day in (0, 19, 20, 21)}

    assert {day: later.get_absolute_url() in text for day, text in decisions.items()} == {
        0: True, 19: True, 20: True, 21: False,
    }  # fmt: skip
    assert all(f'"{first.get_absolute_url()}"' in text for text in decisions.values())
    assert {day: "Nästa datum" in text for day, text in decisions.items()} == {
        0: True, 19: False, 20: False, 21: False,
    }  # fmt: skip


def test_an_annex_of_a_past_day_tells_nothing_of_today(world: World) -> None:
    world.agreement.review_months = 1
    world.agreement.save()
    decided_before(world, "1", today() - 60 * DAY)
    end(world, "4", today() + DAY)
    submit(world)
    client, address = as_(world.coordinator), world.picture.get_absolute_url()
    of_today = ("är på väg", "Det skulle ha gjorts", "/redigera/")

    now = client.get(address).content.decode()
    then = client.get(address, {"den": (today() - CHANGED).isoformat()}).content.decode()
    assert [words for words in of_today if words not in now] == []
    assert [words for words in of_today if words in then] == []

    ending = world.communication.get_absolute_url()
    assert "Bilagan upphör" in client.get(ending).content.decode()
    assert "Bilagan upphör" not in client.get(ending, {"den": (today() - CHANGED).isoformat()}).content.decode()


def test_page_and_print_of_a_past_day_say_the_same(changed: World) -> None:
    for day in (today() - CHANGED - DAY, today() - CHANGED, today()):
        response = as_(changed.reader).get(changed.agreement.get_absolute_url(), {"den": day.isoformat()})
        printed = printed_agreement(changed.agreement, day)
        assert printed is not None
        assert response.context["then"].title == printed.title
        assert [(name, party.registry_number) for party, name in response.context["parties"]] == [
            (party.name, party.registry_number) for party in printed.imprint.parties
        ]


def test_an_annex_of_a_past_day_stands_under_the_title_of_that_day(changed: World) -> None:
    address = changed.picture.get_absolute_url()

    before, after = (
        as_(changed.reader).get(address, {"den": (today() - CHANGED - days).isoformat()}).content.decode()
        for days in (DAY, 0 * DAY)
    )

    assert "Ny titel" not in before
    assert "Ny titel" in after


def test_a_day_on_which_nothing_was_in_force_is_not_printed_from_todays_drafts(changed: World) -> None:
    client, url = as_(changed.coordinator), reverse("agreements:agreement_print", args=[changed.agreement.slug])
    before, first = today() - 31 * DAY, today() - 30 * DAY

    for day, status in ((before, 404), (first, 200)):
        assert client.get(url, {"den": day.isoformat()}).status_code == status
        page = client.get(changed.agreement.get_absolute_url(), {"den": day.isoformat()}).content.decode()
        assert (url in page) is (status == 200)


def test_a_past_day_knows_no_draft_nothing_on_its_way_and_no_signing(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    submit(world)
    waiting = proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    client, address = as_(world.coordinator), world.agreement.get_absolute_url()
    of_today = ("Texter väntar på underskrift", "Bilaga 3a", "Bilaga 4", waiting.get_absolute_url(), "Exportera")

    now = client.get(address).content.decode()
    then = client.get(address, {"den": (today() - DAY).isoformat()})

    assert [words for words in of_today if words not in now] == []
    assert [words for words in of_today if words in then.content.decode()] == []
    assert [row.annex.number for row in then.context["rows"]] == ["1"]

    open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    assert "En underskrift pågår" in client.get(address).content.decode()
    for day in (today() - DAY, today() + DAY):
        assert "En underskrift pågår" not in client.get(address, {"den": day.isoformat()}).content.decode()


def test_a_past_day_knows_no_last_day_that_was_said_afterwards(world: World) -> None:
    end(world, "4", today() + DAY)
    client, address = as_(world.reader), world.agreement.get_absolute_url()

    said = {
        days: "Upphör" in client.get(address, {"den": (today() + days * DAY).isoformat()}).content.decode()
        for days in (-1, 0, 1)
    }

    assert said == {-1: False, 0: True, 1: True}


def test_a_past_day_knows_no_agreement_that_came_later(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    later = make_agreement(title="Den nya", predecessor=world.agreement)
    seat_in(later, Role.READER, world.reader, later.parties.first())
    world.polis.organisation.successor = make_organisation("Polisområde Senare")
    world.polis.organisation.save()
    forget(world.reader)
    client, address = as_(world.reader), world.agreement.get_absolute_url()
    of_today = ("Den nya", "Polisområde Senare")

    now = client.get(address).content.decode()
    then = client.get(address, {"den": (today() - DAY).isoformat()}).content.decode()

    assert [words for words in of_today if words not in now] == []
    assert [words for words in of_today if words in then] == []


def test_the_groups_of_a_past_day_are_those_who_were_in_them(world: World) -> None:
    steering = world.agreement.governing_groups.get(kind="steering")
    steering.next_meeting_on = today() + DAY
    steering.save()
    steering.seats.create(function="Skolchef", has_mandate=True)
    world.agreement.governing_groups.create(kind="working", name="Kajgruppen", starts_on=today())
    seat_in(world.agreement, Role.STEERING, make_user("Sen Ledamot"), world.kommun, starts_on=today())
    world.member.is_active = False
    world.member.save()
    client, address = as_(world.coordinator), world.agreement.get_absolute_url()
    of_today = ("Skolchef", "Kajgruppen", "Sen Ledamot", "Nästa möte", "kontot är stängt")

    now = client.get(address).content.decode()
    then = client.get(address, {"den": (today() - DAY).isoformat()}).content.decode()

    assert [words for words in of_today if words not in now] == []
    assert [words for words in of_today if words in then] == []
    for person in (world.anna, world.member):
        assert str(person) in then


def test_what_annex_5_follows_is_called_what_it_was_called_that_day(world: World) -> None:
    above = make_world(level="overarching", title="Det gamla namnet", fixing_rules={"agreement_text": "decision"})
    decided_before(above, "0", today() - 30 * DAY)
    make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    world.agreement.parent = above.agreement
    world.agreement.save()
    known_since(today() - 40 * DAY)
    written(above.agreement, moment(today() - CHANGED), title="Det nya namnet")

    assert "Följer Det nya namnet" in page(world, today())
    assert "Följer Det gamla namnet" in page(world, today() - CHANGED - DAY)


def test_an_annex_of_a_past_day_is_called_what_its_text_was_called(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    world.picture.title = "Ett nytt namn"
    world.picture.save()
    client, address = as_(world.reader), world.picture.get_absolute_url()

    assert "Ett nytt namn" in client.get(address).content.decode()
    assert "Ett nytt namn" not in client.get(address, {"den": (today() - DAY).isoformat()}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_past_day_costs_the_same_however_many_take_part(
    world: World, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    for at in range(number):
        world.agreement.participants.create(organisation=make_organisation(f"Bolag {at}"), position=at + 1)
    known_since(today() - 40 * DAY)
    client: Client = as_(world.reader)
    address = f"{world.agreement.get_absolute_url()}?den={today() - CHANGED}"
    assert f"Bolag {number - 1}" in client.get(address).content.decode()

    with django_assert_num_queries(26):
        client.get(address)
