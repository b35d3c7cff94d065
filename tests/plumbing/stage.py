"""The whole cast made once for each worker, since nearly every test begins with it and it takes three hundred queries.

It stands committed in a database of its own. A test plays there inside a transaction that is taken back, with a copy
of the objects that it may change. A test that commits has the ordinary database, and makes a cast of its own.
"""

import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from agreements.rights import today
from tests.factories import World, make_world
from tests.plumbing.database import SLOT, connected, copy_database, drop_database, template_name, use_database

COMMITTING = {"transactional_db", "live_server"}


@dataclass
class Stage:
    """``database`` holds the cast of ``day``, whose objects are ``cast``; one day's is yesterday's after midnight."""

    database: str
    day: date | None = None
    cast: bytes = b""


@pytest.fixture(scope="session")
def stage(django_db_setup: None) -> Iterator[Stage]:
    stage = Stage(f"test_stage_{os.environ[SLOT]}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    yield stage
    with connected() as postgres:
        drop_database(postgres, stage.database)


@pytest.fixture
def on_stage(stage: Stage, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database with the cast in it; set up before the test's transaction begins (``set_up_first``)."""
    before = str(connection.settings_dict["NAME"])
    if stage.day != today():
        _furnish(stage, django_db_blocker)
    use_database(stage.database)
    yield
    use_database(before)


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> World:
    """One agreement with the whole cast; nothing has been told yet."""
    if _commits(request.node):
        return make_world()
    cast: World = pickle.loads(request.getfixturevalue("stage").cast)
    return cast


def set_up_first(items: list[pytest.Item]) -> None:
    """The database is chosen before pytest-django begins the test's transaction in it."""
    for item in items:
        if isinstance(item, pytest.Function) and "world" in item.fixturenames and not _commits(item):
            item.fixturenames.insert(0, "on_stage")


def _commits(item: pytest.Function) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not COMMITTING.isdisjoint(item.fixturenames)


def _furnish(stage: Stage, blocker: DjangoDbBlocker) -> None:
    with connected() as postgres, blocker.unblock():
        drop_database(postgres, stage.database)
        copy_database(postgres, template_name(), stage.database)
        before = str(connection.settings_dict["NAME"])
        use_database(stage.database)
        with transaction.atomic():
            stage.cast = pickle.dumps(make_world())
        stage.day = today()
        use_database(before)
