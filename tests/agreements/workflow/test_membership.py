"""Somebody sits in a group once for a party, on each day."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from agreements.models import Membership
from agreements.permissions import Capacity, Role
from agreements.rights import today
from agreements.workflow.group import role_group
from agreements.workflow.membership import end_membership, join
from samverkan.verdict import TransitionRefused
from tests.agreements.workflow.test_group import _join
from tests.factories import World, as_


def test_the_same_click_twice_lets_somebody_in_once(world: World) -> None:
    first = _join(world, Role.READER, world.kommun)

    assert _join(world, Role.READER, world.kommun) == first
    assert (world.nils.memberships.count(), first.history.count()) == (1, 1)
    end_membership(first, by=world.coordinator)
    assert not Membership.objects.on(today()).filter(user=world.nils).exists()


@pytest.mark.parametrize("facts", [{"capacity": Capacity.DECISION_MAKER}, {"starts_on": today() + timedelta(days=9)}])
def test_nobody_sits_twice_in_a_group_for_the_same_party(world: World, facts: dict[str, object]) -> None:
    _join(world, Role.STEERING, world.kommun)

    with pytest.raises(TransitionRefused) as refusal:
        _join(world, Role.STEERING, world.kommun, **facts)

    assert "Nils hör redan till" in str(refusal.value.verdict.reason)
    assert world.nils.memberships.count() == 1


def test_who_sits_until_a_day_becomes_something_else_from_the_next(world: World) -> None:
    first = _join(world, Role.STEERING, world.kommun, ends_on=today())
    _join(world, Role.STEERING, world.kommun, starts_on=today() + timedelta(days=1), capacity=Capacity.DECISION_MAKER)

    with pytest.raises(TransitionRefused):
        end_membership(first, by=world.coordinator, ends_on=today() + timedelta(days=1))


def test_two_of_one_name_without_accounts_are_one_when_all_is_the_same(world: World) -> None:
    group = role_group(world.agreement, Role.WORKING_GROUP, world.working_group)
    for organisation in (None, None, world.kommun.organisation):
        join(group, by=world.coordinator, name="Rektorn", organisation=organisation)

    assert group.memberships.filter(name="Rektorn").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_clicks_let_somebody_in_once(world: World) -> None:
    role_group(world.agreement, Role.READER)
    barrier = Barrier(2)

    def click() -> None:
        barrier.wait(timeout=20)
        try:
            _join(world, Role.READER, world.kommun)
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert world.nils.memberships.count() == 1


def test_the_pages_second_click_is_as_good_as_the_first(world: World) -> None:
    """And another role meanwhile is told, field and sentence kept."""
    url = reverse("agreements:membership_create", args=[world.agreement.slug])
    facts = {
        "place": "role:reader", "email": world.nils.email, "party": world.kommun.pk, "capacity": Capacity.ORDINARY,
        "starts_on": today().isoformat(),
    }  # fmt: skip

    assert [as_(world.coordinator).post(url, facts).status_code for _ in range(2)] == [302, 302]
    other = as_(world.coordinator).post(url, facts | {"capacity": Capacity.SUBSTITUTE})

    assert (other.status_code, world.nils.memberships.count()) == (422, 1)
    assert "hör redan till" in other.content.decode()
