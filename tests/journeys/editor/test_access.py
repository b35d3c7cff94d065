"""The editor and all components: nothing for axe at three widths, light and dark, and nothing sticks out."""

import gzip
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.editor.axe import overflow, violations

BODY = (
    '<p>Kommunen och polisen<sup data-note="&lt;p&gt;En not.&lt;/p&gt;"></sup> ser '
    '<a href="https://example.se">samma läge</a>, '
    '<span lang="en">safety first</span>.</p><h4>Underrubrik</h4><ol start="3"><li><p>tre</p></li></ol>'
    "<blockquote><p>Sagt.</p></blockquote><table><caption>Tal</caption>"
    '<tbody><tr><th scope="row"></th><td><p>1</p></td></tr></tbody></table>'
    f'<figure data-alt="Färre" data-asset="{"a" * 64}" data-source="Brå"><figcaption>Anmälningar</figcaption></figure>'
)
WIDTHS = [320, 390, 1280]
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_editor_has_nothing_for_axe(write: Any, width: int, scheme: Literal["light", "dark"]) -> None:
    writer = write(body=BODY)
    writer.page.set_viewport_size({"width": width, "height": 800})
    writer.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    writer.text.locator("td").click()
    expect(writer.tool("Rad under")).to_be_visible()
    assert violations(writer.page) == []
    assert overflow(writer.page) <= 0
    writer.go_to_end()
    writer.use("Figur")
    writer.dialog.get_by_label("Lägg till en tabell").check()
    assert violations(writer.page) == []
    writer.press("Escape")
    writer.use("Fotnot")
    assert violations(writer.page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_components_have_nothing_for_axe(
    signed_in_page: Page, live_server: LiveServer, width: int, scheme: Literal["light", "dark"]
) -> None:
    signed_in_page.set_viewport_size({"width": width, "height": 800})
    signed_in_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    signed_in_page.goto(f"{live_server.url}/galleri/")
    signed_in_page.locator(".person summary").click()
    assert violations(signed_in_page) == []
    assert overflow(signed_in_page) <= 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sign_in_page_has_nothing_for_axe(
    page: Page, live_server: LiveServer, settings: Any, width: int, scheme: Literal["light", "dark"]
) -> None:
    settings.SAMVERKAN_DEMO = True
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_role("button", name="Logga in").first.click()
    expect(page.locator(".error-summary")).to_contain_text("Det här behöver rättas")
    assert violations(page) == []
    assert overflow(page) <= 0


def test_the_appearance_that_one_chooses_stays(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.emulate_media(color_scheme="light")
    page.goto(f"{live_server.url}/galleri/")
    light = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    page.locator(".person summary").click()
    page.get_by_label("Mörkt").check()
    page.reload()
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") != light
    page.locator(".person summary").click()
    expect(page.get_by_label("Mörkt")).to_be_checked()


def test_the_menu_opens_on_a_phone_and_is_there_without_javascript(
    signed_in_page: Page, live_server: LiveServer, browser: Any
) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server.url}/galleri/")
    menu = page.get_by_role("link", name="Överenskommelser", exact=True).first
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_have_count(0)
    button = page.get_by_role("button", name="Meny")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu).to_be_visible()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"{live_server.url}/galleri/")
    expect(plain.get_by_role("navigation", name="Huvudmeny")).to_be_visible()
    expect(plain.get_by_role("button", name="Meny")).to_have_count(0)
    context.close()


def test_a_button_with_a_reason_is_reached_read_and_does_nothing(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/galleri/")
    button = page.get_by_role("button", name="Redigera")
    button.focus()
    expect(button).to_be_focused()
    expect(button).to_have_accessible_description("Lägesbilden ligger hos styrgruppen till den 18 mars.")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/galleri/")


def test_a_form_is_sent_once_for_a_double_click(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/galleri/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.route("**/galleri/", lambda route: route.fulfill(status=204))
    page.evaluate("window.goesOn = []; addEventListener('submit', (event) => goesOn.push(!event.defaultPrevented))")
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Fastställ", exact=True).dblclick()
    assert page.evaluate("goesOn") == [True, False]
    assert sent == ["POST"]


def test_a_page_weighs_under_200_kib_without_the_editor(signed_in_page: Page, live_server: LiveServer) -> None:
    fetched: list[Any] = []
    signed_in_page.on("response", lambda response: fetched.append(response))
    signed_in_page.goto(f"{live_server.url}/galleri/", wait_until="networkidle")
    weights: dict[str, int] = {}
    for response in fetched:
        body, kind = response.body(), response.headers.get("content-type", "")
        weights[response.url] = len(body) if "font" in kind or "woff2" in response.url else len(gzip.compress(body))
    assert sum(weights.values()) < 200 * 1024, weights
    assert len(weights) > 8
