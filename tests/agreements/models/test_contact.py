from importlib import import_module

import pytest
from django.db import IntegrityError, connection

from agreements.models import Contact
from tests.factories import World

NOBODYS = 6 * "0"
"""In area 011, whose numbers begin as some short ones do; no subscriber's number begins with 0."""


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
