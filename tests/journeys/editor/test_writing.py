"""Typing, marks, lists, links: what is written is what the server gets, in the schema's own spelling."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.editor.desk import DESK


def test_what_is_typed_is_saved_by_itself_after_a_pause(write: Any) -> None:
    writer = write(body="<p>Ett läge.</p>")
    writer.go_to_end()
    writer.type(" Två lägen.")
    expect(writer.status).to_have_text("Sparat 14.32")
    assert DESK.section.body == "<p>Ett läge. Två lägen.</p>"
    assert DESK.section.version == 2


def test_opening_a_section_saves_nothing(write: Any) -> None:
    body = (
        '<p>En <a href="https://example.se"><strong>länk</strong></a>.'
        '<sup data-note="&lt;p&gt;Not.&lt;/p&gt;"></sup></p>'
        '<h4>Rubrik</h4><ol start="3"><li><p>tre</p><ul><li><p>under</p></li></ul></li></ol>'
        "<blockquote><p>”Så är det.”</p></blockquote><table><caption>Tal</caption>"
        '<thead><tr><td></td><th scope="col"><p>2025</p></th></tr></thead>'
        '<tbody><tr><th scope="row"><p>A</p></th><td colspan="1"><p>1</p></td></tr></tbody></table>'
    ).replace(' colspan="1"', "")
    writer = write(body=body, heading="Om <em>läget</em>")
    writer.page.evaluate("dispatchEvent(new Event('blur'))")
    writer.go_to_end()
    writer.type("x")
    assert writer.saved_body() == body + "<p>x</p>"
    assert DESK.section.heading == "Om <em>läget</em>"
    assert DESK.section.version == 2


def test_bold_italic_and_a_new_line_in_a_paragraph(write: Any) -> None:
    writer = write(body="")
    writer.text.focus()
    writer.type("vanlig ")
    writer.press("Control+b")
    writer.type("fet ")
    writer.press("Control+i")
    writer.type("båda")
    writer.press("Control+b", "Control+i", "Shift+Enter")
    writer.type("ny rad")
    assert writer.saved_body() == "<p>vanlig <strong>fet <em>båda</em></strong><br>ny rad</p>"


def test_lists_are_made_nested_and_left_with_the_toolbar(write: Any) -> None:
    writer = write(body="")
    writer.text.focus()
    writer.use("Numrerad lista")
    writer.type("ett")
    writer.press("Enter")
    writer.type("under")
    writer.use("Öka indraget")
    writer.press("Enter", "Enter", "Enter")
    writer.type("efter")
    assert writer.saved_body() == "<ol><li><p>ett</p><ol><li><p>under</p></li></ol></li></ol><p>efter</p>"


def test_a_numbered_list_can_begin_at_another_number(write: Any) -> None:
    writer = write(body="<ol><li><p>ett</p></li></ol>")
    writer.text.get_by_text("ett").click()
    writer.use("Första nummer")
    writer.dialog.get_by_label("Listan börjar med nummer").fill("4")
    writer.press("Enter")
    expect(writer.page.get_by_role("dialog")).to_have_count(0)
    assert writer.saved_body() == '<ol start="4"><li><p>ett</p></li></ol>'


def test_a_sub_heading_and_a_quotation(write: Any) -> None:
    writer = write(body="<p>Rubrik</p><p>sagt</p>")
    writer.text.get_by_text("Rubrik").click()
    writer.use("Underrubrik")
    writer.text.get_by_text("sagt").click()
    writer.use("Citat")
    assert writer.saved_body() == "<h4>Rubrik</h4><blockquote><p>sagt</p></blockquote>"


def test_a_link_is_completed_and_refused_when_it_is_none(write: Any) -> None:
    writer = write(body="")
    writer.text.focus()
    writer.use("Länk")
    address = writer.dialog.get_by_label("Adress")
    address.fill("javascript:alert(1)")
    writer.press("Enter")
    expect(writer.dialog.get_by_role("alert")).to_contain_text("Skriv en adress")
    address.fill("kontakt@example.se")
    writer.dialog.get_by_label("Länkens text").fill("skriv till oss")
    writer.press("Enter")
    expect(writer.page.get_by_role("dialog")).to_have_count(0)
    assert writer.saved_body() == '<p><a href="mailto:kontakt@example.se">skriv till oss</a></p>'


def test_a_link_is_changed_and_removed(write: Any) -> None:
    writer = write(body='<p>Se <a href="https://example.se/gammal">sidan</a> här.</p>')
    writer.text.get_by_text("sidan").click()
    writer.press("Control+k")
    expect(writer.dialog.get_by_label("Adress")).to_have_value("https://example.se/gammal")
    writer.dialog.get_by_label("Adress").fill("example.se/ny")
    writer.press("Enter")
    assert writer.saved_body() == '<p>Se <a href="https://example.se/ny">sidan</a> här.</p>'
    writer.use("Länk")
    writer.dialog.get_by_role("button", name="Ta bort länken").click()
    assert writer.saved_body() == "<p>Se sidan här.</p>"


def test_the_language_of_a_passage(write: Any) -> None:
    writer = write(body="<p>safety</p>")
    writer.go_to_end()
    expect(writer.tool("Språk")).to_be_disabled()
    writer.press("Shift+Home")
    writer.use("Språk")
    writer.dialog.get_by_label("Språk i stycket").select_option("en")
    writer.dialog.get_by_role("button", name="Klar").click()
    assert writer.saved_body() == '<p><span lang="en">safety</span></p>'


def test_the_heading_is_one_line_and_enter_goes_on_to_the_text(write: Any) -> None:
    writer = write(body="<p>text</p>", heading="Om")
    writer.heading.focus()
    writer.press("End")
    writer.type(" läget")
    writer.press("Enter")
    expect(writer.text).to_be_focused()
    writer.type("Ny ")
    assert writer.saved_body() == "<p>Ny text</p>"
    assert DESK.section.heading == "Om läget"


def test_undo_takes_back_and_redo_brings_back(write: Any) -> None:
    writer = write(body="<p>kvar</p>")
    writer.go_to_end()
    writer.page.keyboard.insert_text(" borta")  # at once: a pause while typing would part what is undone in one go
    writer.use("Ångra")
    expect(writer.text).to_have_text("kvar")
    writer.use("Gör om")
    expect(writer.text).to_have_text("kvar borta")


def test_a_long_section_takes_typing_without_lag(write: Any) -> None:
    paragraph = "<p>" + "Ett stycke om läget i området. " * 20 + "</p>"
    short = of_a_key(write(body=paragraph))

    assert of_a_key(write(body=paragraph * 60)) < 3 * short, "7 000 words are more than any section that we know"


def of_a_key(writer: Any) -> float:
    """How long a key takes at the end of the text, in the best of five rounds: whatever else the machine does."""
    writer.go_to_end()
    rounds: list[float] = []
    for _round in range(5):
        before = writer.page.evaluate("performance.now()")
        writer.type("a" * 8)
        rounds.append(writer.page.evaluate("performance.now()") - before)
    return min(rounds)
