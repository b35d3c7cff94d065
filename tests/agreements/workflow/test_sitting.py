"""A save whose answer was lost on its way is known again by its page, and meets nobody."""

from __future__ import annotations

from functools import partial

import pytest

from agreements.models import ActionPlanSheet, PriorityArea, SavedAside, Section
from agreements.workflow.priority_area import save_area
from agreements.workflow.section import Conflict, Saved, save_section
from agreements.workflow.sheet import save_sheet
from agreements.workflow.sheet_input import SheetInput, ValueInput
from agreements.workflow.sitting import UNKNOWN, Sitting
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World, make_sheet

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (Sitting("flik-ett", turn) for turn in (1, 2, 3))
OTHER = Sitting("flik-två", 1)


@pytest.fixture
def section(world: World) -> Section:
    return world.picture.sections.get(heading="Syfte")


def save(section: Section, by: User, words: str, sitting: Sitting = UNKNOWN, *, version: int = 1) -> Saved | Conflict:
    return save_section(section, heading="Syfte", body=f"<p>{words}</p>", version=version, by=by, sitting=sitting)


def stands(section: Section) -> tuple[str, int]:
    section.refresh_from_db()
    return section.body, section.version


def open_asides(section: Section) -> set[str]:
    return set(SavedAside.objects.filter(section=section, settled_at=None).values_list("body", flat=True))


def test_what_a_page_sent_before_is_no_rival_when_its_answer_never_came(world: World, section: Section) -> None:
    save(section, world.coordinator, "Ett", FIRST)
    answer = save(section, world.coordinator, "Ett och två", SECOND)
    assert isinstance(answer, Saved)
    assert answer.version == 3
    assert stands(section) == ("<p>Ett och två</p>", 3)
    assert not SavedAside.objects.exists()


@pytest.mark.parametrize("sitting", [OTHER, UNKNOWN])
def test_another_page_of_the_same_person_is_a_rival(world: World, section: Section, sitting: Sitting) -> None:
    save(section, world.coordinator, "Ett", FIRST)
    assert isinstance(save(section, world.coordinator, "Annat", sitting), Conflict)
    assert stands(section) == ("<p>Ett</p>", 2)
    assert open_asides(section) == {"<p>Annat</p>"}


def test_what_somebody_has_saved_since_is_met(world: World, section: Section) -> None:
    save(section, world.coordinator, "Ett", FIRST)
    save(section, world.police_coordinator, "Ett, polisen", OTHER, version=2)
    assert isinstance(save(section, world.coordinator, "Ett och två", SECOND), Conflict)
    assert stands(section) == ("<p>Ett, polisen</p>", 3)
    assert open_asides(section) == {"<p>Ett och två</p>"}


def test_what_took_the_place_without_a_page_is_met_too(world: World, section: Section) -> None:
    """A Word file, or an earlier version that was fetched."""
    save(section, world.coordinator, "Ett", FIRST)
    Section.objects.filter(pk=section.pk).update(body="<p>Ur Word</p>", version=3)
    assert isinstance(save(section, world.coordinator, "Ett och två", SECOND), Conflict)
    assert stands(section) == ("<p>Ur Word</p>", 3)


def test_a_text_that_comes_after_a_later_one_of_its_page_changes_nothing(world: World, section: Section) -> None:
    save(section, world.coordinator, "Ett och två", SECOND)
    answer = save(section, world.coordinator, "Ett", FIRST)
    assert isinstance(answer, Saved)
    assert (answer.body, answer.version) == ("<p>Ett och två</p>", 2)
    assert stands(section) == ("<p>Ett och två</p>", 2)
    assert not SavedAside.objects.exists()


def test_a_text_aside_gives_way_to_a_later_one_of_its_page_and_to_no_other(world: World, section: Section) -> None:
    save(section, world.police_coordinator, "Polisens")
    for words, sitting in (("Ett", FIRST), ("Annan flik", OTHER), ("Ett och två", SECOND), ("Utan skript", UNKNOWN)):
        assert isinstance(save(section, world.coordinator, words, sitting), Conflict)
    assert open_asides(section) == {"<p>Annan flik</p>", "<p>Ett och två</p>", "<p>Utan skript</p>"}


def test_a_text_aside_on_another_version_closes_none(world: World, section: Section) -> None:
    save(section, world.police_coordinator, "Polisens")
    save(section, world.coordinator, "Måndag")
    save(section, world.police_coordinator, "Polisens igen", version=2)
    save(section, world.coordinator, "Tisdag", version=2)
    assert open_asides(section) == {"<p>Måndag</p>", "<p>Tisdag</p>"}


def test_the_same_holds_for_an_area(world: World) -> None:
    section = world.picture.sections.get(heading="Arbetssätt")
    Section.objects.filter(pk=section.pk).update(kind="priority_areas")

    def write(words: str, sitting: Sitting, version: int = 1) -> Saved | Conflict:
        return save_area(
            world.area,
            section=section,
            title="Torg",
            description=f"<p>{words}</p>",
            version=version,
            by=world.coordinator,
            sitting=sitting,
        )

    write("Ett", FIRST)
    assert isinstance(write("Ett och två", SECOND), Saved)
    assert isinstance(write("Ett", FIRST), Saved)
    assert PriorityArea.objects.get(pk=world.area.pk).description == "<p>Ett och två</p>"
    assert isinstance(write("Annat", OTHER), Conflict)


def test_a_name_of_an_area_that_is_too_long_is_refused_and_not_cut(world: World) -> None:
    section = world.picture.sections.get(heading="Arbetssätt")
    Section.objects.filter(pk=section.pk).update(kind="priority_areas")
    write = partial(save_area, world.area, section=section, description="<p>x</p>", version=1, by=world.coordinator)
    with pytest.raises(TransitionRefused) as refusal:
        write(title="å" * 201)
    assert refusal.value.verdict.code == "title_too_long"
    write(title="å" * 200)
    late = write(title="ö" * 201)
    assert isinstance(late, Conflict)
    assert late.aside.heading == "ö" * 201


@pytest.fixture
def sheet(world: World) -> ActionPlanSheet:
    return make_sheet(world)


def test_the_same_holds_for_a_sheet(world: World, sheet: ActionPlanSheet) -> None:
    value = sheet.fields.get(key="goal").values.get()

    def write(words: str, sitting: Sitting) -> Saved | Conflict:
        given = SheetInput(values={(value.field_id, value.column_id): ValueInput(f"<p>{words}</p>")})
        return save_sheet(sheet.section, given, version=1, by=world.coordinator, sitting=sitting)

    write("Ett", FIRST)
    answer = write("Ett och två", THIRD)
    assert isinstance(answer, Saved)
    assert answer.version == 3
    assert isinstance(write("Ett ", SECOND), Saved)
    value.refresh_from_db()
    assert value.html == "<p>Ett och två</p>"
    assert not SavedAside.objects.exists()
    assert isinstance(write("Annat", OTHER), Conflict)
