"""Everything by keyboard, and no trap (WCAG 2.1.2)."""

from typing import Any

from playwright.sync_api import expect

TABLE = "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>"


def test_tab_goes_through_the_cells_and_out_of_the_table_without_making_rows(write: Any) -> None:
    writer = write(body=f"<p>före</p>{TABLE}<p>efter</p>")
    writer.text.get_by_text("a", exact=True).click()
    writer.press("Tab", "Tab")
    writer.type("X ")
    writer.press("Tab")
    expect(writer.text).not_to_be_focused()
    assert writer.saved_body() == f"<p>före</p>{TABLE}<p>X efter</p>"


def test_tab_out_of_a_table_that_stands_last_has_somewhere_to_go(write: Any) -> None:
    writer = write(body=TABLE)
    writer.text.get_by_text("b", exact=True).click()
    writer.press("Tab")
    writer.type("efter")
    writer.text.get_by_text("a", exact=True).click()
    writer.settle()  # the editor looks again at where a click went
    writer.press("Shift+Tab")
    writer.type("före")
    assert writer.saved_body() == f"<p>före</p>{TABLE}<p>efter</p>"


def test_escape_goes_to_the_toolbar_and_back(write: Any) -> None:
    writer = write(body=TABLE)
    writer.text.get_by_text("b", exact=True).click()
    writer.press("Escape")
    expect(writer.tool("Ångra")).to_be_focused()
    writer.press("Escape")
    expect(writer.text).to_be_focused()
    writer.type("X")
    expect(writer.text.locator("td").last).to_have_text("bX")


def test_the_toolbar_is_one_stop_with_arrows_inside(write: Any) -> None:
    writer = write(body="<p>text</p>")
    writer.text.focus()
    writer.press("Escape", "ArrowRight", "ArrowRight")
    expect(writer.tool("Underrubrik")).to_be_focused()
    writer.press("End")
    expect(writer.tool("Figur")).to_be_focused()
    writer.press("ArrowRight")
    expect(writer.tool("Ångra")).to_be_focused()
    writer.press("Home", "ArrowLeft", "ArrowLeft")
    expect(writer.tool("Tabell")).to_be_focused()
    stops = writer.page.locator("[data-samverkan-body] [role=toolbar] button[tabindex='0']")
    expect(stops).to_have_count(1)
    writer.press("Tab")
    expect(writer.text).to_be_focused()


def test_tab_in_a_list_indents_only_at_the_start_of_an_item(write: Any) -> None:
    writer = write(body="<ul><li><p>ett</p></li><li><p>två</p></li></ul>")
    writer.text.get_by_text("två").click()
    writer.press("End", "Tab")
    expect(writer.text).not_to_be_focused()
    writer.text.get_by_text("två").click()
    writer.press("Home")
    writer.press("Tab")
    assert writer.saved_body() == "<ul><li><p>ett</p><ul><li><p>två</p></li></ul></li></ul>"


def test_a_dialog_is_closed_by_escape_and_gives_focus_back(write: Any) -> None:
    writer = write(body="<p>text</p>")
    writer.go_to_end()
    writer.use("Fotnot")
    expect(writer.dialog).to_be_visible()
    writer.type("En not")
    writer.press("Escape")
    expect(writer.page.get_by_role("dialog")).to_have_count(0)
    expect(writer.text).to_be_focused()
    writer.type("!")
    assert writer.saved_body() == "<p>text!</p>"


def test_every_tool_is_named_in_swedish(write: Any) -> None:
    writer = write(body=TABLE)
    writer.text.get_by_text("a", exact=True).click()
    names = writer.page.locator(".editor-tool").evaluate_all("all => all.map((b) => b.ariaLabel ?? b.textContent)")
    assert "Rad ovanför" in names
    assert not {"Undo", "Bold", "Row above"} & set(names)
    assert all(names)


def test_the_text_is_a_named_textbox_in_its_language_described_by_its_guidance(write: Any) -> None:
    writer = write(body="<p>text</p>", language="en")
    expect(writer.text).to_have_attribute("lang", "en")
    expect(writer.text).to_have_accessible_description("Varför lägesbilden görs och hur den används.")
