"""The page names just those who are then told, and says who must be told otherwise."""

from datetime import timedelta

import pytest

from agreements.models import Membership
from agreements.permissions import Capacity, Role
from agreements.rights import today
from agreements.selectors.circle import circle_of
from agreements.workflow.group import role_group
from agreements.workflow.revision import submit_matter
from tests.communication.conftest import told
from tests.factories import World, answered, make_user, submit
from tests.factories.agreements import seat_in


def without_account(world: World, role: Role, name: str) -> Membership:
    group = world.agreement.governing_groups.get(kind="preparatory" if role == Role.PREPARATORY else "steering")
    return Membership.objects.create(
        role_group=role_group(world.agreement, role, group), name=name, party=world.polis, starts_on=today()
    )


@pytest.mark.parametrize("is_prepared", [True, False])
@pytest.mark.parametrize("number", ["1", "3a", "4"])
def test_those_who_were_named_are_told_and_nobody_else(world: World, number: str, is_prepared: bool) -> None:
    world.agreement.is_prepared = is_prepared
    world.agreement.save()
    annex = world.annexes[number]
    annex.refresh_from_db()
    world.annexes[number] = annex
    without_account(world, Role.PREPARATORY, "Polisens beredare")
    named = [one.name for one in circle_of([annex], by=world.coordinator).told]

    submit(world, number)

    assert sorted(named) == sorted(told())
    assert "Samordnare polis" in named
    assert ("Bo" in named) is (number == "3a")
    assert ("Anna" in named) is not is_prepared


def test_those_of_a_matter_are_named_once(world: World) -> None:
    annexes = [world.picture, world.plan, world.communication]
    named = [one.name for one in circle_of(annexes, by=world.coordinator).told]

    submit_matter([answered(annex) for annex in annexes], title="Våren", by=world.coordinator)

    assert sorted(named) == sorted(told())
    assert {"Bo", "Kommunikator"} < set(named)


def test_those_without_an_account_are_told_otherwise(world: World) -> None:
    without_account(world, Role.PREPARATORY, "Polisens beredare")
    world.preparer.is_active = False
    world.preparer.save()

    circle = circle_of([world.picture], by=world.coordinator)

    assert {str(member) for member in circle.without_account} == {"Polisens beredare", "Beredare kommun"}
    assert not {"Polisens beredare", "Beredare kommun"} & {one.name for one in circle.told}


def test_a_party_that_nobody_can_act_for_is_named(world: World) -> None:
    assert circle_of([world.picture], by=world.coordinator).lacks == []

    Membership.objects.filter(user=world.police_preparer).update(user=None, name="Utan konto")
    Membership.objects.filter(user=world.anna).update(ends_on=today() - timedelta(days=365))
    preparing, deciding = circle_of([world.picture], by=world.coordinator).lacks

    assert preparing.startswith(f"{world.polis} har ingen med konto i beredningsgruppen")
    assert deciding.startswith(f"{world.kommun} har ingen annan beslutfattare")


def test_the_one_who_sends_does_not_decide(world: World) -> None:
    both = make_user("Både och")
    seat_in(world.agreement, Role.COORDINATOR, both, world.kommun)
    Membership.objects.filter(user=world.anna).delete()
    seat_in(world.agreement, Role.STEERING, both, world.kommun, Capacity.DECISION_MAKER)

    assert len(circle_of([world.picture], by=both).lacks) == 1
    assert circle_of([world.picture], by=world.coordinator).lacks == []


def test_an_empty_group_is_told_of_as_such(world: World) -> None:
    Membership.objects.filter(role_group__role=Role.PREPARATORY).delete()

    assert circle_of([world.picture], by=world.coordinator).is_empty
