"""What an agreement, its parties and its contacts were on a day that has passed."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.models import Agreement, Contact, Decision, Participant
from agreements.rights import today
from agreements.selectors.as_it_was import AsItWas, agreement_on, as_it_was, contacts_of, participants_of
from tests.factories import World, decided_before, make_organisation
from tests.factories.history import deleted, known_since, moment, without_history, written

DAY = timedelta(days=1)


def told(then: AsItWas) -> tuple[str, list[tuple[str, str]]]:
    """The title, and each party's name and registry number."""
    return then.agreement.title, [(p.organisation.name_on(then.day), p.registry_number) for p in then.parties]


def change_all(world: World, at: object) -> None:
    """Another title, another number, another name."""
    written(world.agreement, at, title="Ny titel")  # type: ignore[arg-type]
    written(world.kommun, at, registry_number="KS 2031/9")  # type: ignore[arg-type]
    written(world.polis.organisation, at, name="Lokalpolisområde Nytt")  # type: ignore[arg-type]


@pytest.mark.parametrize(("hour", "minute", "is_new"), [(23, 59, True), (24, 0, False)])
def test_what_is_written_before_swedish_midnight_belongs_to_the_day(
    world: World, hour: int, minute: int, is_new: bool
) -> None:
    known_since(today() - 30 * DAY)
    day = today() - 10 * DAY
    before = told(as_it_was(world.agreement, day))
    change_all(world, moment(day, hour, minute) if hour < 24 else moment(day + DAY, 0))

    found = told(as_it_was(world.agreement, day))

    after = ("Ny titel", [(before[1][0][0], "KS 2031/9"), ("Lokalpolisområde Nytt", before[1][1][1])])
    assert before != after
    assert found == (after if is_new else before)
    assert told(as_it_was(world.agreement, day - DAY)) == before
    assert told(as_it_was(world.agreement, today())) == after


def test_of_two_changes_at_one_moment_the_last_holds(world: World) -> None:
    known_since(today() - 30 * DAY)
    at = moment(today() - 10 * DAY)
    for number in ("KS 2031/8", "KS 2031/9"):
        written(world.kommun, at, registry_number=number)

    kommun, _polis = as_it_was(world.agreement, today() - 9 * DAY).parties

    assert kommun.registry_number == "KS 2031/9"


def test_names_with_periods_of_their_own_hold_on_their_days(world: World) -> None:
    known_since(today() - 30 * DAY)
    organisation = world.polis.organisation
    organisation.names.create(name="Lokalpolisområde Förr", valid_to=today() - 10 * DAY)

    earlier, later = (
        as_it_was(world.agreement, day).parties[1].organisation.name_on(day)
        for day in (today() - 10 * DAY, today() - 9 * DAY)
    )

    assert (earlier, later) == ("Lokalpolisområde Förr", organisation.name)


def test_who_came_later_or_has_left_is_there_on_their_own_days_only(world: World) -> None:
    known_since(today() - 30 * DAY)
    early, late = today() - 20 * DAY, today() - 10 * DAY
    guest = Participant(agreement=world.agreement, organisation=make_organisation("Bostadsbolaget"))
    written(guest, moment(early))
    leaving, coming = (
        Contact(agreement=world.agreement, party=world.polis, function=function)
        for function in ("Områdespolis", "Kommunpolis")
    )
    written(leaving, moment(early))
    deleted(leaving, moment(late))
    deleted(guest, moment(late))
    written(coming, moment(late))

    def there(day: object) -> tuple[list[str], list[str]]:
        then = as_it_was(world.agreement, day)  # type: ignore[arg-type]
        return [c.function for c in contacts_of(then)], [str(p.organisation) for p in participants_of(then)]

    assert there(early - DAY) == ([], [])
    assert there(late - DAY) == (["Områdespolis"], ["Bostadsbolaget"])
    assert there(late) == there(today()) == (["Kommunpolis"], [])


def test_a_contact_holds_on_its_own_days_whenever_it_was_written(world: World) -> None:
    contact = Contact(agreement=world.agreement, function="Kommunpolis")
    day = today() - 10 * DAY
    written(contact, moment(today() - 30 * DAY), starts_on=day, ends_on=day)
    known_since(today() - 30 * DAY)

    held = [len(contacts_of(as_it_was(world.agreement, when))) for when in (day - DAY, day, day + DAY)]

    assert held == [0, 1, 0]


def test_a_text_registered_afterwards_has_what_was_known_when_it_was_registered(world: World) -> None:
    known_since(today() - 30 * DAY)
    written(world.kommun, moment(today() - 20 * DAY), registry_number="KS 2020/1")
    decision = decided_before(world, "1", today() - 90 * DAY)  # written today
    decision.written_at = moment(today() - 10 * DAY)
    written(world.kommun, moment(today() - 5 * DAY), registry_number="KS 2031/9")

    def number(day: object, *decisions: Decision) -> str:
        return as_it_was(world.agreement, day, decisions).parties[0].registry_number  # type: ignore[arg-type]

    assert number(today() - 90 * DAY, decision) == "KS 2020/1"
    assert number(today() - 25 * DAY, decision) == "KS 2020/1"
    assert number(today() - 5 * DAY, decision) == "KS 2031/9"


def test_before_the_portal_knew_the_agreement_holds_what_it_knew_on_its_first_day(world: World) -> None:
    day = today() - 30 * DAY
    known_since(day)
    written(world.agreement, moment(day, 15), title="Titeln vid dagens slut")
    change_all(world, moment(day + DAY))

    title, parties = told(as_it_was(world.agreement, day - 365 * DAY))

    assert title == "Titeln vid dagens slut"
    assert "KS 2031/9" not in dict(parties).values()
    assert len(parties) == 2


def test_parties_that_came_after_the_agreement_are_known_by_their_first_rows(world: World) -> None:
    day = today() - 30 * DAY
    known_since(day + 5 * DAY)
    known_since(day, (Agreement,))
    before = world.kommun.registry_number
    change_all(world, moment(day + 6 * DAY))

    kommun, _polis = as_it_was(world.agreement, day).parties

    assert kommun.registry_number == before


def test_rows_without_a_history_are_as_they_are(world: World) -> None:
    without_history(Agreement)

    assert told(as_it_was(world.agreement, today() - DAY)) == told(as_it_was(world.agreement, today()))


def test_the_last_day_is_what_was_said_of_it_until_it_comes(world: World) -> None:
    known_since(today() - 30 * DAY)
    last = today() - 5 * DAY
    written(world.agreement, moment(today() - 2 * DAY), ends_on=last)

    said = [agreement_on(world.agreement, day).ends_on for day in (last - DAY, last, today())]

    assert said == [None, last, last]


def test_an_agreement_that_was_prolonged_afterwards_does_not_end_before_the_day(world: World) -> None:
    known_since(today() - 30 * DAY)
    written(world.agreement, moment(today() - 20 * DAY), ends_on=today() - 10 * DAY)
    written(world.agreement, moment(today() - 2 * DAY), ends_on=None)

    said = [agreement_on(world.agreement, day).ends_on for day in (today() - 10 * DAY, today() - 9 * DAY)]

    assert said == [today() - 10 * DAY, None]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("days", "queries"), [(0, 4), (9, 8)])
def test_the_number_of_queries_does_not_grow(
    world: World, number: int, days: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(number):
        organisation = make_organisation(f"Bolag {at}")
        world.agreement.contacts.create(party=world.polis, organisation=organisation, function=f"Funktion {at}")
    known_since(today() - 30 * DAY)

    with django_assert_num_queries(queries):
        assert len(contacts_of(as_it_was(world.agreement, today() - days * DAY))) == number
