from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from agreements.models import Contact
from agreements.models.contact import display_phone, normalise_phone
from agreements.models.organisation import validate_org_number
from tests.factories import World

NOBODYS, GROUPED = 6 * "0", " ".join(3 * ["00"])
"""In area 011, whose numbers begin as some short ones do; no subscriber's number begins with 0."""


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("08-465 004 00", "+46846500400", "08-465 004 00"),
        ("08 465 00 400", "+46846500400", "08-465 004 00"),
        ("070-1740605", "+46701740605", "070-174 06 05"),
        ("0701740605", "+46701740605", "070-174 06 05"),
        ("+46 70 174 06 05", "+46701740605", "070-174 06 05"),
        ("112", "112", "112"),
        ("11414", "11414", "114 14"),
        ("114 14", "11414", "114 14"),
        ("113 13", "11313", "113 13"),
        ("1177", "1177", "1177"),
        ("116 111", "116111", "116 111"),
        ("116000", "116000", "116 000"),
        ("116 016", "116016", "116 016"),
        ("116 117", "116117", "116 117"),
        ("116-123", "116123", "116 123"),
        ("118 118", "118118", "118 118"),
        ("0771-414 400", "+46771414400", "0771-414 400"),
        (f"011-{NOBODYS}", f"+4611{NOBODYS}", f"011-{GROUPED}"),
        (f"+46 11 {GROUPED}", f"+4611{NOBODYS}", f"011-{GROUPED}"),
    ],
)
def test_phones_are_stored_normalised_and_shown_grouped(written: str, stored: str, shown: str) -> None:
    assert normalise_phone(written) == stored
    assert display_phone(stored) == shown


def test_short_numbers_that_were_kept_with_the_countrys_code_are_put_right(world: World) -> None:
    kept = ["+46116111", "+4611414", "+461177", f"+4611{NOBODYS}", "+46846500400", "116000"]
    for number in kept:
        Contact.objects.create(agreement=world.agreement, function=number, phone=number, mobile=number)

    with connection.cursor() as cursor:
        for statement, values in import_module("agreements.migrations.0013_short_numbers_are_short").MEND:
            cursor.execute(statement, values)

    mended = ["116111", "11414", "1177", f"+4611{NOBODYS}", "+46846500400", "116000"]
    found = {row.function: (row.phone, row.mobile) for row in Contact.objects.all()}
    assert found == {was: (becomes, becomes) for was, becomes in zip(kept, mended, strict=True)}


@pytest.mark.parametrize("task", ["is_spokesperson", "is_contact_person"])
def test_a_service_is_no_person_in_the_database_either(world: World, task: str) -> None:
    made = Contact.objects.create(agreement=world.agreement, function="Larm", phone="112", is_service=True)
    made.is_spokesperson = True
    assert made.tasks == [], "as its older rows in the history may say"
    with pytest.raises(IntegrityError, match="contact_service_is_no_person"):
        Contact.objects.filter(pk=made.pk).update(**{task: True})


def test_services_that_were_kept_as_persons_are_put_right(world: World) -> None:
    migration = import_module("agreements.migrations.0025_contacts_say_what_they_are_for")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE agreements_contact DROP CONSTRAINT contact_service_is_no_person")
        for function, is_service in (("Larm", True), ("Kommunpolis", False)):
            Contact.objects.create(
                agreement=world.agreement, function=function, is_service=is_service, is_spokesperson=True,
                is_contact_person=True,
            )  # fmt: skip
        cursor.execute(migration.SERVICES)
    assert {row.function: row.tasks for row in Contact.objects.all()} == {
        "Larm": [],
        "Kommunpolis": ["talesperson", "kontaktperson"],
    }


@pytest.mark.parametrize("written", ["", "ring mig", "12", "08-46"])
def test_what_is_no_phone_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValidationError, match="08-465 004 00"):
        normalise_phone(written)


@pytest.mark.parametrize("number", ["219900-1179", "209900-3317"])
def test_a_right_organisation_number_is_taken(number: str) -> None:
    validate_org_number(number)


@pytest.mark.parametrize("number", ["219900-1178", "2199001179", "190101-1239", "219900-117", "abc"])
def test_an_organisation_number_with_a_wrong_check_digit_or_form_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        validate_org_number(number)
