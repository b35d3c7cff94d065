"""What people do on every page, in their own words."""

import re

from playwright.sync_api import Locator, Page, expect

from samverkan.accounts.models import User

PASSWORD = "hemligt-losenord"
SETTLED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"""


def sign_in_by_form(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto("/")
    fill_in_sign_in(page, user, password)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitt arbete")


def fill_in_sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.get_by_label(re.compile("^E-?post")).fill(user.email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()


def editor_text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Avsnittets text")


def in_editor(page: Page) -> Locator:
    """Wait for the editor and put the caret into its text."""
    text = editor_text(page)
    expect(text).to_be_visible()
    text.focus()
    settle(page)
    return text


def settle(page: Page) -> None:
    """Let the editor take notice of focus and caret: it hears of them in the next frame, or by a timer of 20 ms.

    Timers of one page run in the order in which they are due, so on a slow machine too theirs is over before ours.
    """
    page.evaluate(SETTLED)


def press(page: Page, *keys: str) -> None:
    """Keys that move the caret or change the text's structure, each seen by the editor before the next."""
    for key in keys:
        page.keyboard.press(key)
        settle(page)


def saved(page: Page) -> None:
    """Everything typed has reached the server, and the page says so."""
    settle(page)
    expect(page.locator("form[data-samverkan-section]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-samverkan-save-status]")).to_contain_text("Sparat")


def overflow(page: Page) -> int:
    """How many pixels of the page stick out to the right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def menu(page: Page, name: str) -> None:
    """Choose in the main menu, opened first where it is folded."""
    button = page.get_by_role("button", name="Meny", exact=True)
    if button.is_visible():
        button.click()
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name=name).click()
