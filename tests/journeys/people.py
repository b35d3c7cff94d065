"""People at their browsers. What goes wrong in a page, and no assertion looks for, fails the test all the same."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from samverkan.accounts.models import User

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@dataclass
class People:
    browser: Browser
    base: str
    arguments: dict[str, Any]
    contexts: list[BrowserContext] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    """What a test that makes the portal fail has it answer."""

    def __call__(self, who: User | str = "", *, phone: bool = False, **arguments: Any) -> Page:
        """A browser of one's own, signed in as ``who``, or as that example account, when given."""
        chosen = {"reduced_motion": "reduce"} | (PHONE if phone else {}) | arguments
        context = self.browser.new_context(**(self.arguments | {"base_url": self.base} | chosen))
        context.set_default_timeout(30_000)  # a slow machine is no fault of the page
        self.contexts.append(context)
        if who:
            user = who if isinstance(who, User) else User.objects.get(email=f"{who}@example.se")
            sign_in(context, user, self.base)
        page = context.new_page()
        self.watch(page)
        return page

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.failures.append(f"{page.url}: {error}"))
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, said: ConsoleMessage) -> None:
        # A refusal that a test asks for is also told as an error; refusals are judged by their status.
        if said.type in ("error", "warning") and not said.text.startswith("Failed to load resource"):
            self.failures.append(f"{said.location.get('url')}: {said.text}")

    def _answered(self, response: Response) -> None:
        if response.status in self.expected:
            return
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.failures.append(f"{response.url} answered {response.status}")

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.failures == []


def sign_in(context: BrowserContext, user: User, base: str) -> None:
    """Give the browser a session, without the page for it."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
