"""Working without loss (design.md): nothing that was typed goes away because a server, a session or a line did."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.editor import desk
from tests.journeys.editor.desk import DESK

NOTICE = "[data-samverkan-section-notice]"


def test_what_is_typed_is_kept_here_until_the_server_has_said_yes(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.behaves = "down"
    writer.go_to_end()
    writer.type("b")
    expect(writer.status).to_have_text("Ingen förbindelse – texten finns kvar här")
    assert [copy["body"] for copy in writer.kept_here()] == ["<p>ab</p>"]
    expect(writer.page.locator("#samverkan-announcer")).to_have_text("Ingen förbindelse – texten finns kvar här")
    DESK.behaves = "well"
    assert writer.saved_body() == "<p>ab</p>"
    assert writer.kept_here() == []


def test_a_line_that_breaks_is_tried_again_by_itself(write: Any) -> None:
    writer = write(body="<p>a</p>")
    writer.page.context.set_offline(True)
    writer.go_to_end()
    writer.type("b")
    expect(writer.status).to_have_text("Ingen förbindelse – texten finns kvar här")
    writer.page.context.set_offline(False)
    expect(writer.status).to_have_text("Sparat 14.32")
    assert DESK.section.body == "<p>ab</p>"


def test_a_text_that_was_never_saved_is_offered_and_taken_back(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.behaves = "down"
    writer.go_to_end()
    writer.type("b")
    expect(writer.status).to_have_text("Ingen förbindelse – texten finns kvar här")
    writer.open()
    expect(writer.text).to_have_text("a")
    DESK.behaves = "well"
    expect(writer.page.locator(NOTICE)).to_contain_text("blev aldrig sparad")
    writer.page.get_by_role("button", name="Ta tillbaka den").click()
    expect(writer.text).to_have_text("ab")
    assert writer.saved_body() == "<p>ab</p>"
    assert writer.kept_here() == []
    expect(writer.page.locator(NOTICE)).to_be_empty()


def test_an_offered_text_survives_what_is_typed_before_one_has_chosen(write: Any) -> None:
    writer = write(body="<p>a</p>")
    key = f"samverkan-text:{writer.page.locator('body').get_attribute('data-samverkan-user')}:11:gammal"
    kept = '{"heading": "Bakgrund", "body": "<p>förlorad</p>", "version": 1, "at": 1}'
    writer.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    writer.open()
    writer.go_to_end()
    writer.type("b")
    assert writer.saved_body() == "<p>ab</p>"
    assert [copy["body"] for copy in writer.kept_here()] == ["<p>förlorad</p>"]
    writer.page.get_by_role("button", name="Kasta den").click()
    assert writer.kept_here() == []


def test_a_text_taken_back_onto_a_newer_version_is_a_conflict_and_never_overwrites(write: Any) -> None:
    writer = write(body="<p>a</p>", version=2)
    key = f"samverkan-text:{writer.page.locator('body').get_attribute('data-samverkan-user')}:11:gammal"
    kept = '{"heading": "Bakgrund", "body": "<p>min</p>", "version": 1, "at": 1}'
    writer.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    writer.open()
    writer.page.get_by_role("button", name="Ta tillbaka den").click()
    expect(writer.page.locator(NOTICE)).to_contain_text("Någon annan hann före. Båda texterna finns kvar.")
    assert DESK.section.body == "<p>a</p>"
    assert DESK.set_aside[-1] == "<p>min</p>"


def test_a_save_on_an_old_version_leads_to_the_page_where_one_chooses(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.section.version, DESK.section.body = 5, "<p>deras</p>"
    writer.go_to_end()
    writer.type("b")
    link = writer.page.get_by_role("link", name="Jämför och välj")
    expect(link).to_have_attribute("href", "/skriv/konflikt/")
    text = writer.page.locator("[data-samverkan-body] .editor-text")
    expect(text).to_have_attribute("contenteditable", "false")
    assert DESK.set_aside == ["<p>ab</p>"]
    assert DESK.section.body == "<p>deras</p>"
    assert writer.kept_here() == []


def test_what_is_typed_while_the_conflict_is_answered_is_set_aside_too(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.section.version = 5

    def type_before_the_answer(route: Any) -> None:
        if not DESK.set_aside:
            writer.page.keyboard.type("c")
        route.continue_()

    writer.page.route("**/skriv/spara/", type_before_the_answer)
    writer.go_to_end()
    writer.type("b")
    expect(writer.page.get_by_role("link", name="Jämför och välj")).to_be_visible()
    assert DESK.set_aside[-1] == "<p>abc</p>"


def test_an_ended_session_says_so_and_the_text_is_saved_after_signing_in(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.behaves = "signed out"
    writer.go_to_end()
    writer.type("b")
    expect(writer.page.locator(NOTICE)).to_contain_text("Du är inte längre inloggad")
    link = writer.page.get_by_role("link", name="Logga in i en ny flik")
    expect(link).to_have_attribute("href", "/konto/login/?next=%2Fskriv%2F")
    writer.go_to_end()
    writer.type("c")
    assert [copy["body"] for copy in writer.kept_here()] == ["<p>abc</p>"]
    DESK.behaves = "well"
    writer.page.get_by_role("button", name="Försök igen").click()
    expect(writer.status).to_have_text("Sparat 14.32")
    assert DESK.section.body == "<p>abc</p>"
    assert writer.kept_here() == []


def test_a_refusal_gives_the_reason_and_keeps_the_text(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.behaves = "refuses"
    writer.go_to_end()
    writer.type("b")
    reason = "Inte sparat: Lägesbilden ligger hos styrgruppen. Texten finns kvar här."
    expect(writer.page.locator(NOTICE)).to_contain_text(reason)
    assert [copy["body"] for copy in writer.kept_here()] == ["<p>ab</p>"]


def test_a_text_that_the_portal_cannot_take_is_no_lack_of_connection(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.behaves = "full"
    writer.go_to_end()
    writer.type("b")
    reason = "Inte sparat: Portalen kunde inte ta emot texten. Den kan vara för lång. Texten finns kvar här."
    expect(writer.page.locator(NOTICE)).to_contain_text(reason)
    assert [copy["body"] for copy in writer.kept_here()] == ["<p>ab</p>"]


def test_what_was_typed_and_undone_leaves_nothing_behind(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.behaves = "down"
    writer.go_to_end()
    writer.type("b")
    assert len(writer.kept_here()) == 1
    writer.press("Control+z")
    DESK.behaves = "well"
    expect(writer.page.locator("form[data-samverkan-section]")).to_have_attribute("data-state", "saved")
    assert (DESK.section.body, writer.kept_here()) == ("<p>a</p>", [])


def test_what_is_typed_before_a_text_is_taken_back_is_saved_first(write: Any) -> None:
    writer = write(body="<p>a</p>")
    key = f"samverkan-text:{writer.page.locator('body').get_attribute('data-samverkan-user')}:11:gammal"
    kept = '{"heading": "Bakgrund", "body": "<p>förlorad</p>", "version": 1, "at": 1}'
    writer.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    writer.page.evaluate("([key]) => localStorage.setItem(key, '{')", [f"{key}-trasig"])
    writer.open()
    writer.go_to_end()
    writer.type("b")
    writer.page.get_by_role("button", name="Ta tillbaka den").evaluate("(button) => button.click()")  # at once
    expect(writer.page.get_by_role("link", name="Jämför och välj")).to_be_visible()
    assert DESK.section.body == "<p>ab</p>"
    assert DESK.set_aside[-1] == "<p>förlorad</p>"
    assert DESK.sent[-1]["sitting"] != DESK.sent[0]["sitting"], "it is no later state of what was typed here"


def test_leaving_the_page_at_once_saves_what_was_just_typed(write: Any) -> None:
    writer = write(body="<p>a</p>")
    writer.go_to_end()
    writer.type("b")
    writer.page.goto(f"{writer.base}/galleri/")
    expect(writer.page.get_by_role("heading", level=1)).to_have_text("Komponenter")
    assert DESK.has_got("<p>ab</p>")  # the page is gone before its last save has arrived


def test_signing_out_saves_first_and_leaves_nothing_behind(write: Any) -> None:
    writer = write(body="<p>a</p>")
    key = f"samverkan-text:{writer.page.locator('body').get_attribute('data-samverkan-user')}:99:annat"
    writer.page.evaluate('([key]) => localStorage.setItem(key, \'{"body": "x"}\')', [key])
    writer.page.evaluate("localStorage.setItem('samverkan-text:999:11:annan', '{}')")
    writer.go_to_end()
    writer.type("b")
    writer.page.on("dialog", lambda dialog: dialog.accept())  # about what was left in that other section
    writer.page.locator(".person summary").click()
    writer.page.get_by_role("button", name="Logga ut").click()
    writer.page.wait_for_url(f"{writer.base}/")
    assert DESK.section.body == "<p>ab</p>"
    assert len(writer.kept_here()) == 1, "what another person left is not this one's to erase"


def test_signing_out_with_a_text_that_cannot_be_saved_asks_first(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.behaves = "down"
    writer.go_to_end()
    writer.type("b")
    asked: list[str] = []

    def refuse(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    writer.page.on("dialog", refuse)
    writer.page.locator(".person summary").click()
    writer.page.get_by_role("button", name="Logga ut").click()
    expect(writer.status).to_have_text("Ingen förbindelse – texten finns kvar här")
    assert len(asked) == 1
    assert len(writer.kept_here()) == 1


def test_who_else_is_there_is_shown(write: Any) -> None:
    writer = write(body="<p>a</p>")
    DESK.others = ["Samordnare, Norrviks kommun"]
    writer.open()
    expect(writer.page.locator("[data-samverkan-others]")).to_have_text("Också här: Samordnare, Norrviks kommun")


def test_a_save_says_who_opened_the_page(write: Any) -> None:
    writer = write(body="<p>a</p>")
    writer.go_to_end()
    writer.type("b")
    writer.saved_body()
    assert DESK.sent[-1]["person"] == writer.page.locator("body").get_attribute("data-samverkan-user")


def test_without_javascript_plain_paragraphs_can_be_written(
    browser: Any, live_server: Any, signed_in_page: Any
) -> None:
    desk.begin(body="<p>ett</p><p>två<br>rader</p>")
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(signed_in_page.context.cookies())
    page = context.new_page()
    page.goto(f"{live_server.url}/skriv/")
    expect(page.get_by_label("Avsnittets text")).to_have_value("ett\n\ntvå\nrader")
    desk.begin(body="<ul><li><p>ett</p></li></ul>")
    page.goto(f"{live_server.url}/skriv/")
    expect(page.get_by_text("För att skriva i det behöver du JavaScript")).to_be_visible()
    expect(page.get_by_label("Avsnittets text")).to_have_count(0)
    context.close()
