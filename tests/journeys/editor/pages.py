"""What a writer does on the page, in the writer's own words."""

import base64
import json

from playwright.sync_api import Locator, Page, expect

from agreements.documents.sanitise import clean_heading, clean_rich_text
from tests.journeys import steps
from tests.journeys.editor.desk import DESK

PASTE = """(target, [clipboard, pictures]) => {
  const data = new DataTransfer();
  for (const [type, text] of Object.entries(clipboard)) data.setData(type, text);
  for (const content of pictures) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    data.items.add(new File([bytes], "skarmbild.png", {type: "image/png"}));
  }
  target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
CARET = """(holder, words) => {
  const texts = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  let place = null;
  while (texts.nextNode()) if (texts.currentNode.data.includes(words)) place = texts.currentNode;
  getSelection().collapse(place, place.data.lastIndexOf(words) + words.length);
}"""
KEPT = """Object.entries(localStorage).filter(([key]) => key.startsWith("samverkan-text")).map(([, copy]) => copy)"""


class Writer:
    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base

    def open(self) -> None:
        self.page.goto(f"{self.base}/skriv/")
        expect(self.text).to_be_visible()

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("textbox", name="Avsnittets text")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("textbox", name="Avsnittets rubrik")

    @property
    def status(self) -> Locator:
        return self.page.locator("[data-samverkan-save-status]")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog").last

    def go_to_end(self) -> None:
        self.text.focus()
        self.settle()
        self.press("Control+End")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        steps.press(self.page, *keys)

    def tool(self, name: str) -> Locator:
        table = self.page.get_by_role("button", name="Tabell", exact=True)
        toolbar = self.page.get_by_role("toolbar").filter(has=table)
        return toolbar.get_by_role("button", name=name, exact=True)

    def use(self, name: str) -> None:
        self.tool(name).click()

    def paste(self, html: str, *pictures: bytes, into: Locator | None = None) -> None:
        """What another program put on the clipboard, with image files beside it."""
        files = [base64.b64encode(picture).decode() for picture in pictures]
        (into or self.text).evaluate(PASTE, [{"text/html": html, "text/plain": "x"} if html else {}, files])

    def paste_plain(self, text: str, *, into: Locator | None = None) -> None:
        (into or self.text).evaluate(PASTE, [{"text/plain": text}, []])

    def caret_after(self, words: str) -> None:
        """The caret behind the last of these words in the text."""
        self.text.focus()
        self.text.evaluate(CARET, words)
        self.settle()

    @property
    def notice(self) -> Locator:
        return self.page.locator("[data-samverkan-section-notice]")

    def settle(self) -> None:
        steps.settle(self.page)

    def saved_body(self) -> str:
        """What the server holds once everything is saved; what was sent is already in the schema's own spelling."""
        self.page.evaluate("dispatchEvent(new Event('blur'))")
        expect(self.page.locator("form[data-samverkan-section]")).to_have_attribute("data-state", "saved")
        sent = DESK.sent[-1]
        assert clean_rich_text(sent["body"]) == sent["body"]
        assert clean_heading(sent["heading"]) == sent["heading"]
        return DESK.section.body

    def kept_here(self) -> list[dict[str, str]]:
        """The safety copies in the browser."""
        return [json.loads(copy) for copy in self.page.evaluate(KEPT)]
