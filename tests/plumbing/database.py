"""The tests' databases: one server, one template per state of the migrations, a copy of it for each worker.

Migrating takes many seconds and is the same every time, so it is done once per set of migrations; a copy
takes a tenth of a second. Works on the embedded server and on any other that DATABASE_URL names, as long as
its user may create databases.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from samverkan import embedded_postgres

SLOT = "SAMVERKAN_TEST_SLOT"  # tells runs that go on at the same time apart; workers inherit their run's
LOCK = 5342169  # of the one who makes the template; any number of our own

SHAPES = ("migrations/*.py", "models/*.py", "models.py", "permissions.py")
"""Of our apps: what a migrated database depends on."""
WRITTEN_BY_MIGRATIONS = {"django_content_type", "auth_permission"}

_slot_lock: int | None = None


def take_slot() -> None:
    """Choose the lowest number that no other test run holds. It is held until this process ends."""
    global _slot_lock
    if SLOT in os.environ:
        return
    folder = Path(settings.VAR)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(50):
        handle = os.open(folder / f"slot-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
        else:
            _slot_lock = handle
            os.environ[SLOT] = str(number)
            return
    raise pytest.UsageError("Fifty test runs are going on here at the same time; end some.")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    if settings.EMBEDDED_POSTGRES:
        embedded_postgres.join(settings.EMBEDDED_POSTGRES, unsafe_but_fast=True)
    name = f"test_samverkan_{os.environ[SLOT]}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with connected() as postgres:
        with django_db_blocker.unblock():  # and no longer: a test that does not ask for the database gets none
            template = _make_template(postgres)
        drop_database(postgres, name)
        copy_database(postgres, template, name)
        use_database(name)
        yield
        connections.close_all()
        drop_database(postgres, name)


@contextmanager
def connected() -> Iterator[psycopg.Connection]:
    """A connection beside Django's, to the database that is there on every server."""
    parameters: dict[str, Any] = connection.get_connection_params() | {"dbname": "postgres"}
    for ours in ("cursor_factory", "context", "client_encoding", "prepare_threshold"):
        parameters.pop(ours, None)
    with psycopg.connect(**parameters, autocommit=True) as postgres:
        yield postgres


def _make_template(postgres: psycopg.Connection) -> str:
    """Migrate into a database named after the migrations, unless it is there already."""
    name = template_name()
    postgres.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        if not postgres.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            half_made = f"{name}_half_made"
            drop_database(postgres, half_made)
            postgres.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half_made)))
            use_database(half_made)
            call_command("migrate", interactive=False, verbosity=0)
            connections.close_all()
            postgres.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half_made), sql.Identifier(name))
            )
            _drop_older_templates(postgres, name)
    finally:
        postgres.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return name


def template_name() -> str:
    """The database as the migrations leave it."""
    return f"template_samverkan_{digest_of_migrations()}"


@cache
def digest_of_migrations() -> str:
    """Migrations, models (whose rights become rows) and the packages' versions, as this run found them."""
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256((root / "requirements" / "base.txt").read_bytes())
    for app in apps.get_app_configs():
        if root in Path(app.path).parents and ".venv" not in app.path:
            for path in sorted(path for where in SHAPES for path in Path(app.path).glob(where)):
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def copy_database(postgres: psycopg.Connection, template: str, name: str) -> None:
    """Only one may copy a template at a time, so the copying has the making's lock."""
    postgres.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        postgres.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    finally:
        postgres.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def drop_database(postgres: psycopg.Connection, name: str) -> None:
    postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_older_templates(postgres: psycopg.Connection, current: str) -> None:
    query = "SELECT datname FROM pg_database WHERE datname LIKE %s AND datname <> %s"
    for (name,) in postgres.execute(query, ["template_samverkan_%", current]).fetchall():
        drop_database(postgres, name)


def use_database(name: str) -> None:
    connections.close_all()
    for database in (settings.DATABASES["default"], connection.settings_dict):
        database["NAME"] = name


NOT_DJANGOS = (
    "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_jobs", "procrastinate_workers",
    "samverkan_cache",
)  # fmt: skip


def flush_in_spite_of_triggers(operations: DatabaseOperations, style: Any, tables: list[str], **_: Any) -> list[str]:
    """What empties the tables after a transactional test.

    Our triggers refuse to lose a decision, a test's leavings included: the owner of the tables switches them off
    for the moment. In the role of a replica the others, and foreign keys, are silent. DELETE on many small tables
    takes a tenth of TRUNCATE's time. What the migrations wrote stays as it is: rights and content types would come
    back under other keys, which caches remember. The tables of the jobs and of the cache, which
    Django does not manage, go too: a job that was left would be the next test's.
    """
    emptied = [operations.quote_name(table) for table in (*tables, *NOT_DJANGOS) if table not in WRITTEN_BY_MIGRATIONS]
    if not tables:
        return []
    return [
        _of_our_triggers("DISABLE TRIGGER"),
        "SET LOCAL session_replication_role = replica;",
        *(f"DELETE FROM {table};" for table in emptied),
        "SET LOCAL session_replication_role = DEFAULT;",
        _of_our_triggers("ENABLE ALWAYS TRIGGER"),
    ]


def _of_our_triggers(act: str) -> str:
    """SQL that does ``act`` to every trigger that guards the truths."""
    return f"""
        DO $$
        DECLARE
            found record;
        BEGIN
            FOR found IN
                SELECT t.tgrelid::regclass AS of_table, t.tgname AS name
                FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE NOT t.tgisinternal AND p.proname ~ '^(samverkan|communication)_'
            LOOP
                EXECUTE format('ALTER TABLE %s {act} %I', found.of_table, found.name);
            END LOOP;
        END $$;
    """
