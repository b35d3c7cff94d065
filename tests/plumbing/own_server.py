"""A PostgreSQL that a test may stop and start: its own, with a copy of what the test has made."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import waitress.server
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections

from samverkan import embedded_postgres
from samverkan import settings as settings_in_service
from samverkan.embedded_postgres import Server

THREADS = 3
IN_SERVICE = settings_in_service.DATABASES["default"]
KEEPING = ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS")
"""How long connections are kept, and whether they are tried, as in service."""


@dataclass
class OwnServer:
    folder: Path
    server: Server

    def stop(self) -> None:
        assert embedded_postgres.stop(self.folder)

    def start(self) -> None:
        embedded_postgres._joined.pop(self.server.home, None)
        embedded_postgres.join(self.folder, unsafe_but_fast=True)


@contextmanager
def own_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnServer]:
    """From here on Django works on a copy of its database, on a server that is nobody else's."""
    folder = Path(tempfile.mkdtemp(prefix="samverkan-test-", dir="/tmp"))  # which the server's user can reach
    folder.chmod(0o755)
    monkeypatch.setattr(embedded_postgres, "BESIDE", folder / "beside")
    own = OwnServer(folder / "postgres", embedded_postgres.join(folder / "postgres", unsafe_but_fast=True))
    host, port, name = str(own.server.socket_dir), str(embedded_postgres.PORT), embedded_postgres.NAME
    copy = {"HOST": host, "PORT": port, "NAME": name, "USER": name} | {name: IN_SERVICE[name] for name in KEEPING}
    before = {name: connection.settings_dict[name] for name in copy}
    try:
        _copy(own.server)
        _use(copy)
        yield own
    finally:
        _use(before)
        embedded_postgres.stop(own.folder)
        embedded_postgres._joined.pop(own.server.home, None)
        shutil.rmtree(folder)


def _copy(server: Server) -> None:
    found = embedded_postgres._binaries(server)
    database = connection.settings_dict
    where = ["-h", database["HOST"], "-p", str(database["PORT"]), "-U", database["USER"]]
    command = [found / "pg_dump", *where, "--no-owner", database["NAME"]]
    password = os.environ | {"PGPASSWORD": str(database["PASSWORD"])}
    dump = subprocess.run(command, check=True, capture_output=True, env=password)
    where = ["-h", server.socket_dir, "-p", str(embedded_postgres.PORT), "-U", embedded_postgres.NAME]
    command = [found / "psql", *where, "-q", "-v", "ON_ERROR_STOP=1", embedded_postgres.NAME]
    subprocess.run(command, check=True, input=dump.stdout, capture_output=True)


def _use(values: dict[str, object]) -> None:
    connections.close_all()
    for database in (settings.DATABASES["default"], connection.settings_dict):
        database.update(values)


@contextmanager
def portal() -> Iterator[str]:
    """The portal as it is in service: a few threads, each with a connection that it keeps. Yields its address."""
    served = waitress.server.create_server(StaticFilesHandler(WSGIHandler()), host="127.0.0.1", port=0, threads=THREADS)
    thread = threading.Thread(target=served.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{served.effective_port}"
    finally:
        together = threading.Barrier(THREADS + 1)
        for _thread in range(THREADS):
            served.task_dispatcher.add_task(Farewell(together))
        together.wait(30)
        served.task_dispatcher.shutdown()
        served.close()
        thread.join(10)


class Farewell:
    """The last task of each thread: its connection goes with it."""

    def __init__(self, together: threading.Barrier) -> None:
        self.together = together

    def service(self) -> None:
        self.together.wait(30)
        connections.close_all()

    def cancel(self) -> None:
        """Nobody cancels it."""
