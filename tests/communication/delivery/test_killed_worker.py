"""kill -9 between the commit and the letter: nothing is lost, and nothing goes twice without a person saying so.

The worker is a process of its own, as in service, with the tests' database and a mail server of ours.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from communication.models import Delivery
from communication.states import Channel, DeliveryStatus, Failure
from communication.tasks import take_up_stopped_jobs
from samverkan.accounts.models import User
from tests.communication.delivery.mail_server import MailServer, mail_server
from tests.factories import make_world, submit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


def environment(server: MailServer, folder: Path) -> dict[str, str]:
    database = connection.settings_dict
    parts = {key: quote(str(database[key]), safe="") for key in ("USER", "PASSWORD", "NAME", "HOST", "PORT")}
    url = "postgres://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**parts)
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "samverkan.settings",
        "SAMVERKAN_DEBUG": "1",
        "SAMVERKAN_VAR": str(folder),
        "DATABASE_URL": url,
        "SAMVERKAN_MAIL_HOST": "127.0.0.1",
        "SAMVERKAN_MAIL_PORT": str(server.port),
        "SAMVERKAN_MAIL_TLS": "0",
    }


@contextmanager
def worker(server: MailServer, folder: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "manage.py", "procrastinate", "worker", *options]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(server, folder))
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It has not happened."
        time.sleep(0.05)


def letters() -> dict[str, tuple[str, str, int]]:
    rows = Delivery.objects.filter(channel=Channel.MAIL)
    return {row.address: (row.status, row.failure, row.attempts) for row in rows}


def start_anew(folder: Path) -> list[str]:
    """Half a minute later another worker does what there is to do. Returns who got a letter from it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name LIKE 'communication.take_up%'")
    take_up_stopped_jobs.defer()
    with mail_server() as server, worker(server, folder, "--one-shot") as process:
        assert process.wait(timeout=60) == 0
    return server.recipients()


@pytest.fixture
def told() -> list[str]:
    """The addresses of those whose letters wait for a worker."""
    world = make_world()
    submit(world)
    return sorted(letters())


def test_killed_before_the_letter_was_begun_it_goes_once(told: list[str], tmp_path: Path) -> None:
    with mail_server() as server:
        with transaction.atomic():
            list(Delivery.objects.select_for_update())  # the worker has the job, and waits for its row
            with worker(server, tmp_path):
                until(lambda: ProcrastinateJob.objects.filter(status="doing").exists())
        assert server.letters == []
    assert {status for status, _, _ in letters().values()} == {DeliveryStatus.PENDING}

    assert start_anew(tmp_path) == told
    assert set(letters().values()) == {(DeliveryStatus.SENT, "", 1)}


@pytest.mark.parametrize(
    ("replies", "arrived"),
    [({"greeting": ""}, 0), ({".": ""}, 1)],
    ids=["before the mail server answered", "after it had taken the letter"],
)
def test_killed_while_the_letter_was_handed_over_it_is_uncertain_and_the_others_go(
    told: list[str], tmp_path: Path, replies: dict[str, str], arrived: int
) -> None:
    with mail_server(**replies) as server:
        with worker(server, tmp_path):
            until((server.has_letter if arrived else server.connected).is_set)
        assert len(server.letters) == arrived
    [caught] = [address for address, row in letters().items() if row[0] == DeliveryStatus.SENDING]

    assert start_anew(tmp_path) == [address for address in told if address != caught]
    assert letters()[caught] == (DeliveryStatus.UNCERTAIN, Failure.STOPPED, 1)
    assert start_anew(tmp_path) == []


def test_nothing_is_lost_when_there_was_no_worker_at_all(told: list[str], tmp_path: Path) -> None:
    assert User.objects.filter(email__in=told).count() == len(told) == 3

    assert start_anew(tmp_path) == told
    assert start_anew(tmp_path) == []
