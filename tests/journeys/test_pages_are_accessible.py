"""Every kind of page: nothing for axe, light and dark, on a small phone, a phone and a desk; nothing sticks out;
quick to fetch where the net is slow; nothing to complain of in the console (``People`` sees to that)."""

import gzip
import json
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from playwright.sync_api import CDPSession, Page, Response, expect

from agreements.models import Agreement
from tests.journeys.editor.axe import TAGS
from tests.journeys.page_types import PAGES, TOKEN, PageType
from tests.journeys.people import People
from tests.journeys.steps import overflow

AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
RUN = """axe.run(document, {runOnly: RULES, resultTypes: ["violations"]}).then((found) => JSON.stringify(
  found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(" ")).join(", ")}`)))"""
START = "/healthz"
SEND = """([address, fields]) => {
  const form = Object.assign(document.createElement("form"), {method: "post", action: address});
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
  }
  document.body.append(form);
  form.submit();
}"""
RULES = {"light": TAGS, "dark": ["color-contrast", "link-in-text-block"]}
"""Light and dark differ in their colours only."""
LIMIT = 200 * 1024
WIDTHS = [1280, 390, 320]
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.mark.parametrize("kind", PAGES, ids=str)
def test_the_page_is_accessible(kind: PageType, example: Agreement, people: People) -> None:
    address = kind.prepare(example)
    page = people(kind.who)
    fetched: list[Response] = []
    page.on("response", lambda response: fetched.append(response))
    answer = arrive(page, kind, address)
    assert answer is not None
    assert answer.status == kind.status
    page.evaluate("document.fonts.ready.then(() => true)")
    weights = {response.url: weight(response) for response in fetched if is_of_the_page(response)}
    assert sum(weights.values()) < LIMIT, weights

    unfold(page)
    debugger = page.context.new_cdp_session(page)  # which the page's policy does not bind
    debugger.send("Runtime.evaluate", {"expression": AXE.read_text() + ";0"})

    found = {(scheme, width): look(page, debugger, scheme, width) for scheme in SCHEMES for width in WIDTHS}

    assert {place: what for place, what in found.items() if what} == {}


def arrive(page: Page, kind: PageType, address: str) -> Response | None:
    """Fetch the page, or send the form that it answers, from a page of the portal that weighs nothing."""
    if not kind.sent:
        return page.goto(address)
    page.goto(START)
    page.context.add_cookies([{"name": settings.CSRF_COOKIE_NAME, "value": TOKEN, "url": page.url}])
    with page.expect_navigation() as arrived:
        page.evaluate(SEND, [address, kind.sent])
    return arrived.value


def is_of_the_page(response: Response) -> bool:
    """Uploaded pictures and the editor are fetched beside it; what a form is sent from is left before it."""
    return response.ok and "/bilder/" not in response.url and not response.url.endswith(("/dist/editor.js", START))


def weight(response: Response) -> int:
    """Bytes as they travel: fonts are compressed already, all else is on the way."""
    body = response.body()
    return len(body) if response.url.endswith(".woff2") else len(gzip.compress(body, 6))


def unfold(page: Page) -> None:
    """What is folded is read too. Waits for the editors, and for what is fetched when it is opened."""
    for editor in page.locator("form[data-samverkan-section]").all():
        expect(editor.get_by_role("textbox").first).to_be_visible()
    page.evaluate("document.querySelectorAll('main details').forEach((folded) => { folded.open = true; })")
    for fetched_when_opened in page.locator("main details[data-hx-get]").all():
        expect(fetched_when_opened.locator("section").first).to_be_visible()


def look(page: Page, debugger: CDPSession, scheme: Literal["light", "dark"], width: int) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    wider = overflow(page)
    return violations(debugger, RULES[scheme]) + ([f"{wider} px stick out"] if wider else [])


def violations(debugger: CDPSession, rules: list[str]) -> list[str]:
    """What axe finds, one line per rule with the places."""
    run = {"expression": RUN.replace("RULES", json.dumps(rules)), "awaitPromise": True, "returnByValue": True}
    found: list[str] = json.loads(debugger.send("Runtime.evaluate", run)["result"]["value"])
    return found
