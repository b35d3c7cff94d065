"""The disk or the database has failed: told apart from faults of ours, by errors that the servers really give."""

import errno
import os

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection

from samverkan.accounts.models import User
from samverkan.failures import is_database_away, is_out_of_room


def raised_by_postgres(sqlstate: str) -> DatabaseError:
    """The error that a view meets when the server answers with ``sqlstate``."""
    code = f"DO $$ BEGIN RAISE EXCEPTION 'en hemlighet' USING ERRCODE = '{sqlstate}'; END $$"
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute(code)
    return caught.value


def test_a_full_disk_of_ours() -> None:
    with pytest.raises(OSError, match="No space") as caught, open("/dev/full", "wb", buffering=0) as full:
        full.write(b"x")

    assert is_out_of_room(caught.value)
    assert not is_database_away(caught.value)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ECONNRESET])
def test_other_faults_of_files_are_no_lack_of_room(number: int) -> None:
    assert not is_out_of_room(OSError(number, os.strerror(number)))


@pytest.mark.django_db
def test_a_full_disk_of_the_databases() -> None:
    error = raised_by_postgres("53100")

    assert isinstance(error.__cause__, psycopg.errors.DiskFull)
    assert is_out_of_room(error)


@pytest.mark.django_db
@pytest.mark.parametrize("sqlstate", ["57P01", "57P02", "57P03", "53300", "08006"])
def test_a_database_that_stops_starts_or_has_too_many_guests_is_away(sqlstate: str) -> None:
    error = raised_by_postgres(sqlstate)

    assert is_database_away(error)
    assert not is_out_of_room(error)


def test_a_database_that_is_not_there_is_away() -> None:
    parameters = connection.get_connection_params() | {"host": "127.0.0.1", "port": 1}
    with pytest.raises(DatabaseError) as caught, connection.wrap_database_errors:
        connection.get_new_connection(parameters)

    assert is_database_away(caught.value)


@pytest.mark.django_db
@pytest.mark.parametrize("sqlstate", ["40P01", "57014", "55P03", "42P01", "P0001"])
def test_a_deadlock_or_a_fault_of_ours_is_neither(sqlstate: str) -> None:
    error = raised_by_postgres(sqlstate)

    assert not is_database_away(error)
    assert not is_out_of_room(error)


@pytest.mark.django_db
def test_a_broken_rule_is_neither() -> None:
    User.objects.create_user("anna@example.se", "hemligt-losenord")
    with pytest.raises(IntegrityError) as caught:
        User.objects.create_user("anna@example.se", "hemligt-losenord")

    assert not is_database_away(caught.value)
    assert not is_out_of_room(caught.value)
