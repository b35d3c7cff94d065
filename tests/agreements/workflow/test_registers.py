"""Sources and definitions edited as tables; the register of areas."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from agreements.models import Definition, PriorityArea, SavedAside, Section, Source
from agreements.workflow import definition, source
from agreements.workflow.definition import save_definitions
from agreements.workflow.order import Direction
from agreements.workflow.priority_area import add_area, move_area, save_area, set_left_out
from agreements.workflow.register import GivenRow, keep_rows, state_of
from agreements.workflow.section import Conflict
from agreements.workflow.source import save_sources
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World

pytestmark = pytest.mark.django_db


def section(world: World, kind: str) -> Section:
    found = world.picture.sections.get(heading="Syfte")
    Section.objects.filter(pk=found.pk).update(kind=kind)
    found.refresh_from_db()
    return found


def given(name: str, id_: int | None = None, **facts: Any) -> GivenRow:
    values = {"name": name, "period": "", "publisher": "", "link": "", "note": ""}
    return GivenRow(id_, values, facts.get("place"), facts.get("is_removed", False))


def names(world: World) -> list[str]:
    return list(world.agreement.sources.values_list("name", flat=True))


def state(world: World) -> str:
    return state_of(list(world.agreement.sources.all()), source.FIELDS)


def save(
    world: World, *rows: GivenRow, at: str | None = None, person: str = "coordinator", aside: int | None = None
) -> Conflict | None:
    by = getattr(world, person)
    return save_sources(section(world, "sources"), list(rows), state=at or state(world), by=by, aside=aside)


def pk(name: str) -> int:
    return Source.objects.get(name=name).pk


def test_rows_are_added_changed_removed_and_moved(world: World) -> None:
    save(world, given("A"), given("B"), given("C"), given("D"))
    assert names(world) == ["A", "B", "C", "D"]
    save(world, given("B2", pk("B")), given("C", pk("C"), is_removed=True), given("D", pk("D"), place=1))
    assert names(world) == ["D", "A", "B2"]
    save(world, given("D", pk("D"), place=3))
    assert names(world) == ["A", "B2", "D"]


def test_rows_that_nobody_touched_stay_as_they_are(world: World) -> None:
    save(world, given("A"), given("B"))
    lines = Source.objects.get(name="A").history.count()
    save(world, given("C"))
    assert names(world) == ["A", "B", "C"]
    assert Source.objects.get(name="A").history.count() == lines


def test_saving_what_stands_there_changes_nothing(world: World) -> None:
    save(world, given("A"))
    edited_at = section(world, "sources").edited_at
    save(world, given("A", pk("A")))
    assert Source.objects.get().history.count() == 1
    assert section(world, "sources").edited_at == edited_at


def meet(world: World, *mine: GivenRow) -> SavedAside:
    """Both opened the empty list; the police saved first."""
    before = state(world)
    save(world, given("Deras"), person="police_coordinator")
    answer = save(world, *mine, at=before)
    assert isinstance(answer, Conflict)
    return answer.aside


def test_on_a_list_that_somebody_else_has_saved_nothing_is_changed_and_all_is_kept(world: World) -> None:
    row = GivenRow(
        None, {"name": "Min & enkät", "period": "2025", "publisher": "", "link": "", "note": "Rad ett\nRad två"}
    )
    kept = meet(world, row, given("Andra"))
    assert names(world) == ["Deras"]
    assert (kept.saved_by, kept.settled_at) == (world.coordinator, None)
    assert kept.body == (
        "<h4>Min &amp; enkät</h4><p><strong>År eller period:</strong> 2025</p>"
        "<p><strong>Förklaring, som fotnot:</strong> Rad ett<br>Rad två</p><h4>Andra</h4>"
    )


def test_that_a_row_was_to_be_removed_is_kept_too(world: World) -> None:
    save(world, given("Ett"))
    id_, before = pk("Ett"), state(world)
    save(world, given("Två"), person="police_coordinator")
    answer = save(world, given("Ett", id_, is_removed=True), at=before)
    assert isinstance(answer, Conflict)
    assert answer.aside.body == "<h4>Ett</h4><p>Raden skulle tas bort.</p>"
    assert names(world) == ["Ett", "Två"]


def test_nothing_typed_on_an_old_state_is_nothing_to_keep(world: World) -> None:
    before = state(world)
    save(world, given("Deras"), person="police_coordinator")
    assert save(world, at=before) is None
    assert not SavedAside.objects.exists()


def test_only_the_save_that_showed_the_rows_again_settles_them(world: World) -> None:
    aside = meet(world, given("Min"))
    save(world, given("Annan"))
    save(world, given("Tredje"), person="police_coordinator", aside=aside.pk)
    aside.refresh_from_db()
    assert aside.settled_at is None
    save(world, given("Min"), aside=aside.pk)
    aside.refresh_from_db()
    assert aside.settled_at is not None


def test_a_state_that_is_none_is_an_old_one(world: World) -> None:
    assert isinstance(save(world, given("Min"), at="påhitt"), Conflict)
    assert SavedAside.objects.get().based_on_version == 0


def test_only_writers_keep_rows_aside(world: World) -> None:
    for person in ("bo", "cia", "nils", "reader", "preparer"):
        with pytest.raises(TransitionRefused):
            keep_rows(section(world, "sources"), [given("A")], Source, state="", by=getattr(world, person))
    assert not SavedAside.objects.exists()


def test_a_removed_row_remains_in_the_history(world: World) -> None:
    save(world, given("A"))
    id_ = pk("A")
    save(world, given("A", id_, is_removed=True))
    line = Source.history.filter(id=id_).first()
    assert (line.history_type, line.history_user) == ("-", world.coordinator)


def test_sources_are_edited_in_the_picture_by_its_writers(world: World) -> None:
    for person in ("bo", "cia", "nils", "reader", "preparer"):
        with pytest.raises(TransitionRefused):
            save(world, given("A"), person=person)
    elsewhere = world.text.sections.get(heading="Syfte")
    Section.objects.filter(pk=elsewhere.pk).update(kind="sources")
    with pytest.raises(TransitionRefused) as refusal:
        save_sources(elsewhere, [given("A")], state=state(world), by=world.coordinator)
    assert refusal.value.verdict.code == "other_place"


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_saves_one_is_in_the_list_and_the_other_aside(world: World) -> None:
    place, before = section(world, "sources"), state(world)
    barrier = Barrier(2)
    answers: list[Conflict | None] = []

    def write(by: User, name: str) -> None:
        try:
            barrier.wait(timeout=20)
            answers.append(save_sources(place, [given(name)], state=before, by=by))
        finally:
            connection.close()

    people = {"Kommunens": world.coordinator, "Polisens": world.police_coordinator}
    threads = [Thread(target=write, args=(by, name)) for name, by in people.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert {type(answer) for answer in answers} == {Conflict, type(None)}
    kept = SavedAside.objects.get()
    assert {*names(world), kept.body.removeprefix("<h4>").removesuffix("</h4>")} == set(people)
    assert len(names(world)) == 1


# Definitions


def define(world: World, *rows: tuple[str, int | None], at: str | None = None) -> Conflict | None:
    found = list(world.picture.definitions.all())
    return save_definitions(
        section(world, "definitions"),
        [GivenRow(id_, {"term": term, "meaning": "Se <em>lagen</em>", "source": ""}) for term, id_ in rows],
        state=at or state_of(found, definition.FIELDS),
        by=world.coordinator,
    )


def test_definitions_that_came_too_late_are_kept_with_their_meaning_as_it_reads(world: World) -> None:
    before = state_of([], definition.FIELDS)
    define(world, ("Brott", None))
    answer = define(world, ("Otrygghet", None), at=before)
    assert isinstance(answer, Conflict)
    assert answer.aside.body == "<h4>Otrygghet</h4><p><strong>Betydelse:</strong> Se <em>lagen</em></p>"
    assert Definition.objects.count() == 1


def test_definitions_belong_to_the_annex(world: World) -> None:
    define(world, ("Otrygghet", None), ("Brott", None))
    assert list(world.picture.definitions.values_list("term", flat=True)) == ["Otrygghet", "Brott"]
    assert not world.text.definitions.exists()


def test_a_term_stands_once_whatever_was_sent(world: World) -> None:
    define(world, ("Otrygghet", None))
    with pytest.raises(TransitionRefused) as refusal:
        define(world, ("Otrygghet", None))
    assert refusal.value.verdict.code == "term_twice"
    assert Definition.objects.count() == 1


def test_two_terms_change_places(world: World) -> None:
    define(world, ("Otrygghet", None), ("Brott", None))
    first, second = world.picture.definitions.values_list("pk", flat=True)
    define(world, ("Brott", first), ("Otrygghet", second))
    assert list(world.picture.definitions.values_list("term", flat=True)) == ["Brott", "Otrygghet"]


# Areas (R72-R80)


def areas(world: World) -> list[str]:
    return list(world.agreement.priority_areas.filter(part_of=None).values_list("title", flat=True))


def test_areas_are_added_last_and_change_places(world: World) -> None:
    place = section(world, "priority_areas")
    second = add_area(place, title="Unga", by=world.coordinator)
    add_area(place, title="Droger", by=world.coordinator)
    assert areas(world) == ["Trygga platser", "Unga", "Droger"]
    move_area(second, section=place, direction=Direction.UP, by=world.coordinator)
    assert areas(world) == ["Unga", "Trygga platser", "Droger"]
    with pytest.raises(TransitionRefused):
        move_area(second, section=place, direction=Direction.UP, by=world.coordinator)


@pytest.mark.parametrize("direction", Direction)
def test_an_area_that_somebody_has_just_left_out_is_not_moved(world: World, direction: Direction) -> None:
    place = section(world, "priority_areas")
    for title in ("Unga", "Droger"):
        add_area(place, title=title, by=world.coordinator)
    left = PriorityArea.objects.get(title="Unga")
    set_left_out(left, section=place, is_left_out=True, by=world.police_coordinator)
    with pytest.raises(TransitionRefused) as refusal:
        move_area(left, section=place, direction=direction, by=world.coordinator)
    assert refusal.value.verdict.code == "cannot_move"
    assert areas(world) == ["Trygga platser", "Unga", "Droger"]


def test_a_part_has_no_parts(world: World) -> None:
    place = section(world, "priority_areas")
    part = add_area(place, title="Stationen", part_of=world.area, by=world.coordinator)
    with pytest.raises(TransitionRefused) as refusal:
        add_area(place, title="Perrongen", part_of=part, by=world.coordinator)
    assert refusal.value.verdict.code == "two_levels"


def test_an_area_keeps_its_identity_and_its_text_when_it_is_left_out(world: World) -> None:
    place = section(world, "priority_areas")
    save_area(
        world.area, section=place, title="Trygga platser", description="<p>Text</p>", version=1, by=world.coordinator
    )
    set_left_out(world.area, section=place, is_left_out=True, by=world.coordinator)
    set_left_out(world.area, section=place, is_left_out=False, by=world.coordinator)
    area = PriorityArea.objects.get(pk=world.area.pk)
    assert (area.is_left_out, area.description) == (False, "<p>Text</p>")


def test_a_change_of_the_rows_is_a_change_of_their_section(world: World) -> None:
    place = section(world, "priority_areas")
    add_area(place, title="Unga", by=world.police_coordinator)
    before = place.edited_at
    place.refresh_from_db()
    assert place.edited_at > before
    assert place.edited_by == world.police_coordinator
    assert place.version == 1


def test_areas_are_edited_in_the_picture_of_their_own_agreement(world: World) -> None:
    place = section(world, "priority_areas")
    foreign = PriorityArea.objects.create(agreement=world.other, title="Deras")
    elsewhere = world.text.sections.get(heading="Syfte")
    Section.objects.filter(pk=elsewhere.pk).update(kind="priority_areas")
    acts: list[Callable[[], object]] = [
        lambda: save_area(foreign, section=place, title="x", description="", version=1, by=world.coordinator),
        lambda: set_left_out(foreign, section=place, is_left_out=True, by=world.coordinator),
        lambda: add_area(elsewhere, title="x", by=world.coordinator),
    ]
    for act in acts:
        with pytest.raises(TransitionRefused):
            act()
    for by in (world.bo, world.cia, world.reader, world.preparer):
        with pytest.raises(TransitionRefused):
            add_area(place, title="x", by=by)
    assert areas(world) == ["Trygga platser"]
