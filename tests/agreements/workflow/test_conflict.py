"""Choosing between two texts: nothing is chosen for the writer, and nothing is lost."""

from __future__ import annotations

import pytest

from agreements.models import PriorityArea, SavedAside, Section
from agreements.workflow.conflict import Choice, settle_conflict
from agreements.workflow.priority_area import save_area
from agreements.workflow.section import Conflict, Saved, keep_aside, save_section
from samverkan.verdict import TransitionRefused
from tests.factories import World

pytestmark = pytest.mark.django_db

THEIRS, MINE = "<p>Polisens text</p>", "<p>Kommunens text</p>"


@pytest.fixture
def section(world: World) -> Section:
    return world.picture.sections.get(heading="Syfte")


@pytest.fixture
def aside(world: World, section: Section) -> SavedAside:
    save_section(section, heading="Syfte", body=THEIRS, version=1, by=world.police_coordinator)
    answer = save_section(section, heading="Mitt syfte", body=MINE, version=1, by=world.coordinator)
    assert isinstance(answer, Conflict)
    return answer.aside


def text(section: Section) -> tuple[str, str, int]:
    section.refresh_from_db()
    return section.heading, section.body, section.version


def is_settled(aside: SavedAside) -> bool:
    aside.refresh_from_db()
    return aside.settled_at is not None


def test_mine_takes_the_place_and_theirs_stays_in_the_history(
    world: World, section: Section, aside: SavedAside
) -> None:
    settle_conflict(aside, choice=Choice.MINE, version=2, by=world.coordinator)
    assert text(section) == ("Mitt syfte", MINE, 3)
    assert THEIRS in section.history.values_list("body", flat=True)
    assert is_settled(aside)


def test_theirs_stays_and_mine_stays_in_the_database(world: World, section: Section, aside: SavedAside) -> None:
    assert settle_conflict(aside, choice=Choice.THEIRS, version=2, by=world.coordinator) is None
    assert text(section) == ("Syfte", THEIRS, 2)
    assert is_settled(aside)
    assert aside.body == MINE


def test_the_joined_text_takes_the_place(world: World, section: Section, aside: SavedAside) -> None:
    answer = settle_conflict(
        aside, choice=Choice.JOINED, version=2, by=world.coordinator, heading="Syfte", body=THEIRS + MINE
    )
    assert isinstance(answer, Saved)
    assert text(section) == ("Syfte", THEIRS + MINE, 3)
    assert is_settled(aside)


@pytest.mark.parametrize("choice", [Choice.MINE, Choice.JOINED])
def test_a_third_save_in_between_is_not_overwritten(
    world: World, section: Section, aside: SavedAside, choice: str
) -> None:
    save_section(section, heading="Syfte", body="<p>Tredje</p>", version=2, by=world.police_coordinator)
    answer = settle_conflict(aside, choice=choice, version=2, by=world.coordinator, heading="Syfte", body="<p>Ihop</p>")
    assert isinstance(answer, Conflict)
    assert text(section)[1:] == ("<p>Tredje</p>", 3)
    assert answer == Conflict(aside, 3)
    assert (SavedAside.objects.get().body, is_settled(aside)) == (MINE, False)


def test_nobody_chooses_for_another(world: World, aside: SavedAside) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        settle_conflict(aside, choice=Choice.MINE, version=2, by=world.police_coordinator)
    assert refusal.value.verdict.code == "not_yours"
    assert not is_settled(aside)


def test_a_choice_is_made_once(world: World, section: Section, aside: SavedAside) -> None:
    settle_conflict(aside, choice=Choice.THEIRS, version=2, by=world.coordinator)
    with pytest.raises(TransitionRefused) as refusal:
        settle_conflict(aside, choice=Choice.MINE, version=2, by=world.coordinator)
    assert refusal.value.verdict.code == "already_settled"
    assert text(section)[1] == THEIRS


def test_the_same_holds_for_the_description_of_an_area(world: World) -> None:
    section = world.picture.sections.get(heading="Arbetssätt")
    Section.objects.filter(pk=section.pk).update(kind="priority_areas")
    save_area(
        world.area, section=section, title="Trygga platser", description=THEIRS, version=1, by=world.police_coordinator
    )
    answer = save_area(
        world.area, section=section, title="Trygga torg", description=MINE, version=1, by=world.coordinator
    )
    assert isinstance(answer, Conflict)
    area = PriorityArea.objects.get(pk=world.area.pk)
    assert (area.title, area.description, area.version) == ("Trygga platser", THEIRS, 2)
    settle_conflict(answer.aside, choice=Choice.MINE, version=2, by=world.coordinator)
    area.refresh_from_db()
    assert (area.title, area.description, area.version) == ("Trygga torg", MINE, 3)


@pytest.mark.parametrize("choice", [Choice.MINE, Choice.JOINED])
def test_what_was_typed_in_a_register_is_put_in_place_by_hand(world: World, section: Section, choice: str) -> None:
    aside = keep_aside(section, row="register", heading="", body=MINE, version=0, by=world.coordinator)
    with pytest.raises(TransitionRefused) as refusal:
        settle_conflict(aside, choice=choice, version=0, by=world.coordinator)
    assert refusal.value.verdict.code == "by_hand"
    assert not is_settled(aside)
    settle_conflict(aside, choice=Choice.THEIRS, version=0, by=world.coordinator)
    assert is_settled(aside)
    assert text(section) == ("Syfte", section.body, 1)
