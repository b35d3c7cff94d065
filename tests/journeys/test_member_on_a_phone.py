"""The member of the steering group, twice a year, on a phone: what am I asked, what does yes mean, and yes."""

import re

from playwright.sync_api import Locator, Page, expect

from agreements.models import Agreement, Decision, Proposal
from agreements.states import ProposalStatus
from tests.journeys.page_types import on_its_way
from tests.journeys.people import People
from tests.journeys.steps import overflow

WIDTHS = (320, 390)


def fits(page: Page) -> None:
    """Nothing sticks out on a small phone or a usual one; the page stays as wide as it was."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        found[width] = overflow(page)
    assert found == dict.fromkeys(WIDTHS, 0), page.url


def test_three_taps_from_the_start_to_a_decision_of_all_parts(example: Agreement, people: People) -> None:
    """A party may have said yes to some of them already."""
    matter = example.matters.get()
    for who in ("styrgrupp-kommun", "styrgrupp-polis"):
        page = people(who, phone=True)
        page.goto("/")
        fits(page)
        page.locator(".work-row", has_text=matter.title).get_by_role("link").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text(matter.title)
        fits(page)
        way = page.get_by_role("link", name=re.compile(r"^Säg ja till alla \d+ delar$"))
        parts = int("".join(filter(str.isdigit, way.inner_text())))
        way.tap()
        expect(page.locator(".decision__asked")).to_have_count(parts)
        fits(page)
        page.get_by_role("button", name="Bifall till allt").tap()
        expect(page.locator(".messages__item")).to_be_visible()
        fits(page)

    assert matter.decisions.count() == matter.proposals.count() > 1
    assert set(matter.proposals.values_list("status", flat=True)) == {ProposalStatus.DECIDED}


def test_one_part_is_read_asked_about_and_decided(example: Agreement, people: People) -> None:
    matter, proposal = example.matters.get(), on_its_way(example, "1")
    page = people("styrgrupp-kommun", phone=True)
    page.goto(matter.get_absolute_url())
    part = open_part(page, proposal)
    assert_meaning_comes_first(part)
    fits(page)
    part.get_by_role("link", name="Fråga först").tap()
    page.get_by_label("Din fråga").fill("Vad kostar det?")
    page.get_by_role("button", name="Skicka").tap()
    expect(page.locator(".messages__item")).to_be_visible()
    assert proposal.revision.comments.filter(is_question=True, text="Vad kostar det?").exists()
    yes(page, proposal)

    other = people("styrgrupp-polis", phone=True)
    other.goto(matter.get_absolute_url())
    yes(other, proposal)
    decision = Decision.objects.get(revision=proposal.revision)
    expect(other.get_by_role("heading", level=1)).to_have_text(str(decision))
    expect(other.locator(".decision__asked")).to_have_text(decision.resolution)
    fits(other)


def open_part(page: Page, proposal: Proposal) -> Locator:
    part = page.locator(f"#del-{proposal.pk}")
    if not part.evaluate("(folded) => folded.open"):
        part.locator("summary").first.tap()
    expect(part.locator("section").first).to_be_visible()  # fetched when it is opened
    return part


def assert_meaning_comes_first(part: Locator) -> None:
    headings = part.get_by_role("heading", level=2).all_inner_texts()
    wanted = ["Förslag till beslut", "Vad ett ja innebär", "Vad som ändras"]
    assert [heading for heading in headings if heading in wanted] == wanted


def yes(page: Page, proposal: Proposal) -> None:
    """The part's own button, the sentence once more, and yes."""
    open_part(page, proposal).get_by_role("link", name="Bifall").tap()
    expect(page.locator(".decision__asked")).to_have_text(proposal.proposed_decision)
    fits(page)
    page.get_by_role("button", name="Bifall").tap()
    expect(page.locator(".messages__item")).to_be_visible()
