"""The coordinator: from a sentence typed in an annex to a decision, and the whole agreement on paper with it."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from agreements.models import Decision
from tests.factories import World
from tests.journeys.people import People
from tests.journeys.steps import in_editor, menu, overflow, press, saved, sign_in_by_form

SENTENCE = "Vid stationen har larmen blivit färre sedan belysningen byttes."
SUMMARY = "Ett stycke om stationen har kommit till."


@pytest.mark.timeout(300)
def test_a_sentence_becomes_decided_and_printed(world: World, people: People) -> None:
    page = people()
    sign_in_by_form(page, world.coordinator)
    write(page, world)
    submit(page)
    for preparer in (world.preparer, world.police_preparer):
        forward(people(preparer))
    assent(people(world.anna, phone=True))
    last = people(world.pia)
    assent(last)

    assert_decided(last)
    assert_printed(people(world.reader), world)


def write(page: Page, world: World) -> None:
    menu(page, "Överenskommelser")
    page.get_by_role("rowheader").get_by_role("link", name=world.agreement.title).click()
    page.get_by_role("link", name="Gemensam lokal lägesbild").click()
    page.get_by_role("link", name="Redigera").click()
    in_editor(page)
    press(page, "Control+End", "Enter")
    page.keyboard.type(SENTENCE)
    saved(page)
    assert SENTENCE in world.picture.sections.get(heading="Syfte").body


def submit(page: Page) -> None:
    page.get_by_role("link", name="Skicka till beredningsgruppen").first.click()
    page.get_by_label("Vad som har ändrats").fill(SUMMARY)
    page.get_by_role("button", name="Skicka", exact=True).click()
    expect(page.locator("main")).to_contain_text("Hos beredningsgruppen")
    expect(page.locator("main")).to_contain_text(SUMMARY)


def forward(page: Page) -> None:
    open_first_of_my_work(page)
    page.get_by_role("link", name="Skicka vidare till styrgruppen").click()
    page.get_by_role("button", name="Skicka vidare till styrgruppen").click()
    expect(page.get_by_text("Du har skickat vidare").or_(page.locator(".messages__item"))).to_be_visible()


def assent(page: Page) -> None:
    """From the start page to a yes: what waits, the decision page, its button, and once more."""
    open_first_of_my_work(page)
    assert overflow(page) == 0
    page.get_by_role("link", name="Bifall").click()
    expect(page.locator(".decision__asked")).to_contain_text("Bilaga 1")
    page.get_by_role("button", name="Bifall").click()
    expect(page.locator(".messages__item")).to_be_visible()


def open_first_of_my_work(page: Page) -> None:
    page.goto("/")
    page.locator(".work-row").first.get_by_role("link").click()


def assert_decided(page: Page) -> None:
    decision = Decision.objects.get()
    expect(page).to_have_url(f"{page.url.split('/beslut/')[0]}{decision.get_absolute_url()}")
    expect(page.get_by_role("heading", level=1)).to_have_text(str(decision))
    for name in ("Anna", "Pia"):
        expect(page.locator(".assents")).to_contain_text(name)
    expect(page.locator("code.hash")).to_have_text(decision.revision.sha256)


def assert_printed(page: Page, world: World) -> None:
    """Somebody who only reads prints all of it, and the new sentence stands in it."""
    page.goto(world.agreement.get_absolute_url())
    address = page.get_by_role("link", name="Skriv ut hela överenskommelsen").get_attribute("href")
    assert address
    answer = page.request.get(address, timeout=120_000)
    assert answer.headers["content-type"] == "application/pdf"
    pdf = PdfReader(BytesIO(answer.body()))
    text = " ".join(" ".join(leaf.extract_text() for leaf in pdf.pages).split())
    assert SENTENCE in text
    assert pdf.metadata is not None
    assert pdf.metadata.title == world.agreement.title
    assert pdf.trailer["/Root"]["/Lang"] == "sv"  # type: ignore[index]
    assert all(party.registry_number in text for party in world.agreement.parties.all())
