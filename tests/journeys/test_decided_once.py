"""A yes counts once, however often and wherever it is pressed."""

import pytest
from playwright.sync_api import Page, Request, expect

from agreements.models import Assent, Decision
from agreements.states import ProposalStatus
from tests.factories import World, proposal_at
from tests.journeys.people import People


def at_the_last_step(page: Page, address: str) -> Page:
    page.goto(f"{address}bifall/")
    return page


def press(page: Page, times: int = 1) -> None:
    page.get_by_role("button", name="Bifall").click(click_count=times)
    expect(page.locator(".messages__item").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_on_yes_decides_once(world: World, people: People, scripts: bool) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    sent: list[Request] = []
    for who in (world.anna, world.pia):
        page = at_the_last_step(people(who, java_script_enabled=scripts), proposal.get_absolute_url())
        page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
        press(page, times=2)

    assert Assent.objects.filter(proposal=proposal).count() == 2
    assert Decision.objects.filter(revision=proposal.revision).count() == 1
    assert not scripts or len(sent) == 2
    expect(page.get_by_role("heading", level=1)).to_have_text(str(Decision.objects.get()))


def test_yes_in_a_second_tab_counts_once_and_says_so(world: World, people: People) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    page = at_the_last_step(people(world.anna), proposal.get_absolute_url())
    second = at_the_last_step(page.context.new_page(), proposal.get_absolute_url())
    people.watch(second)
    press(page)
    second.get_by_role("button", name="Bifall").click()

    expect(second.locator(".messages__item")).to_have_text("Det har du redan gjort. Det räknas en gång.")
    assert Assent.objects.filter(proposal=proposal).count() == 1


def test_another_sentence_in_a_second_tab_is_refused_with_the_reason(world: World, people: People) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    page = at_the_last_step(people(world.anna), proposal.get_absolute_url())
    second = at_the_last_step(page.context.new_page(), proposal.get_absolute_url())
    people.watch(second)
    press(page)
    second.get_by_label("Beslutsmening").fill("Bilagan gäller bara i sommar.")
    second.get_by_role("button", name="Bifall").click()

    expect(second.locator("main")).to_contain_text("Din part har redan gett sitt bifall.")
    assert Assent.objects.filter(proposal=proposal).count() == 1
