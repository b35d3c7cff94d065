"""A sheet or a register is saved as a whole by its button: until the server has it, every word is kept here."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Locator, Page, expect

from agreements.models import ActionPlanSheet, SavedAside, Section, SheetValue
from agreements.workflow.sheet import add_field, remove_field
from tests.factories import World, make_sheet
from tests.journeys.people import People
from tests.journeys.steps import fill_in_sign_in

MINE = "Färre rån på torget."
THEIRS = "Fler nattpass vid stationen."
SAVE = "Spara bladet"
AT_A_TIME = re.compile(r"^Sparat \d\d\.\d\d$")


@pytest.fixture
def sheet(world: World) -> ActionPlanSheet:
    return make_sheet(world)


@pytest.fixture
def sources(world: World) -> Section:
    section = world.picture.sections.get(heading="Syfte")
    Section.objects.filter(pk=section.pk).update(kind="sources")
    return section


def open_sheet(page: Page, sheet: ActionPlanSheet) -> Locator:
    """The page of the sheet; its field for the goal."""
    page.goto(f"/overenskommelser/{sheet.section.annex.agreement.slug}/bilagor/3a/avsnitt/{sheet.section_id}/blad/")
    return goal(page, sheet)


def goal(page: Page, sheet: ActionPlanSheet) -> Locator:
    value = goal_of(sheet)
    return page.locator(f'textarea[name="value-{value.field_id}-{value.column_id}-text"]')


def goal_of(sheet: ActionPlanSheet) -> SheetValue:
    return SheetValue.objects.get(field__sheet=sheet, field__key="goal", column__position=1)


def open_sources(page: Page, section: Section) -> Locator:
    """The page of the register; the name of its first row."""
    page.goto(f"/overenskommelser/{section.annex.agreement.slug}/bilagor/1/avsnitt/{section.pk}/kallor/")
    return page.get_by_label("Namn").first


def status(page: Page, text: str) -> None:
    expect(page.locator("[data-samverkan-save-status]")).to_have_text(text)


def copies(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('samverkan-text:')).length"))


def test_a_save_leaves_one_where_one_was_and_says_when(sheet: ActionPlanSheet, world: World, people: People) -> None:
    page = people(world.coordinator)
    field = open_sheet(page, sheet)
    status(page, "Allt är sparat")
    field.fill(MINE)
    status(page, "Inte sparat än")
    assert copies(page) == 1
    field.press("Tab")
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("[data-samverkan-save-status]")).to_have_text(AT_A_TIME)
    assert goal_of(sheet).html == f"<p>{MINE}</p>"
    assert copies(page) == 0
    field.fill(THEIRS)
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("[data-samverkan-save-status]")).to_have_text(AT_A_TIME)
    assert goal_of(sheet).html == f"<p>{THEIRS}</p>"
    expect(page.get_by_role("button", name=SAVE)).to_be_focused()


def test_words_in_a_sheet_survive_a_closed_tab(sheet: ActionPlanSheet, world: World, people: People) -> None:
    page = people(world.coordinator)
    open_sheet(page, sheet).fill(MINE)
    status(page, "Inte sparat än")
    page.close()

    again = page.context.new_page()
    people.watch(again)
    field = open_sheet(again, sheet)
    expect(again.locator("[data-samverkan-section-notice]")).to_contain_text("blev aldrig sparad")
    expect(field).to_have_value("")
    again.get_by_role("button", name="Ta tillbaka den").click()
    expect(field).to_have_value(MINE)
    status(again, "Inte sparat än")
    assert (goal_of(sheet).html, copies(again)) == ("", 1)
    again.get_by_role("button", name=SAVE).click()
    status(again, "Allt är sparat")
    assert (goal_of(sheet).html, copies(again)) == (f"<p>{MINE}</p>", 0)


def test_words_taken_back_onto_a_newer_sheet_meet_what_came_since(
    sheet: ActionPlanSheet, world: World, people: People
) -> None:
    page, other = people(world.coordinator), people(world.police_coordinator)
    open_sheet(page, sheet).fill(MINE)
    page.close()
    open_sheet(other, sheet).fill(THEIRS)
    other.get_by_role("button", name=SAVE).click()
    expect(other.locator("#blad")).to_have_attribute("data-state", "saved")

    again = page.context.new_page()
    field = open_sheet(again, sheet)
    expect(field).to_have_value(THEIRS)
    again.get_by_role("button", name="Ta tillbaka den").click()
    expect(field).to_have_value(MINE)
    expect(again.locator(".sheet-now")).to_contain_text(THEIRS)
    assert goal_of(sheet).html == f"<p>{THEIRS}</p>"
    assert MINE in SavedAside.objects.get().body


def test_words_in_a_sheet_survive_an_ended_session(sheet: ActionPlanSheet, world: World, people: People) -> None:
    page = people(world.coordinator)
    field = open_sheet(page, sheet)
    field.fill(MINE)
    Session.objects.all().delete()
    page.get_by_role("button", name=SAVE).click()
    link = page.get_by_role("link", name="Logga in i en ny flik")
    expect(link).to_be_visible()
    expect(field).to_have_value(MINE)
    assert copies(page) == 1

    with page.context.expect_page() as opened:
        link.click()
    people.watch(opened.value)
    fill_in_sign_in(opened.value, world.coordinator)
    expect(opened.value.get_by_role("button", name=SAVE)).to_be_visible()
    page.bring_to_front()
    page.get_by_role("button", name="Försök igen").click()

    expect(page.locator("#blad")).to_have_attribute("data-state", "saved")
    assert (goal_of(sheet).html, copies(page)) == (f"<p>{MINE}</p>", 0)


def test_words_in_a_field_that_was_removed_meanwhile_are_shown_under_its_name(
    sheet: ActionPlanSheet, world: World, people: People
) -> None:
    field = add_field(sheet.section, scope="group", label="Risker", by=world.coordinator)
    page = people(world.coordinator)
    open_sheet(page, sheet)
    page.locator(f'textarea[name^="value-{field.pk}-"]').fill(MINE)
    remove_field(sheet.section, field.pk, by=world.police_coordinator)
    page.get_by_role("button", name=SAVE).click()

    kept = page.get_by_role("region", name="Ord som du skrev och som inte längre har något fält")
    expect(kept).to_contain_text("Risker")
    expect(kept).to_contain_text(MINE)
    assert MINE in SavedAside.objects.get().body
    kept.get_by_role("link").click()
    page.get_by_role("button", name="Jag är klar").click()
    assert SavedAside.objects.get().settled_at is not None


def test_two_who_save_the_same_register_find_both_texts(sources: Section, world: World, people: People) -> None:
    theirs, mine = people(world.police_coordinator), people(world.coordinator)
    first = open_sources(theirs, sources)
    second = open_sources(mine, sources)
    first.fill(THEIRS)
    second.fill(MINE)
    theirs.get_by_role("button", name="Spara", exact=True).click()
    expect(theirs.locator(".messages__item")).to_be_visible()
    mine.get_by_role("button", name="Spara", exact=True).click()

    expect(mine.get_by_role("alert").filter(has_text="Någon annan har sparat listan")).to_be_visible()
    assert list(world.agreement.sources.values_list("name", flat=True)) == [THEIRS]
    aside = SavedAside.objects.get()
    assert MINE in aside.body
    mine.get_by_role("button", name="Spara", exact=True).click()
    expect(mine.locator(".messages__item")).to_be_visible()
    assert list(world.agreement.sources.values_list("name", flat=True)) == [THEIRS, MINE]
    aside.refresh_from_db()
    assert aside.settled_at is not None
    assert (copies(theirs), copies(mine)) == (0, 0)


def test_a_faulty_row_keeps_its_words_on_the_page_that_comes_back_and_here(
    sources: Section, world: World, people: People
) -> None:
    page = people(world.coordinator)
    open_sources(page, sources)
    page.get_by_label("Utgivare").first.fill(MINE)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator(".ds-error-summary")).to_be_visible()
    expect(page.get_by_label("Utgivare").first).to_have_value(MINE)
    status(page, "Inte sparat än")
    assert copies(page) == 1
    page.get_by_label("Namn").first.fill("Enkät")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator(".messages__item")).to_be_visible()
    assert (world.agreement.sources.get().publisher, copies(page)) == (MINE, 0)


def test_leaving_with_unsaved_words_is_warned_about_and_without_them_not(
    sheet: ActionPlanSheet, world: World, people: People
) -> None:
    page = people(world.coordinator)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    field = open_sheet(page, sheet)
    field.press_sequentially("Mål")
    page.get_by_role("link", name="Tillbaka till texten").click()
    expect(field).to_have_value("Mål")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("#blad")).to_have_attribute("data-state", "saved")
    page.get_by_role("link", name="Tillbaka till texten").click()
    page.wait_for_url("**/redigera/**")
    assert asked == ["beforeunload"]


def test_what_is_typed_is_saved_before_a_column_is_added(sheet: ActionPlanSheet, world: World, people: People) -> None:
    page = people(world.coordinator)
    field = open_sheet(page, sheet)
    field.fill(MINE)
    page.get_by_role("button", name="Lägg till en kolumn").click()
    expect(page.locator("thead th")).to_have_count(3)
    expect(field).to_have_value(MINE)
    assert goal_of(sheet).html == f"<p>{MINE}</p>"


def test_signing_out_with_unsaved_words_asks_first_and_leaves_nothing_behind(
    sheet: ActionPlanSheet, world: World, people: People
) -> None:
    page = people(world.coordinator)
    answers = ["dismiss", "accept"]
    page.on("dialog", lambda dialog: getattr(dialog, answers.pop(0))())
    field = open_sheet(page, sheet)
    field.fill(MINE)
    page.locator(".person summary").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(field).to_have_value(MINE)
    assert copies(page) == 1
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()
    assert (answers, copies(page)) == ([], 0)


def test_without_javascript_two_who_write_the_same_sheet_lose_nothing(
    sheet: ActionPlanSheet, world: World, people: People
) -> None:
    theirs = people(world.police_coordinator, java_script_enabled=False)
    mine = people(world.coordinator, java_script_enabled=False)
    open_sheet(theirs, sheet).fill(THEIRS)
    open_sheet(mine, sheet).fill(MINE)
    for page in (theirs, mine):
        page.get_by_role("button", name=SAVE).click()
    expect(mine.locator(".sheet-now")).to_contain_text(THEIRS)
    expect(goal(mine, sheet)).to_have_value(MINE)
    assert MINE in SavedAside.objects.get().body
    mine.get_by_role("button", name=SAVE).click()
    expect(mine.locator(".messages__item")).to_be_visible()
    assert goal_of(sheet).html == f"<p>{MINE}</p>"
    assert SavedAside.objects.get().settled_at is not None
