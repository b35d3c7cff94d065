"""The browser of the journeys reaches the portal, speaks Swedish and may run no inline code."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_opens_in_the_browser(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/konto/login/")

    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("navigator.language") == "sv-SE"


def test_style_sheets_and_scripts_arrive(live_server: LiveServer, page: Page) -> None:
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)

    page.goto(f"{live_server.url}/konto/login/", wait_until="networkidle")

    assert (failed, complaints) == ([], [])
