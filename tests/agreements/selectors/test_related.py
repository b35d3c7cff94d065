"""What stands around an agreement: nobody is told of one that is not theirs to see."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.models import Agreement
from agreements.permissions import Role
from agreements.rights import forget
from agreements.selectors.related import related_to
from samverkan.accounts.models import User
from tests.factories import World, as_, make_agreement, make_organisation
from tests.factories.agreements import seat_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def around(world: World) -> dict[str, Agreement]:
    """An agreement above, one before, two after, and one beside."""
    made = {
        "above": make_agreement(title="Övergripande", level=Agreement.Level.OVERARCHING),
        "before": make_agreement(title="Den gamla"),
        "later": make_agreement(title="Ärlig ny", predecessor=world.agreement),
        "after": make_agreement(title="Åter ny", predecessor=world.agreement),
    }
    world.agreement.parent, world.agreement.predecessor = made["above"], made["before"]
    world.agreement.save()
    return made | {"beside": make_agreement(title="Grannen", parent=made["above"])}


def let_in(user: User, *agreements: Agreement) -> None:
    for agreement in agreements:
        seat_in(agreement, Role.READER, user, agreement.parties.first())
    forget(user)


def page(world: World, user: User, agreement: Agreement | None = None) -> str:
    return as_(user).get((agreement or world.agreement).get_absolute_url()).content.decode()


def test_what_one_may_not_see_is_neither_linked_nor_named(world: World, around: dict[str, Agreement]) -> None:
    found = related_to(world.agreement, world.reader)
    assert (found.parent, found.predecessor, found.successors, found.children) == (None, None, [], [])
    shown = page(world, world.reader)
    assert "Övergripande" in shown, "the name of the agreement above stands in the text itself"
    hidden = [around["above"].get_absolute_url(), "Den gamla", "Åter ny", "Ärlig ny", "Ersätter", "Ersätts"]
    assert [word for word in hidden if word in shown] == []


def test_what_one_may_see_is_linked_in_swedish_order(world: World, around: dict[str, Agreement]) -> None:
    let_in(world.reader, around["above"], around["before"], around["later"], around["after"])
    found = related_to(world.agreement, world.reader)
    assert (found.parent, found.predecessor) == (around["above"], around["before"])
    assert found.successors == [around["after"], around["later"]]
    shown = page(world, world.reader)
    for name in ("above", "before", "after", "later"):
        assert f'<a href="{around[name].get_absolute_url()}">{around[name].title}</a>' in shown
    assert shown.index("Ersätter:") < shown.index("Ersätts av:")


def test_an_overarching_agreement_names_those_under_it_that_one_may_see(
    world: World, around: dict[str, Agreement]
) -> None:
    let_in(world.reader, around["above"])
    assert related_to(around["above"], world.reader).children == [world.agreement]
    shown = page(world, world.reader, around["above"])
    assert f'<a href="{world.agreement.get_absolute_url()}">' in shown
    assert "Grannen" not in shown


def test_organisations_that_were_taken_over_say_by_whom_and_those_that_took_over_from_whom(world: World) -> None:
    new = make_organisation("Järnboda stadsdelsförvaltning")
    first, second = world.kommun.organisation, world.polis.organisation
    first.successor = new
    first.save()
    make_organisation("Gamla polismästardistriktet", successor=second)
    world.agreement.participants.create(organisation=make_organisation("Bostadsbolaget"))
    assert related_to(world.agreement, world.reader).succession == [second, first]
    shown = " ".join(page(world, world.reader).split())
    assert f"{first}: efterträdd av Järnboda stadsdelsförvaltning." in shown
    assert f"{second}: efterträder Gamla polismästardistriktet." in shown
    assert "Bostadsbolaget:" not in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    world: World, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(number):
        let_in(world.reader, make_agreement(predecessor=world.agreement))
        world.agreement.participants.create(organisation=make_organisation(successor=world.polis.organisation))
    related_to(world.agreement, world.reader)
    with django_assert_num_queries(3):
        assert len(related_to(world.agreement, world.reader).successors) == number


def test_what_recurs_is_said_by_the_agreements_own_intervals(world: World) -> None:
    shown = page(world, world.reader)
    assert "minst 2 per år" in shown
    assert "med högst 3 månader emellan" in shown
    assert "med högst 4 månader emellan" in shown

    world.agreement.steering_meetings_per_year, world.agreement.communication_meeting_months = 0, 1
    world.agreement.save()
    shown = page(world, world.reader)
    assert "Styrgruppens möten" not in shown
    assert "varje månad" in shown
