"""The readable history: what one person did in one go is one line."""

from datetime import timedelta

from django.utils import timezone

from agreements.models import Contact, Participant
from agreements.selectors.history import Event, agreement_history
from agreements.workflow.contact import remove_contact, save_contact
from samverkan.accounts.models import User
from tests.factories import World
from tests.factories.agreements import make_organisation

FUNCTIONS = ("Kommunpolis", "Trygghetssamordnare", "Kommunikatör")


def add(world: World, function: str, by: User) -> Contact:
    return save_contact(Contact(agreement=world.agreement, party=world.kommun, function=function), by=by)


def lines(world: World) -> list[Event]:
    """The events about contacts, newest first."""
    return [event for event in agreement_history(world.agreement, world.coordinator) if "ontakt" in str(event.what)]


def test_what_one_person_adds_in_one_go_is_one_line_with_each_row_in_it(world: World) -> None:
    for function in FUNCTIONS:
        add(world, function, world.coordinator)

    (line,) = lines(world)

    assert line.what == "Kontakter har lagts till: 3"
    assert line.who == str(world.coordinator)
    assert line.rows == list(FUNCTIONS)


def test_rows_of_two_kinds_that_come_in_turns_are_two_lines(world: World) -> None:
    add(world, "Kommunpolis", world.coordinator)
    Participant.objects.create(agreement=world.agreement, organisation=make_organisation())
    add(world, "Kommunikatör", world.coordinator)

    assert [line.rows for line in lines(world)] == [["Kommunpolis", "Kommunikatör"]]


def test_one_row_is_named_in_its_line(world: World) -> None:
    add(world, "Kommunpolis", world.coordinator)

    (line,) = lines(world)

    assert line.what == "Kontakt har lagts till: Kommunpolis"
    assert line.rows == []


def test_another_person_another_act_or_a_later_time_is_another_line(world: World) -> None:
    first = add(world, "Kommunpolis", world.coordinator)
    hour_ago = timezone.now() - timedelta(hours=1)
    Contact.history.filter(id=first.pk).update(history_date=hour_ago)
    second = add(world, "Trygghetssamordnare", world.coordinator)
    add(world, "Kommunikatör", world.police_coordinator)
    remove_contact(second, by=world.coordinator)

    assert [line.what for line in lines(world)] == [
        "Kontakt har tagits bort: Trygghetssamordnare",
        "Kontakt har lagts till: Kommunikatör",
        "Kontakt har lagts till: Trygghetssamordnare",
        "Kontakt har lagts till: Kommunpolis",
    ]
