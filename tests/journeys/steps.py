"""What people do on every page, in their own words."""

import re

from playwright.sync_api import Locator, Page, expect

from samverkan.accounts.models import User

PASSWORD = "hemligt-losenord"


def sign_in_by_form(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto("/")
    page.get_by_label(re.compile("^E-?post")).fill(user.email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitt arbete")


def editor_text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Avsnittets text")


def in_editor(page: Page) -> Locator:
    """Wait for the editor and put the caret into its text."""
    text = editor_text(page)
    expect(text).to_be_visible()
    text.focus()
    return text


def saved(page: Page) -> None:
    """Everything typed has reached the server, and the page says so."""
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
