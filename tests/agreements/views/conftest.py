"""One browser in which people sign in by turns, and a seat."""

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.models import Membership, Seat
from tests.factories import World

SignIn = Callable[[str], Client]


@pytest.fixture
def as_(client: Client, world: World) -> SignIn:
    """Sign somebody of the cast in: ``as_("coordinator").get(…)``."""

    def sign_in(person: str) -> Client:
        client.force_login(getattr(world, person))
        return client

    return sign_in


@pytest.fixture
def seat(world: World) -> Seat:
    """Anna's in the steering group, for the municipality."""
    group = world.agreement.governing_groups.get(kind="steering")
    made = Seat.objects.create(group=group, function="Kommundirektör", party=world.kommun)
    Membership.objects.filter(user=world.anna).update(seat=made)
    return made
