"""Plumbing for all tests: a database server of their own, one database per worker, no talk with the network."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_socket import disable_socket, enable_socket

from samverkan import embedded_postgres

SLOT = "SAMVERKAN_TEST_SLOT"  # tells runs that go on at the same time apart; workers inherit their run's
_slot_lock: int | None = None


def pytest_configure(config: pytest.Config) -> None:
    if SLOT not in os.environ:
        os.environ[SLOT] = str(_take_slot(Path(settings.VAR)))


def _take_slot(var: Path) -> int:
    """The lowest number that no other test run holds; held until this process ends."""
    global _slot_lock  # noqa: PLW0603 -- held open by the process
    var.mkdir(parents=True, exist_ok=True)
    for number in range(50):
        handle = os.open(var / f"slot-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
        else:
            _slot_lock = handle
            return number
    raise pytest.UsageError("Fifty test runs are going on here at the same time; end some.")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start or join the tests' server, and name the database after the run and the worker."""
    if settings.EMBEDDED_POSTGRES:
        embedded_postgres.join(settings.EMBEDDED_POSTGRES, unsafe_but_fast=True)
    test = settings.DATABASES["default"].setdefault("TEST", {})
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    test["NAME"] = f"test_samverkan_{os.environ[SLOT]}_{worker}"


@pytest.fixture(autouse=True)
def _only_this_machine() -> Iterator[None]:
    """Refuse every socket but those to this machine, so that no test depends on the network."""
    yield
