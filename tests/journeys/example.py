"""The loaded example as a database to copy: loading takes eight seconds, a copy a few tenths of one.

The template is made anew when code, texts or the day have changed, since the example's dates count from today.
Its pictures lie in a folder beside it.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from psycopg import sql
from pytest_django import DjangoDbBlocker

from agreements.rights import today
from tests.plumbing.database import LOCK, SLOT, copy_database, drop_database, template_name, use_database

PREFIX = "example_samverkan_"


@dataclass(frozen=True)
class Copy:
    """A database with the example, and the folder with its files."""

    name: str
    files: Path


@contextmanager
def own_copy(postgres: psycopg.Connection, folder: Path, blocker: DjangoDbBlocker) -> Iterator[Copy]:
    """This worker's own example, to copy from: another run with other code may replace the shared one. ``blocker``
    lets the loading, and nothing else, use the database."""
    own = Copy(f"test_example_{os.environ[SLOT]}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}", folder)
    postgres.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        template = _shared(PREFIX + _digest())
        if not _exists(postgres, template):
            _drop_older(postgres)
            with blocker.unblock():
                _load(postgres, template)
        with copied(postgres, template, own):
            postgres.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            yield own
    finally:
        postgres.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def copied(postgres: psycopg.Connection, source: Copy, target: Copy) -> Iterator[Copy]:
    drop_database(postgres, target.name)
    copy_database(postgres, source.name, target.name)
    shutil.copytree(source.files, target.files, dirs_exist_ok=True)
    yield target
    drop_database(postgres, target.name)


def in_folder(folder: Path) -> dict[str, object]:
    """STORAGES with uploaded files in ``folder``."""
    backend = "django.core.files.storage.FileSystemStorage"
    return settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": folder, "base_url": None}}}


def _shared(name: str) -> Copy:
    return Copy(name, Path(settings.VAR) / name)


def _exists(postgres: psycopg.Connection, template: Copy) -> bool:
    found = postgres.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template.name]).fetchone()
    return bool(found) and template.files.exists()


def _load(postgres: psycopg.Connection, template: Copy) -> None:
    from agreements.management.demo.loading import load  # noqa: PLC0415 -- models

    half_made, before = f"{template.name}_half", str(connection.settings_dict["NAME"])
    drop_database(postgres, half_made)
    copy_database(postgres, template_name(), half_made)
    use_database(half_made)
    with override_settings(STORAGES=in_folder(template.files)):
        load(today())
    connections.close_all()
    use_database(before)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    postgres.execute(rename.format(sql.Identifier(half_made), sql.Identifier(template.name)))


def _drop_older(postgres: psycopg.Connection) -> None:
    query = "SELECT datname FROM pg_database WHERE datname LIKE %s"
    for (name,) in postgres.execute(query, [f"{PREFIX}%"]).fetchall():
        drop_database(postgres, name)
    for folder in Path(settings.VAR).glob(f"{PREFIX}*"):
        shutil.rmtree(folder)


def _digest() -> str:
    """Our code and the example's texts, and the day."""
    digest = hashlib.sha256(f"{today()} {template_name()}".encode())
    for app in apps.get_app_configs():
        if Path(settings.BASE_DIR) in Path(app.path).parents and ".venv" not in app.path:
            for path in sorted(path for path in Path(app.path).rglob("*") if path.suffix in {".py", ".toml", ".html"}):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
