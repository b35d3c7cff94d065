"""A file between preview and taking in: one person's, for one annex, for twelve hours."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import override_settings

from agreements.workflow import word_waiting
from agreements.workflow.word_waiting import MAX_WAIT, NotWaiting
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_disk(tmp_path: Path) -> Iterator[None]:
    """Files in a folder of the test's own, as in service."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    with override_settings(STORAGES={**settings.STORAGES, "default": kept}):
        yield


def waiting() -> list[str]:
    return default_storage.listdir("waiting")[1] if default_storage.exists("waiting") else []


def test_what_was_kept_is_fetched_with_its_ticket(world: World) -> None:
    ticket = word_waiting.keep(world.picture, b"PK", name="Lägesbild.docx", by=world.coordinator)
    assert word_waiting.fetch(ticket, world.picture, by=world.coordinator) == (b"PK", "Lägesbild.docx")


def test_the_ticket_does_not_tell_the_files_name(world: World) -> None:
    tickets = {word_waiting.keep(world.picture, b"PK", name=name, by=world.coordinator) for name in ("A" * 200, "")}
    assert len({len(ticket) for ticket in tickets}) == 1
    assert not [ticket for ticket in tickets if "QUFB" in ticket or "AAA" in ticket]


def test_the_ticket_is_no_use_to_another_person_or_for_another_annex(world: World) -> None:
    ticket = word_waiting.keep(world.picture, b"PK", name="", by=world.coordinator)
    with pytest.raises(NotWaiting):
        word_waiting.fetch(ticket, world.picture, by=world.police_coordinator)
    with pytest.raises(NotWaiting):
        word_waiting.fetch(ticket, world.plan, by=world.coordinator)
    with pytest.raises(NotWaiting):
        word_waiting.fetch(ticket[:-1] + ("A" if ticket[-1] != "A" else "B"), world.picture, by=world.coordinator)


def test_what_is_forgotten_is_gone(world: World) -> None:
    ticket = word_waiting.keep(world.picture, b"PK", name="", by=world.coordinator)
    word_waiting.forget(ticket, world.picture, by=world.coordinator)
    word_waiting.forget(ticket, world.picture, by=world.coordinator)
    assert waiting() == []
    with pytest.raises(NotWaiting):
        word_waiting.fetch(ticket, world.picture, by=world.coordinator)


def test_nobody_else_can_make_a_file_go_away(world: World) -> None:
    ticket = word_waiting.keep(world.picture, b"PK", name="", by=world.coordinator)
    word_waiting.forget(ticket, world.picture, by=world.police_coordinator)
    assert len(waiting()) == 1


def test_a_new_file_takes_the_place_of_the_one_before(world: World) -> None:
    first = word_waiting.keep(world.picture, b"1", name="", by=world.coordinator)
    other = word_waiting.keep(world.plan, b"2", name="", by=world.coordinator)
    last = word_waiting.keep(world.picture, b"3", name="", by=world.coordinator)
    with pytest.raises(NotWaiting):
        word_waiting.fetch(first, world.picture, by=world.coordinator)
    assert word_waiting.fetch(other, world.plan, by=world.coordinator)[0] == b"2"
    assert word_waiting.fetch(last, world.picture, by=world.coordinator)[0] == b"3"


def test_what_waits_too_long_is_cleared_away_by_whoever_comes_next(world: World) -> None:
    word_waiting.keep(world.picture, b"1", name="", by=world.coordinator)
    old = time.time() - MAX_WAIT.total_seconds() - 60
    os.utime(default_storage.path(f"waiting/{waiting()[0]}"), (old, old))
    word_waiting.keep(world.plan, b"2", name="", by=world.police_coordinator)
    assert [name.split("-")[0] for name in waiting()] == [str(world.police_coordinator.pk)]
