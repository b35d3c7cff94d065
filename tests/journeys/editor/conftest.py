"""The editor on a page of its own, in a real browser, with somebody signed in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from samverkan.accounts.models import User
from tests.journeys.editor import desk
from tests.journeys.editor.pages import Writer


@pytest.fixture(autouse=True)
def _desk_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.journeys.editor.desk"


@pytest.fixture
def signed_in_page(page: Page, live_server: LiveServer, transactional_db: None) -> Iterator[Page]:
    """A page whose errors fail the test, as somebody who is signed in."""
    client = Client()
    client.force_login(User.objects.create_user("bo@example.se", name="Samordnare i Norrvik"))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda said: failures.append(said.text) if "Content Security Policy" in said.text else None)
    with desk.answers_all():  # before its database is taken away
        yield page
        page.context.set_offline(True)  # nothing more is sent on leaving
        page.goto("about:blank")
    assert failures == []


@pytest.fixture
def write(signed_in_page: Page, live_server: LiveServer) -> Any:
    """``write(body=…)`` lays a section on the desk and opens it."""

    def open_desk(**section: Any) -> Writer:
        desk.begin(**section)
        writer = Writer(signed_in_page, live_server.url)
        writer.open()
        return writer

    return open_desk
