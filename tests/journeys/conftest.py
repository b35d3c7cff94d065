"""Journeys through the loaded example, in real browsers, by people who are signed in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from agreements.models import Agreement
from tests.journeys.example import Copy, copied, in_folder, own_copy
from tests.journeys.people import People
from tests.plumbing.database import connected, use_database


@pytest.fixture(scope="session")
def example_source(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Copy]:
    folder = tmp_path_factory.mktemp("example") / "files"
    with connected() as postgres, own_copy(postgres, folder, django_db_blocker) as own:
        yield own


@pytest.fixture
def example(transactional_db: None, example_source: Copy, tmp_path: Path) -> Iterator[Agreement]:
    """The test works on a copy of the example; this is its fullest agreement."""
    before = str(connection.settings_dict["NAME"])
    copy = Copy(f"{example_source.name}_copy", tmp_path / "files")
    with (
        connected() as postgres,
        copied(postgres, example_source, copy),
        override_settings(STORAGES=in_folder(copy.files)),
    ):
        use_database(copy.name)
        yield Agreement.objects.get(slug="norrvik-centrum")
        connections.close_all()
        use_database(before)


@pytest.fixture
def people(browser: Browser, live_server: LiveServer, browser_context_args: dict[str, Any]) -> Iterator[People]:
    """``people("samordnare-kommun", width=390)`` gives a page of somebody who is signed in."""
    everybody = People(browser, live_server.url, browser_context_args)
    yield everybody
    everybody.leave()
