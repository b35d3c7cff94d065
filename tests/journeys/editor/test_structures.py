"""Tables, footnotes and figures."""

import base64
import hashlib
from html import escape
from typing import Any

from playwright.sync_api import expect

from tests.journeys.editor.desk import DESK

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ASSET = hashlib.sha256(PNG).hexdigest()
TABLE = (
    '<table><thead><tr><th scope="col"><p>Plats</p></th><th scope="col"><p>2025</p></th></tr></thead>'
    "<tbody><tr><td><p>Torget</p></td><td><p>4</p></td></tr></tbody></table>"
)


def test_a_table_is_inserted_filled_and_given_a_caption(write: Any) -> None:
    writer = write(body="")
    writer.text.focus()
    writer.use("Tabell")
    for word in ("Plats", "2024", "2025", "Torget", "5"):
        writer.type(word)
        writer.press("Tab")
    writer.type("4")
    writer.use("Ta bort rad")
    writer.text.get_by_text("Plats").click()
    writer.use("Rad under")
    writer.text.locator("td").first.click()
    writer.type("Parken")
    writer.use("Tabelltext")
    writer.dialog.get_by_role("textbox").focus()
    writer.type("Händelser")
    writer.dialog.get_by_role("button", name="Klar").click()
    head = "".join(f'<th scope="col"><p>{word}</p></th>' for word in ("Plats", "2024", "2025"))
    assert writer.saved_body() == (
        f"<table><caption>Händelser</caption><thead><tr>{head}</tr></thead>"
        "<tbody><tr><td><p>Parken</p></td><td></td><td></td></tr><tr><td></td><td></td><td></td></tr></tbody></table>"
    )


def test_header_cells_merged_cells_and_columns(write: Any) -> None:
    writer = write(body=TABLE)
    writer.text.get_by_text("Torget").click()
    writer.use("Rubrikkolumn")
    writer.use("Kolumn efter")
    expect(writer.text.locator("tr").first.locator("th, td")).to_have_count(3)
    writer.text.locator("td").first.click()
    writer.use("Ta bort kolumn")
    body = writer.saved_body()
    assert '<tr><th scope="row"><p>Torget</p></th>' in body
    writer.text.get_by_text("Torget").drag_to(writer.text.get_by_text("4", exact=True))
    writer.use("Slå ihop celler")
    assert '<th colspan="2" scope="row"><p>Torget</p><p>4</p></th>' in writer.saved_body()
    writer.use("Dela cell")
    assert "colspan" not in writer.saved_body()


def test_a_table_is_removed_whole(write: Any) -> None:
    writer = write(body=f"<p>före</p>{TABLE}<p>efter</p>")
    writer.text.get_by_text("Torget").click()
    writer.use("Ta bort tabellen")
    assert writer.saved_body() == "<p>före</p><p>efter</p>"


def test_a_footnote_of_two_paragraphs_with_a_link(write: Any) -> None:
    writer = write(body="<p>Läget</p>")
    writer.go_to_end()
    writer.use("Fotnot")
    expect(writer.dialog.get_by_role("textbox", name="Notens text")).to_be_focused()
    writer.type("Se ")
    writer.dialog.get_by_role("button", name="Länk", exact=True).click()
    writer.dialog.get_by_label("Adress").fill("example.se")
    writer.dialog.get_by_label("Länkens text").fill("sidan")
    writer.press("Enter")
    writer.press("Enter")
    writer.type("Andra stycket.")
    writer.dialog.get_by_role("button", name="Klar").click()
    expect(writer.page.get_by_role("dialog")).to_have_count(0)
    note = escape('<p>Se <a href="https://example.se">sidan</a></p><p>Andra stycket.</p>')
    assert writer.saved_body() == f'<p>Läget<sup data-note="{note}"></sup></p>'


def test_a_footnote_is_opened_again_with_enter_and_removed(write: Any) -> None:
    writer = write(body='<p>Läget<sup data-note="&lt;p&gt;Gammal.&lt;/p&gt;"></sup></p>')
    writer.go_to_end()
    writer.press("ArrowLeft", "Enter")
    note = writer.dialog.get_by_role("textbox", name="Notens text")
    expect(note).to_have_text("Gammal.")
    writer.type(" Ny.")
    writer.dialog.get_by_role("button", name="Klar").click()
    assert "Gammal. Ny." in writer.saved_body()
    writer.press("Enter")
    writer.dialog.get_by_role("button", name="Ta bort noten").click()
    assert writer.saved_body() == "<p>Läget</p>"


def test_a_footnote_in_the_heading(write: Any) -> None:
    writer = write(body="<p>text</p>", heading="Läget")
    writer.heading.focus()
    writer.press("End")
    writer.page.get_by_role("toolbar").first.get_by_role("button", name="Fotnot").click()
    expect(writer.dialog.get_by_role("textbox", name="Notens text")).to_be_focused()
    writer.type("Om rubriken.")
    writer.dialog.get_by_role("button", name="Klar").click()
    writer.saved_body()
    assert DESK.section.heading == 'Läget<sup data-note="&lt;p&gt;Om rubriken.&lt;/p&gt;"></sup>'


def test_no_figure_goes_in_without_alternative_text(write: Any) -> None:
    writer = write(body="<p>före</p>")
    writer.go_to_end()
    writer.use("Figur")
    writer.dialog.get_by_label("Bildfil").set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": PNG})
    writer.dialog.get_by_role("button", name="Klar").click()
    expect(writer.dialog.get_by_role("alert")).to_have_text("Skriv en alternativtext.")
    assert DESK.pictures == {}
    writer.dialog.get_by_label("Alternativtext").fill("Färre anmälningar")
    writer.dialog.get_by_label("Källa").fill("Brå")
    writer.dialog.get_by_role("textbox", name="Figurtext").focus()
    writer.type("Anmälningar")
    writer.dialog.get_by_label("Lägg till en tabell").check()
    writer.dialog.get_by_role("textbox", name="Figurens värden").locator("th").first.click()
    writer.type("År")
    writer.dialog.get_by_role("button", name="Klar").click()
    expect(writer.text.get_by_role("img", name="Färre anmälningar")).to_have_js_property("naturalWidth", 1)
    assert writer.saved_body() == (
        f'<p>före</p><figure data-alt="Färre anmälningar" data-asset="{ASSET}" data-source="Brå">'
        "<figcaption>Anmälningar</figcaption>"
        '<table><thead><tr><th scope="col"><p>År</p></th><th scope="col"></th></tr></thead>'
        "<tbody><tr><td></td><td></td></tr><tr><td></td><td></td></tr></tbody></table></figure>"
    )


def test_a_file_that_is_no_picture_is_refused_in_words_and_can_be_tried_again(write: Any) -> None:
    writer = write(body="")
    writer.text.focus()
    writer.use("Figur")
    writer.dialog.get_by_label("Alternativtext").fill("En bild")
    writer.dialog.get_by_label("Bildfil").set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": b"MZ"})
    writer.dialog.get_by_role("button", name="Klar").click()
    expect(writer.dialog.get_by_role("alert")).to_have_text("Filen är ingen bild i PNG eller JPEG.")
    writer.dialog.get_by_label("Bildfil").set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": PNG})
    writer.dialog.get_by_role("button", name="Klar").click()
    expect(writer.text.get_by_role("img", name="En bild")).to_be_visible()


def test_a_figure_is_changed_without_a_new_file_and_removed(write: Any) -> None:
    figure = f'<figure data-alt="Gammal" data-asset="{ASSET}" data-source="Brå">{TABLE}</figure>'
    writer = write(body=f"<p>före</p>{figure}<p>efter</p>")
    DESK.pictures[ASSET] = PNG
    writer.go_to_end()
    writer.press("Home", "ArrowUp", "Enter")
    writer.dialog.get_by_label("Alternativtext").fill("Ny")
    writer.dialog.get_by_role("button", name="Klar").click()
    assert writer.saved_body() == f"<p>före</p>{figure.replace('Gammal', 'Ny')}<p>efter</p>"
    writer.text.get_by_text("Källa: Brå").click()
    writer.use("Figur")
    writer.dialog.get_by_role("button", name="Ta bort figuren").click()
    assert writer.saved_body() == "<p>före</p><p>efter</p>"


def test_a_pasted_picture_asks_for_its_alternative_text(write: Any) -> None:
    writer = write(body="")
    writer.paste("", PNG)
    writer.dialog.get_by_label("Alternativtext").fill("Skärmbild")
    writer.dialog.get_by_role("button", name="Klar").click()
    expect(writer.text.get_by_role("img", name="Skärmbild")).to_be_visible()
    assert list(DESK.pictures) == [ASSET]
