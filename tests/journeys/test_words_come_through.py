"""An answer that is lost, a text of another day, a comment begun, no JavaScript: the words come through."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from agreements.models import ActionPlanSheet, SavedAside, Section
from agreements.workflow.sheet import save_sheet
from agreements.workflow.sheet_input import SheetInput, ValueInput
from tests.factories import World, make_sheet, make_world
from tests.journeys.people import People
from tests.journeys.steps import in_editor, press, saved

MINE = "Kommunen har satt upp ny belysning."
MORE = "Den räcker till stationen."


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def section(world: World) -> Section:
    return world.picture.sections.get(heading="Syfte")


@pytest.fixture
def sheet(world: World) -> ActionPlanSheet:
    return make_sheet(world)


def open_section(page: Page, section: Section) -> None:
    page.goto(f"{section.annex.get_absolute_url()}redigera/?avsnitt={section.pk}")
    in_editor(page)
    press(page, "Control+End")


def sheet_address(sheet: ActionPlanSheet) -> str:
    return f"{sheet.section.annex.get_absolute_url()}avsnitt/{sheet.section_id}/blad/"


def goal(sheet: ActionPlanSheet) -> str:
    return str(sheet.fields.get(key="goal").values.get(column__position=1).html)


def goal_field(sheet: ActionPlanSheet) -> str:
    value = sheet.fields.get(key="goal").values.get(column__position=1)
    return f'textarea[name="value-{value.field_id}-{value.column_id}-text"]'


def lose_first_answer(page: Page, address: str) -> Iterator[None]:
    """The first text that is sent there arrives; its answer does not."""
    lost: list[str] = []

    def carry(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.request.url)
        route.fetch()
        return route.abort()

    page.route(address, carry)
    yield
    assert len(lost) == 1


def test_a_section_whose_answer_was_lost_does_not_meet_itself(world: World, section: Section, people: People) -> None:
    page = people(world.coordinator)
    open_section(page, section)
    lost = lose_first_answer(page, f"**/avsnitt/{section.pk}/")
    next(lost)
    press(page, "Enter")
    page.keyboard.insert_text(MINE)
    expect(page.locator("[data-samverkan-save-status]")).to_contain_text("Ingen förbindelse")
    section.refresh_from_db()
    assert MINE in section.body
    page.keyboard.insert_text(f" {MORE}")
    saved(page)
    next(lost, None)
    section.refresh_from_db()
    assert f"{MINE} {MORE}" in section.body
    assert not SavedAside.objects.exists()


def test_a_sheet_whose_answer_was_lost_does_not_meet_itself(
    world: World, sheet: ActionPlanSheet, people: People
) -> None:
    page = people(world.coordinator)
    page.goto(sheet_address(sheet))
    lost = lose_first_answer(page, f"**{sheet_address(sheet)}")
    next(lost)
    page.locator(goal_field(sheet)).fill(MINE)
    page.get_by_role("button", name="Spara bladet").click()
    expect(page.locator("[data-samverkan-save-status]")).to_contain_text("Ingen förbindelse")
    assert goal(sheet) == f"<p>{MINE}</p>"
    page.locator(goal_field(sheet)).fill(MORE)
    page.get_by_role("button", name="Spara bladet").click()
    expect(page.locator("#blad")).to_have_attribute("data-state", "saved")
    next(lost, None)
    assert goal(sheet) == f"<p>{MORE}</p>"
    assert not SavedAside.objects.exists()


def test_two_groups_write_in_two_fields_of_a_sheet_at_once(
    world: World, sheet: ActionPlanSheet, people: People
) -> None:
    page, value = people(world.coordinator), sheet.fields.get(key="goal").values.get(column__position=1)
    page.goto(f"{sheet_address(sheet)}{value.pk}/")
    other = sheet.fields.get(key="convener").values.get()
    theirs = SheetInput(values={(other.field_id, other.column_id): ValueInput(f"<p>{MORE}</p>")})
    save_sheet(sheet.section, theirs, version=1, by=world.police_coordinator)
    in_editor(page)
    page.keyboard.insert_text(MINE)
    saved(page)
    other.refresh_from_db()
    assert (goal(sheet), other.html) == (f"<p>{MINE}</p>", f"<p>{MORE}</p>")


def test_signing_out_asks_about_words_that_were_left_behind_elsewhere(
    world: World, sheet: ActionPlanSheet, people: People
) -> None:
    page = people(world.coordinator)
    page.goto(sheet_address(sheet))
    page.locator(goal_field(sheet)).fill(MINE)
    expect(page.locator("[data-samverkan-save-status]")).to_have_text("Inte sparat än")
    page.close()
    elsewhere = page.context.new_page()
    people.watch(elsewhere)
    answers, asked = ["dismiss", "accept"], list[str]()

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        getattr(dialog, answers.pop(0))()

    elsewhere.on("dialog", answer)
    elsewhere.goto("/")
    elsewhere.locator(".person summary").click()
    elsewhere.get_by_role("button", name="Logga ut").click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Mitt arbete")
    assert copies(elsewhere) == 1
    elsewhere.get_by_role("button", name="Logga ut").click()
    expect(elsewhere.get_by_role("button", name="Logga in")).to_be_visible()
    assert copies(elsewhere) == 0
    assert [message[:23] for message in asked] == ["I den här webbläsaren f"] * 2


def copies(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('samverkan-text:')).length"))


def test_without_javascript_a_column_is_added_and_what_was_typed_is_saved(
    world: World, sheet: ActionPlanSheet, people: People
) -> None:
    page = people(world.coordinator, java_script_enabled=False)
    page.goto(sheet_address(sheet))
    page.locator(goal_field(sheet)).fill(MINE)
    page.get_by_label("eller insats att lägga till").fill("Unga")
    page.get_by_role("button", name="Lägg till en kolumn").click()
    expect(page.locator("thead th")).to_have_count(3)
    expect(page.locator(goal_field(sheet))).to_have_value(MINE)
    assert goal(sheet) == f"<p>{MINE}</p>"
    page.locator(goal_field(sheet)).fill(MORE)
    page.get_by_role("button", name="Ta bort kolumnen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ta bort kolumnen")
    assert goal(sheet) == f"<p>{MORE}</p>"


def test_a_comment_that_was_begun_is_not_left_unawares(world: World, section: Section, people: People) -> None:
    page = people(world.coordinator)
    answers: list[Any] = ["dismiss", "accept"]
    page.on("dialog", lambda dialog: getattr(dialog, answers.pop(0))())
    open_section(page, section)
    page.get_by_text("Skriv en kommentar").click()
    page.get_by_label("Din kommentar").fill(MINE)
    other = page.locator("#disposition").get_by_role("link", name="Arbetssätt")
    other.click()
    expect(page.get_by_label("Din kommentar")).to_have_value(MINE)
    assert answers == ["accept"]
    other.click()
    expect(page.locator("#avsnittsrubrik")).to_have_text("Arbetssätt")
    assert answers == []
