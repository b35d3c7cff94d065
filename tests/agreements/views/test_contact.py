"""Contacts: changed and taken away by those who may, live and outside every decision."""

import pytest

from agreements.models import Contact
from tests.agreements.views.group_pages import address
from tests.factories import World, as_, make_organisation


def test_the_contact_sheet_is_offered_when_there_is_somebody_to_print(world: World) -> None:
    sheet = address(world, "contacts_print")
    assert sheet not in as_(world.coordinator).get(address(world, "group_detail")).content.decode()

    Contact.objects.create(agreement=world.agreement, party=world.polis, function="Kommunpolis")

    assert sheet in as_(world.coordinator).get(address(world, "group_detail")).content.decode()
    assert as_(world.coordinator).get(sheet).status_code == 200


def test_what_a_contact_is_for_is_said_and_services_stand_last(world: World) -> None:
    for facts in (
        {"function": "Polisens nummer", "party": world.polis, "is_service": True, "phone": "11414", "position": 1},
        {"function": "Kommunpolis", "party": world.polis, "is_spokesperson": True, "is_contact_person": True},
        {"function": "Polischef", "party": world.polis, "position": 3},
    ):
        Contact.objects.create(agreement=world.agreement, **facts)
    page = as_(world.coordinator).get(address(world, "group_detail")).content.decode().partition('id="kontakter"')[2]
    assert page.count("talesperson, kontaktperson") == 1
    places = [page.index(word) for word in ("Kommunpolis", "kontaktperson", "Polischef", "Gemensamma nummer", "114 14")]
    assert places == sorted(places)


def test_a_contact_is_taken_away_after_a_question(world: World) -> None:
    contact = Contact.objects.create(agreement=world.agreement, party=world.polis, function="Kommunpolis")
    url = address(world, "contact_remove", contact.pk)
    assert url in as_(world.communicator).get(address(world, "contact_edit", contact.pk)).content.decode()
    assert "Kommunpolis" in as_(world.communicator).get(url).content.decode()
    assert as_(world.anna).post(url).status_code == 403
    assert Contact.objects.exists()

    assert as_(world.communicator).post(url).status_code == 302

    assert not Contact.objects.exists()
    assert Contact.history.filter(function="Kommunpolis", history_type="-").exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"is_acting": "on", "is_deputy": "on", "phone": "112"}, "is_deputy"),
        ({}, "phone"),
        ({"phone": "112", "is_service": "on", "is_spokesperson": "on"}, "is_service"),
        ({"phone": "112", "is_service": "on", "is_contact_person": "on"}, "is_service"),
        ({"phone": "112", "starts_on": "2026-03-01", "ends_on": "2026-02-01"}, "ends_on"),
    ],
)
def test_a_contact_that_says_nothing_or_too_much_is_told(world: World, facts: dict[str, str], field: str) -> None:
    data = {"function": "Kommunpolis", "position": 1} | facts
    response = as_(world.coordinator).post(address(world, "contact_create"), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Contact.objects.exists()


def test_who_acts_for_another_is_named_so_and_from_where(world: World) -> None:
    Contact.objects.create(
        agreement=world.agreement, function="Rektor", is_acting=True, phone="112",
        organisation=make_organisation("Utbildningsförvaltningen"),
    )  # fmt: skip
    page = as_(world.coordinator).get(address(world, "group_detail")).content.decode()
    assert "Tf rektor" in page
    assert "Utbildningsförvaltningen" in page
