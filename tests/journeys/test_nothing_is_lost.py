"""Two people write in the same section; a session ends while somebody writes. Every word is there afterwards."""

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from agreements.models import Comment, SavedAside, Section
from agreements.states import ProposalStatus
from tests.factories import World, proposal_at
from tests.journeys.people import People
from tests.journeys.steps import fill_in_sign_in, in_editor, press, saved

MINE = "Kommunen har satt upp ny belysning."
THEIRS = "Polisen har gått fler nattpass."


def open_section(page: Page, section: Section) -> None:
    annex = section.annex
    page.goto(f"{annex.get_absolute_url()}redigera/?avsnitt={section.pk}")
    in_editor(page)
    press(page, "Control+End")


def add(page: Page, sentence: str) -> None:
    press(page, "Enter")
    page.keyboard.insert_text(sentence)  # at once: half of it may be saved, and met, while the rest is typed


def test_two_who_write_the_same_section_find_both_texts_and_join_them(world: World, people: People) -> None:
    section = world.picture.sections.get(heading="Syfte")
    theirs, mine = people(world.police_coordinator), people(world.coordinator)
    open_section(theirs, section)
    open_section(mine, section)
    add(theirs, THEIRS)
    saved(theirs)
    add(mine, MINE)
    mine.get_by_role("link", name="Jämför och välj").click()

    section.refresh_from_db()
    aside = SavedAside.objects.get(section=section)
    assert THEIRS in section.body
    assert MINE in aside.body
    expect(mine.get_by_role("heading", level=1)).to_have_text("Någon annan hann före")
    expect(mine.locator("main")).to_contain_text(THEIRS)
    expect(mine.locator("main")).to_contain_text(MINE)

    join(mine)
    section.refresh_from_db()
    assert THEIRS in section.body
    assert MINE in section.body
    assert section.body.count("Parterna arbetar tillsammans") == 1
    theirs.reload()
    expect(theirs.get_by_role("textbox", name="Avsnittets text")).to_contain_text(MINE)


def join(page: Page) -> None:
    """Both passages, one after the other; nothing is chosen beforehand."""
    expect(page.locator("main input[type=radio]:checked")).to_have_count(0)
    for choice in page.get_by_label("Båda, efter varandra").all():
        choice.check()
    page.get_by_role("button", name="Spara den sammanfogade texten").click()
    expect(page.locator(".messages__item")).to_be_visible()


def test_what_is_typed_after_the_session_has_ended_is_saved_when_signed_in_again(world: World, people: People) -> None:
    section = world.picture.sections.get(heading="Syfte")
    page = people(world.coordinator)
    open_section(page, section)
    Session.objects.all().delete()
    add(page, MINE)
    link = page.get_by_role("link", name="Logga in")
    expect(link).to_be_visible()
    assert MINE not in body_of(section)

    with page.context.expect_page() as opened:
        link.click()
    people.watch(opened.value)
    fill_in_sign_in(opened.value, world.coordinator)
    expect(opened.value.get_by_role("textbox", name="Avsnittets text")).to_be_visible()
    page.bring_to_front()
    page.get_by_role("button", name="Försök igen").click()

    saved(page)
    assert MINE in body_of(section)


def test_a_form_sent_after_the_session_has_ended_is_sent_again_when_signed_in(world: World, people: People) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    page = people(world.anna)
    page.goto(f"{proposal.get_absolute_url()}fraga/")
    page.get_by_label("Din fråga").fill(MINE)
    Session.objects.all().delete()
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är inte längre inloggad")
    expect(page.get_by_label("Du skrev")).to_have_value(MINE)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    people.watch(opened.value)
    fill_in_sign_in(opened.value, world.anna)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Mitt arbete")
    page.bring_to_front()
    page.get_by_role("button", name="Skicka igen").click()

    expect(page.locator(".messages__item")).to_be_visible()
    assert Comment.objects.get().text == MINE


def test_without_javascript_it_takes_one_more_click(world: World, people: People) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    page = people(world.anna, java_script_enabled=False)
    page.goto(f"{proposal.get_absolute_url()}fraga/")
    page.get_by_label("Din fråga").fill(MINE)
    Session.objects.all().delete()
    page.get_by_role("button", name="Skicka").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    fill_in_sign_in(opened.value, world.anna)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Mitt arbete")

    page.get_by_role("button", name="Skicka igen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan hade blivit för gammal")
    expect(page.get_by_label("Du skrev")).to_have_value(MINE)
    assert not Comment.objects.exists()
    page.get_by_role("button", name="Skicka igen").click()

    expect(page.locator(".messages__item")).to_be_visible()
    assert Comment.objects.get().text == MINE


def body_of(section: Section) -> str:
    section.refresh_from_db()
    return section.body
