"""Plumbing for all tests, and the cast that most of them play with. Other fixtures of the trade stand in the conftest
of their own folder."""

import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from tests.plumbing import database
from tests.plumbing.browser import browser_context_args, browser_type_launch_args
from tests.plumbing.database import django_db_setup
from tests.plumbing.log import log
from tests.plumbing.real import pytest_runtest_makereport, real
from tests.plumbing.stage import on_stage, set_up_first, stage, world

__all__ = [
    "browser_context_args",
    "browser_type_launch_args",
    "django_db_setup",
    "log",
    "on_stage",
    "pytest_runtest_makereport",
    "real",
    "stage",
    "world",
]

# Playwright keeps an event loop in the test's thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# How long an example takes, and how quickly one is found, says something of the machine and nothing of the property.
settings.register_profile("samverkan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samverkan")

BEFORE_MIDNIGHT = 150  # seconds


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Nothing begins on one Swedish day and ends on the next: what was made "today" would be yesterday's."""
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    left = 24 * 3600 - (now.hour * 3600 + now.minute * 60 + now.second)
    if left < BEFORE_MIDNIGHT:
        time.sleep(left + 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    set_up_first(items)


def pytest_configure(config: pytest.Config) -> None:
    database.take_slot()
    expect.set_options(timeout=30_000)  # a slow machine is no fault of the page
    DatabaseOperations.sql_flush = database.flush_in_spite_of_triggers  # type: ignore[method-assign,assignment]
