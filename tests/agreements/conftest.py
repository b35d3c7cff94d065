import pytest

from tests.factories import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """One agreement with the whole cast."""
    return make_world()
