"""Somebody writes in a section while another act takes hold of the whole text: that one waits for the last word."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from agreements.documents.redaction import Passages
from agreements.models import Revision, Section
from agreements.workflow.annex_copy import copy_annex
from agreements.workflow.removal_copies import clear_copies
from agreements.workflow.revision import freeze
from agreements.workflow.section import Conflict, Saved, save_section
from agreements.workflow.sitting import Sitting
from agreements.workflow.word_sections import write_sections
from tests.factories import World

MINE = "<p>Skrivet medan texten hämtades.</p>"
WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def copy(world: World, _revision: Revision) -> None:
    copy_annex(world.plan, world.picture, by=world.coordinator)


def fetch(world: World, revision: Revision) -> None:
    copy_annex(revision, world.picture, by=world.coordinator)


@transaction.atomic
def take_in(world: World, _revision: Revision) -> None:
    write_sections(world.picture, [], by=world.coordinator)


@transaction.atomic
def remove(world: World, _revision: Revision) -> None:
    clear_copies(world.picture, Passages(("Parterna",)), "–", by=world.coordinator)


def until_somebody_waits() -> None:
    for _ in range(1000):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("act", "version"), [(copy, 2), (fetch, 3), (take_in, 2), (remove, 3)])
def test_an_act_on_the_whole_text_waits_for_the_words_that_are_being_saved(
    world: World, act: Callable[[World, Revision], None], version: int
) -> None:
    section = world.picture.sections.get(heading="Syfte")
    revision, holds, failures = freeze(world.picture, by=world.coordinator), Event(), list[BaseException]()
    sitting, body = Sitting("flik", 1), f"{section.body}{MINE}"

    def write() -> None:
        try:
            with transaction.atomic():
                save_section(section, heading="Syfte", body=body, version=1, by=world.coordinator, sitting=sitting)
                holds.set()
                until_somebody_waits()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    assert holds.wait(timeout=30)
    act(world, revision)
    writer.join(timeout=30)

    assert failures == []
    section = Section.objects.get(pk=section.pk)
    assert (section.version, section.is_left_out) == (version, act in (copy, take_in))
    assert any(MINE in body for body in section.history.values_list("body", flat=True))
    assert act is fetch or MINE in section.body
    assert act is not remove or "Parterna" not in section.body
    again = f"{body}<p>Mer.</p>"
    answer = save_section(
        section, heading="Syfte", body=again, version=2, by=world.coordinator, sitting=Sitting("flik", 2)
    )
    assert isinstance(answer, Saved if version == 2 else Conflict)
