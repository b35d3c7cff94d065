"""Saving a section: nothing that anybody wrote is ever lost."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from agreements.models import SavedAside, Section
from agreements.workflow.section import Conflict, Saved, save_section
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(world: World) -> Section:
    return world.picture.sections.get(heading="Syfte")


def save(section: Section, by: User, body: str, *, version: int = 1, heading: str = "Syfte") -> Saved | Conflict:
    return save_section(section, heading=heading, body=body, version=version, by=by)


def test_a_save_stores_what_was_written_and_counts_the_version(world: World, section: Section) -> None:
    saved = save(section, world.coordinator, "<p>Nytt</p>", heading="Syfte och mål")
    section.refresh_from_db()
    assert isinstance(saved, Saved)
    assert (section.heading, section.body, section.version) == ("Syfte och mål", "<p>Nytt</p>", 2)
    assert (saved.version, saved.saved_at) == (2, section.edited_at)
    assert section.edited_by == world.coordinator


def test_whatever_the_browser_sent_is_sanitised(world: World, section: Section) -> None:
    body = '<p onclick="x()">Hej<script>alert(1)</script></p><iframe src="//x"></iframe>'
    saved = save(section, world.coordinator, body, heading='Syfte<img src=x onerror="y()"> <strong>nu</strong>')
    assert isinstance(saved, Saved)
    assert (saved.heading, saved.body) == ("Syfte nu", "<p>Hej</p>")
    section.refresh_from_db()
    assert (section.heading, section.body) == (saved.heading, saved.body)


def test_a_save_of_the_same_content_bumps_nothing_and_leaves_no_line_in_the_history(
    world: World, section: Section
) -> None:
    lines = section.history.count()
    saved = save(section, world.coordinator, section.body.replace("<p>", "<p class=x>"))
    section.refresh_from_db()
    assert isinstance(saved, Saved)
    assert (saved.version, section.version, section.history.count()) == (1, 1, lines)


def test_a_save_on_an_old_version_changes_nothing_and_is_kept_aside_whole(world: World, section: Section) -> None:
    save(section, world.coordinator, "<p>Kommunens text</p>")
    answer = save(section, world.police_coordinator, "<p>Polisens text</p>", heading="Polisens rubrik")
    section.refresh_from_db()
    assert isinstance(answer, Conflict)
    assert (section.body, section.version, answer.version) == ("<p>Kommunens text</p>", 2, 2)
    aside = SavedAside.objects.get()
    assert aside == answer.aside
    assert (aside.heading, aside.body, aside.based_on_version, aside.saved_by, aside.settled_at) == (
        "Polisens rubrik",
        "<p>Polisens text</p>",
        1,
        world.police_coordinator,
        None,
    )


def test_an_old_version_with_what_already_stands_there_is_no_conflict(world: World, section: Section) -> None:
    save(section, world.coordinator, "<p>Samma</p>")
    answer = save(section, world.police_coordinator, "<p>Samma</p>")
    assert isinstance(answer, Saved)
    assert answer.version == 2
    assert not SavedAside.objects.exists()


def test_a_version_that_never_was_is_an_old_version(world: World, section: Section) -> None:
    assert isinstance(save(section, world.coordinator, "<p>Nytt</p>", version=99), Conflict)


def test_two_texts_of_one_writer_from_two_tabs_are_both_kept(world: World, section: Section) -> None:
    save(section, world.coordinator, "<p>Först</p>")
    save(section, world.police_coordinator, "<p>Flik ett</p>")
    save(section, world.police_coordinator, "<p>Flik två</p>")
    kept = SavedAside.objects.filter(settled_at=None).values_list("body", flat=True)
    assert set(kept) == {"<p>Flik ett</p>", "<p>Flik två</p>"}


def test_the_same_text_sent_twice_is_kept_aside_once(world: World, section: Section) -> None:
    save(section, world.coordinator, "<p>Först</p>")
    first = save(section, world.police_coordinator, "<p>Min</p>")
    second = save(section, world.police_coordinator, "<p>Min</p>")
    assert isinstance(first, Conflict)
    assert isinstance(second, Conflict)
    assert first.aside == second.aside


@pytest.mark.parametrize("person", ["bo", "cia", "nils", "reader", "anna", "preparer", "registrar"])
def test_only_those_who_may_edit_can_save(world: World, section: Section, person: str) -> None:
    with pytest.raises(TransitionRefused):
        save(section, getattr(world, person), "<p>Intrång</p>")
    section.refresh_from_db()
    assert section.version == 1
    assert not SavedAside.objects.exists()


def test_a_working_group_member_saves_in_the_own_plan(world: World) -> None:
    section = world.plan.sections.get(heading="Syfte")
    assert isinstance(save(section, world.bo, "<p>Ny plan</p>"), Saved)


def test_nobody_but_its_owner_saves_in_an_own_draft(world: World, section: Section) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    with pytest.raises(TransitionRefused) as refusal:
        save(section, world.police_coordinator, "<p>Intrång</p>")
    assert refusal.value.verdict.code == "own_draft_of_other"
    assert isinstance(save(section, world.coordinator, "<p>Eget</p>"), Saved)


# History


def test_one_persons_saves_within_ten_minutes_are_one_line(world: World, section: Section) -> None:
    for version, words in enumerate(["Ett", "Ett två", "Ett två tre"], start=1):
        save(section, world.coordinator, f"<p>{words}</p>", version=version)
    lines = section.history.filter(history_type="~")
    assert [(line.body, line.history_user) for line in lines] == [("<p>Ett två tre</p>", world.coordinator)]


def test_what_stood_before_the_ten_minutes_remains_in_the_history(world: World, section: Section) -> None:
    before = section.body
    save(section, world.coordinator, "<p>Ett</p>")
    save(section, world.coordinator, "<p>Två</p>", version=2)
    assert [line.body for line in section.history.all()] == ["<p>Två</p>", before]


def test_a_save_after_ten_minutes_is_a_line_of_its_own(world: World, section: Section) -> None:
    save(section, world.coordinator, "<p>Ett</p>")
    line = section.history.first()
    line.history_date -= timedelta(minutes=10, seconds=1)
    line.save()
    save(section, world.coordinator, "<p>Två</p>", version=2)
    assert section.history.filter(history_type="~").count() == 2


def test_an_hour_of_writing_is_more_than_one_line(world: World, section: Section) -> None:
    save(section, world.coordinator, "<p>0</p>")
    for minutes in range(1, 8):
        for line in section.history.all():
            line.history_date -= timedelta(minutes=8)
            line.save()
        save(section, world.coordinator, f"<p>{minutes}</p>", version=minutes + 1)
    assert [line.body for line in section.history.filter(history_type="~")] == [f"<p>{n}</p>" for n in (7, 5, 3, 1)]


def test_another_persons_save_in_between_keeps_the_lines_apart(world: World, section: Section) -> None:
    save(section, world.coordinator, "<p>Ett</p>")
    save(section, world.police_coordinator, "<p>Två</p>", version=2)
    save(section, world.coordinator, "<p>Tre</p>", version=3)
    assert [line.body for line in section.history.filter(history_type="~")] == [
        "<p>Tre</p>",
        "<p>Två</p>",
        "<p>Ett</p>",
    ]


# Simultaneity


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(3))
def test_two_simultaneous_saves_are_both_in_the_database_afterwards(world: World, _time: int) -> None:
    section = world.picture.sections.get(heading="Syfte")
    barrier = Barrier(2)
    answers: list[Saved | Conflict] = []

    def write(by: User, body: str) -> None:
        try:
            barrier.wait(timeout=20)
            answers.append(save(section, by, body))
        finally:
            connection.close()

    texts = {"<p>Kommunens text</p>", "<p>Polisens text</p>"}
    people = (world.coordinator, world.police_coordinator)
    threads = [Thread(target=write, args=pair) for pair in zip(people, sorted(texts), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    section.refresh_from_db()
    assert {type(answer) for answer in answers} == {Saved, Conflict}
    assert {section.body, SavedAside.objects.get(section=section).body} == texts
    assert section.version == 2
