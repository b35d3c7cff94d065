"""The one who prints, without a mouse: from the list to the agreement as it applied on a day, and on to paper."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models import Q
from django.utils.formats import date_format
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from agreements.models import Agreement, Annex
from agreements.rights import today
from agreements.selectors.in_force import decisions_in_force
from tests.journeys.people import People

DAY = today() - timedelta(days=500)
ORDERS = (("%Y", "%m", "%d"), ("%m", "%d", "%Y"), ("%d", "%m", "%Y"))
MOST = 60
"""As many steps with Tab as anything may be away."""


class Keyboard:
    """Somebody who has a keyboard, and eyes for where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, target: Locator) -> None:
        """Tab until ``target`` has the focus; whatever has it on the way must be seen to have it."""
        for _step in range(MOST):
            self.press("Tab")
            assert self.focus_is_visible(), f"No sign of focus on {self.focused()}"
            if target.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"{target} was not reached in {MOST} steps")

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))

    def focus_is_visible(self) -> bool:
        """A mark around it (the skip link shows itself instead), and inside the window."""
        return bool(
            self.page.evaluate(
                """() => {
                  const element = document.activeElement, look = getComputedStyle(element);
                  const box = element.getBoundingClientRect();
                  const marked = parseFloat(look.outlineWidth) >= 2 && look.outlineStyle !== "none"
                    || look.boxShadow !== "none" || element.matches(".ds-skip-link") && box.width > 100;
                  return marked && box.width > 0 && box.bottom > 0 && box.top < innerHeight
                    && box.right > 0 && box.left < innerWidth;
                }"""
            )
        )


@pytest.mark.timeout(300)
def test_from_the_list_to_paper_by_keyboard(example: Agreement, people: People) -> None:
    page = people("lasare")
    page.goto("/overenskommelser/")
    keyboard = Keyboard(page)
    skip_to_content(keyboard)
    keyboard.go_to(page.get_by_role("rowheader").get_by_role("link", name=example.title))
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(example.title)
    page.wait_for_load_state()
    choose_day(keyboard)
    expect(page.locator(".ds-alert", has_text=date_format(DAY))).to_be_visible()
    page.wait_for_load_state()
    skip_to_content(keyboard)
    keyboard.go_to(page.get_by_role("link", name=re.compile("^Skriv ut hela")))
    with page.expect_response("**/skriv-ut/**", timeout=120_000) as waiting:
        keyboard.press("Enter")
    assert waiting.value.headers["content-type"] == "application/pdf"

    # A browser that shows the file keeps it to itself, so it is fetched once more.
    assert_is_of_that_day(example, page.request.get(waiting.value.url).body())


def skip_to_content(keyboard: Keyboard) -> None:
    """The first stop of a page leads past the header."""
    link = keyboard.page.get_by_role("link", name="Hoppa till innehållet")
    keyboard.press("Tab")
    expect(link).to_be_focused()
    assert keyboard.focus_is_visible()
    keyboard.press("Enter")
    expect(keyboard.page).to_have_url(re.compile("#innehall$"))
    keyboard.press("Tab")
    assert keyboard.page.locator("main").evaluate("(main) => main.contains(document.activeElement)")


def choose_day(keyboard: Keyboard) -> None:
    field = keyboard.page.get_by_label("Gällande den")
    keyboard.go_to(field)
    for order in ORDERS:  # the browser's own language decides in which order a date is typed
        keyboard.press("ArrowLeft", "ArrowLeft")
        for part in order:
            keyboard.page.keyboard.type(DAY.strftime(part))
            if part == "%Y":
                keyboard.press("ArrowRight")
        if field.input_value() == DAY.isoformat():
            break
    expect(field).to_have_value(DAY.isoformat())
    keyboard.press("Enter")


def assert_is_of_that_day(agreement: Agreement, pdf: bytes) -> None:
    """At the head of its pages each text names the version that was in force, and no other does."""
    text = "\n".join(leaf.extract_text() for leaf in PdfReader(BytesIO(pdf)).pages)
    texts = Annex.objects.filter(Q(agreement=agreement) | Q(agreement=agreement.parent, kind="agreement_text"))
    applied = decisions_in_force(list(texts.values_list("pk", flat=True)), DAY)
    wanted = {(str(decision.revision.number), decision.revision.short_hash) for decision in applied}

    assert len(wanted) > 5
    assert set(re.findall(r"version (\d+) · ([0-9a-f]{12})", text)) == wanted
