"""The editing page: outline, section and what is said of it side by side at a desk, one after the other on a phone."""

import pytest
from playwright.sync_api import FloatRect, Page, expect

from agreements.models import Section
from tests.factories import World
from tests.journeys.people import People
from tests.journeys.steps import in_editor, overflow, press, saved

LONG = "".join(f"<p>Stycke {number} av en lång text.</p>" for number in range(60))


def open_section(page: Page, section: Section) -> None:
    page.goto(f"{section.annex.get_absolute_url()}redigera/?avsnitt={section.pk}")
    in_editor(page)


def place_of(page: Page, name: str) -> FloatRect:
    box = page.locator(f".editor__{name}").bounding_box()
    assert box is not None
    return box


@pytest.mark.parametrize("width", [1200, 1280, 1920])
def test_at_a_desk_the_checker_and_comments_stand_right_of_the_text(world: World, people: People, width: int) -> None:
    page = people(world.coordinator, viewport={"width": width, "height": 800})
    open_section(page, world.picture.sections.get(heading="Syfte"))
    outline, section, side = (place_of(page, name) for name in ("outline", "section", "side"))

    assert outline["x"] + outline["width"] < section["x"]
    assert section["x"] + section["width"] < side["x"]
    assert abs(section["y"] - side["y"]) < 4
    assert section["width"] > 500
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_they_come_after_the_text(world: World, people: People, width: int) -> None:
    page = people(world.coordinator, phone=True, viewport={"width": width, "height": 800})
    open_section(page, world.picture.sections.get(heading="Syfte"))
    outline, section, side = (place_of(page, name)["y"] for name in ("outline", "section", "side"))

    assert outline < section < side
    assert overflow(page) == 0


@pytest.mark.parametrize("phone", [False, True], ids=["at a desk", "on a phone"])
def test_whether_it_is_saved_is_seen_however_long_the_text(world: World, people: People, phone: bool) -> None:
    section = world.picture.sections.get(heading="Syfte")
    Section.objects.filter(pk=section.pk).update(body=LONG)
    page = people(world.coordinator, phone=phone)
    open_section(page, section)
    press(page, "Control+End")
    page.keyboard.type(" Slut.")
    saved(page)

    assert page.evaluate("scrollY") > 0
    expect(page.locator("[data-samverkan-save-status]")).to_be_in_viewport()
