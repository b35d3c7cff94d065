"""One browser in which people sign in by turns."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import World

SignIn = Callable[[str], Client]


@pytest.fixture
def as_(client: Client, world: World) -> SignIn:
    """Sign somebody of the cast in: ``as_("coordinator").get(…)``."""

    def sign_in(person: str) -> Client:
        client.force_login(getattr(world, person))
        return client

    return sign_in
