"""The tests' own plumbing: rows do not stay from one test to the next, and nothing reaches the network."""

import os
import socket
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection
from pytest_socket import SocketConnectBlockedError

from samverkan.accounts.models import User
from tests.plumbing.database import SLOT


@pytest.fixture
def nobody_deletes_users(transactional_db: None) -> Iterator[None]:
    """A trigger like those that keep decisions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'kept'; END $$;"
            "CREATE TRIGGER keep BEFORE DELETE ON accounts_user FOR EACH ROW EXECUTE FUNCTION keep();"
        )
        yield
        cursor.execute("DROP TRIGGER keep ON accounts_user; DROP FUNCTION keep();")


def test_tables_are_emptied_although_a_trigger_keeps_their_rows(nobody_deletes_users: None) -> None:
    user = User.objects.create_user("anna@example.se")
    with pytest.raises(ProgrammingError, match="kept"):
        user.delete()

    call_command("flush", interactive=False, verbosity=0)

    assert not User.objects.exists()


def test_triggers_hold_again_after_the_emptying(nobody_deletes_users: None) -> None:
    call_command("flush", interactive=False, verbosity=0)
    user = User.objects.create_user("anna@example.se")

    with pytest.raises(ProgrammingError, match="kept"):
        user.delete()


@pytest.mark.django_db
def test_each_worker_of_each_run_has_a_database_of_its_own() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (f"test_samverkan_{os.environ[SLOT]}_{worker}",)


def test_who_does_not_ask_for_the_database_gets_none(django_db_setup: None) -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.create_user("anna@example.se")


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_talks_with_another_machine() -> None:
    with socket.socket() as talk, pytest.raises(SocketConnectBlockedError):
        talk.connect(("192.0.2.1", 80))
