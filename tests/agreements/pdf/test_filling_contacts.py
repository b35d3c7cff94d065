"""The printed sheet of contacts: what each is for, and services in a list of their own."""

import pytest

from agreements.models import Contact
from agreements.pdf.filling import imprint_as_it_was
from agreements.pdf.filling_contacts import contact_sheet
from agreements.rights import today
from agreements.selectors.as_it_was import as_it_was
from tests.factories import World

pytestmark = pytest.mark.django_db


def lists(world: World) -> list[tuple[str, list[str]]]:
    then = as_it_was(world.agreement, today())
    printed = contact_sheet(then, imprint_as_it_was(then))
    return [(party.name, [row.function for row in party.contacts]) for party in printed.parties] if printed else []


def test_contacts_say_what_they_are_for_and_services_stand_last_whoever_has_them(world: World) -> None:
    for facts in (
        {"function": "Polisens nummer", "party": world.polis, "is_service": True, "phone": "11414"},
        {"function": "Kommunpolis", "party": world.polis, "is_spokesperson": True, "is_contact_person": True},
        {"function": "Nödnummer", "is_service": True, "phone": "112"},
        {"function": "Grannsamverkan", "is_contact_person": True},
        {"function": "Kommundirektör", "party": world.kommun, "is_acting": True},
    ):
        Contact.objects.create(agreement=world.agreement, **facts)

    assert lists(world) == [
        (str(world.kommun), ["Tf kommundirektör"]),
        (str(world.polis), ["Kommunpolis, talesperson, kontaktperson"]),
        ("Övriga", ["Grannsamverkan, kontaktperson"]),
        ("Gemensamma nummer", ["Polisens nummer", "Nödnummer"]),
    ]


def test_a_register_of_services_alone_is_a_sheet_and_an_empty_one_is_none(world: World) -> None:
    assert lists(world) == []
    Contact.objects.create(agreement=world.agreement, function="Nödnummer", is_service=True, phone="112")
    assert lists(world) == [("Gemensamma nummer", ["Nödnummer"])]
