"""The outline: adding, moving, leaving out, restoring."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agreements.models import Annex, Section
from agreements.selectors.history import annex_history
from agreements.selectors.history_events import Event
from agreements.workflow.order import Direction
from agreements.workflow.section import save_section
from agreements.workflow.structure import add_section, describe_section, leave_out, move_section, restore
from samverkan.verdict import TransitionRefused
from tests.factories import World

pytestmark = pytest.mark.django_db

OUTLINE = [("A", 1), ("A1", 2), ("A1a", 3), ("A2", 2), ("B", 1), ("C", 1), ("C1", 2)]


@pytest.fixture
def annex(world: World) -> Annex:
    world.picture.sections.all().delete()
    for position, (heading, level) in enumerate(OUTLINE, start=1):
        Section.objects.create(annex=world.picture, position=position, level=level, heading=heading, body="<p>x</p>")
    return world.picture


def shape(annex: Annex) -> list[tuple[str, int]]:
    rows = annex.sections.filter(is_left_out=False).order_by("position")
    assert list(annex.sections.values_list("position", flat=True)) == list(range(1, annex.sections.count() + 1))
    return [(row.heading, row.level) for row in rows]


def named(annex: Annex, heading: str) -> Section:
    return annex.sections.get(heading=heading)


@pytest.mark.parametrize(
    ("heading", "direction", "outline"),
    [
        ("B", "up", [("B", 1), ("A", 1), ("A1", 2), ("A1a", 3), ("A2", 2), ("C", 1), ("C1", 2)]),
        ("A", "down", [("B", 1), ("A", 1), ("A1", 2), ("A1a", 3), ("A2", 2), ("C", 1), ("C1", 2)]),
        ("A1", "down", [("A", 1), ("A2", 2), ("A1", 2), ("A1a", 3), ("B", 1), ("C", 1), ("C1", 2)]),
        ("B", "indent", [("A", 1), ("A1", 2), ("A1a", 3), ("A2", 2), ("B", 2), ("C", 1), ("C1", 2)]),
        ("A1", "outdent", [("A", 1), ("A1", 1), ("A1a", 2), ("A2", 2), ("B", 1), ("C", 1), ("C1", 2)]),
        ("C", "indent", [("A", 1), ("A1", 2), ("A1a", 3), ("A2", 2), ("B", 1), ("C", 2), ("C1", 3)]),
    ],
)
def test_a_section_moves_with_its_sub_sections(
    world: World, annex: Annex, heading: str, direction: str, outline: list[tuple[str, int]]
) -> None:
    move_section(named(annex, heading), direction=Direction(direction), by=world.coordinator)
    assert shape(annex) == outline


@pytest.mark.parametrize(
    ("heading", "direction"),
    [("A", "up"), ("C", "down"), ("A1", "up"), ("A2", "down"), ("A", "indent"), ("A", "outdent"), ("A1a", "indent")],
)
def test_what_cannot_be_moved_further_stays_and_says_so(
    world: World, annex: Annex, heading: str, direction: str
) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        move_section(named(annex, heading), direction=Direction(direction), by=world.coordinator)
    assert refusal.value.verdict.code == "cannot_move"
    assert shape(annex) == OUTLINE


def test_a_section_goes_after_another_and_takes_its_level(world: World, annex: Annex) -> None:
    move_section(named(annex, "A1"), direction=Direction.TO, target=named(annex, "C"), by=world.coordinator)
    assert shape(annex) == [("A", 1), ("A2", 2), ("B", 1), ("C", 1), ("C1", 2), ("A1", 1), ("A1a", 2)]


def test_a_section_goes_first_when_no_other_is_named(world: World, annex: Annex) -> None:
    move_section(named(annex, "C1"), direction=Direction.TO, by=world.coordinator)
    assert shape(annex)[0] == ("C1", 1)


def test_a_section_does_not_go_into_itself_or_below_the_third_level(world: World, annex: Annex) -> None:
    for heading, target in [("A", "A1"), ("A1", "A1a"), ("A", "A2")]:
        with pytest.raises(TransitionRefused):
            move_section(
                named(annex, heading), direction=Direction.TO, target=named(annex, target), by=world.coordinator
            )
    with pytest.raises(TransitionRefused):
        move_section(named(annex, "C"), direction=Direction.TO, target=named(annex, "A1a"), by=world.coordinator)
    assert shape(annex) == OUTLINE


def test_moving_steps_over_what_is_left_out(world: World, annex: Annex) -> None:
    leave_out(named(annex, "B"), by=world.coordinator)
    move_section(named(annex, "C"), direction=Direction.UP, by=world.coordinator)
    assert [heading for heading, _level in shape(annex)] == ["C", "C1", "A", "A1", "A1a", "A2"]


def test_leaving_out_takes_the_sub_sections_along_and_loses_nothing(world: World, annex: Annex) -> None:
    leave_out(named(annex, "A1"), by=world.coordinator)
    assert shape(annex) == [("A", 1), ("A2", 2), ("B", 1), ("C", 1), ("C1", 2)]
    assert named(annex, "A1a").body == "<p>x</p>"
    restore(named(annex, "A1"), by=world.coordinator)
    assert shape(annex) == OUTLINE


def test_restoring_brings_back_the_sections_above(world: World, annex: Annex) -> None:
    leave_out(named(annex, "A"), by=world.coordinator)
    restore(named(annex, "A1a"), by=world.coordinator)
    assert shape(annex)[:3] == [("A", 1), ("A1", 2), ("A1a", 3)]
    assert named(annex, "A2").is_left_out


@pytest.mark.parametrize(
    ("after", "level", "place"),
    [("A", 1, ("N", 1)), ("A", 2, ("N", 2)), ("A", 3, ("N", 2)), ("A1a", 3, ("N", 3)), (None, 3, ("N", 3))],
)
def test_a_new_section_comes_after_another_at_most_one_level_below(
    world: World, annex: Annex, after: str | None, level: int, place: tuple[str, int]
) -> None:
    section = add_section(
        annex, heading="N", after=named(annex, after) if after else None, level=level, by=world.coordinator
    )
    assert place in shape(annex)
    above = shape(annex)[shape(annex).index(place) - 1][0]
    assert above == {"A": "A2", "A1a": "A1a", None: "C1"}[after]
    assert section.history.get().history_user == world.coordinator


def test_structure_leaves_texts_and_their_versions_alone(world: World, annex: Annex) -> None:
    move_section(named(annex, "B"), direction=Direction.UP, by=world.coordinator)
    assert set(annex.sections.values_list("version", "body")) == {(1, "<p>x</p>")}


def test_only_the_section_that_was_moved_gets_a_line_in_the_history(world: World, annex: Annex) -> None:
    move_section(named(annex, "B"), direction=Direction.UP, by=world.coordinator)
    lines = {row.heading: row.history.count() for row in annex.sections.all()}
    assert lines.pop("B") == 2
    assert set(lines.values()) == {1}


def test_what_goes_along_is_told_of_the_one_who_moved_it_and_not_of_the_next_who_writes_there(
    world: World, annex: Annex
) -> None:
    move_section(named(annex, "C"), direction=Direction.INDENT, by=world.coordinator)
    child = named(annex, "C1")
    save_section(child, heading="C1", body="<p>Nytt.</p>", version=child.version, by=world.police_coordinator)

    written, moved, _made = child.history.order_by("-history_id")
    assert (moved.history_user, moved.level) == (world.coordinator, 3)
    told = {(event.who, change.name) for event in told_of(world, "C1") for change in event.changes}
    assert (str(world.coordinator), "nivå") in told
    assert (str(world.police_coordinator), "nivå") not in told
    assert written.history_user == world.police_coordinator


def test_what_is_left_out_with_another_or_restored_has_lines_of_its_own(world: World, annex: Annex) -> None:
    leave_out(named(annex, "A"), by=world.coordinator)
    restore(named(annex, "A1a"), by=world.police_coordinator)

    people = {heading: [row.history_user for row in named(annex, heading).history.order_by("history_id")][1:]
              for heading in ("A", "A1", "A1a", "A2", "B")}  # fmt: skip
    both = [world.coordinator, world.police_coordinator]
    assert people == {"A": both, "A1": both, "A1a": both, "A2": [world.coordinator], "B": []}


def test_a_move_alone_is_told_in_the_history_and_making_room_is_not(world: World, annex: Annex) -> None:
    move_section(named(annex, "B"), direction=Direction.UP, by=world.coordinator)
    section = named(annex, "C")
    save_section(section, heading="C", body="<p>Nytt.</p>", version=section.version, by=world.police_coordinator)

    assert [event.reason for event in told_of(world, "B")][0] == "Avsnitt flyttat"
    assert "Avsnitt flyttat" not in {event.reason for event in told_of(world, "A") + told_of(world, "C")}


def told_of(world: World, heading: str) -> list[Event]:
    """The lines of the annex's history about the section, newest first."""
    found = annex_history(world.picture, world.coordinator).events
    return [event for event in found if str(event.what).endswith(f": {heading}")]


@pytest.mark.parametrize("person", ["bo", "cia", "nils", "reader", "preparer"])
def test_only_writers_change_the_outline(world: World, annex: Annex, person: str) -> None:
    by = getattr(world, person)
    section = named(annex, "B")
    acts: list[Callable[[], object]] = [
        lambda: add_section(annex, heading="N", by=by),
        lambda: move_section(section, direction=Direction.UP, by=by),
        lambda: leave_out(section, by=by),
        lambda: restore(section, by=by),
        lambda: describe_section(section, is_numbered=True, language="", party=None, by=by),
    ]
    for act in acts:
        with pytest.raises(TransitionRefused):
            act()
    assert shape(annex) == OUTLINE


def test_what_is_said_about_a_section_is_kept(world: World, annex: Annex) -> None:
    describe_section(named(annex, "B"), is_numbered=True, language="EN-gb", party=world.polis, by=world.coordinator)
    section = named(annex, "B")
    assert (section.is_numbered, section.language, section.party) == (True, "en-GB", world.polis)


def test_a_party_of_another_agreement_is_refused(world: World, annex: Annex) -> None:
    other = world.other.parties.first()
    with pytest.raises(TransitionRefused):
        describe_section(named(annex, "B"), is_numbered=True, language="", party=other, by=world.coordinator)
