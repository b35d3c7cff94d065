"""Marking a passage in the text fills the comment's form, with what stands around it."""

from playwright.sync_api import expect

from agreements.models import Comment
from tests.factories import World, decide
from tests.journeys.people import People

MARK = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".document"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.lastIndexOf(words);
    if (at < 0) continue;
    document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return;
  }
}"""


def test_the_passage_and_its_surroundings_are_kept(world: World, people: People) -> None:
    section = world.picture.sections.order_by("position")[0]
    section.body = "<p>Vi öppnar tre mötesplatser. Vi besöker tre skolor.</p>"
    section.save()
    decide(world)
    page = people(world.preparer)
    page.goto(world.picture.get_absolute_url())

    page.evaluate(MARK, "re skolor")
    expect(page.locator("#kommentar-citat")).to_have_value("re skolor")
    page.get_by_text("Skriv en kommentar").click()
    page.get_by_label("Kommentar", exact=True).fill("Vilka skolor?")
    page.get_by_role("button", name="Spara kommentaren").click()
    expect(page.get_by_role("article").get_by_text("Vilka skolor?")).to_be_visible()

    written = Comment.objects.get()
    assert (written.section_id, written.before, written.quote, written.after) == (
        str(section.pk), "Vi öppnar tre mötesplatser. Vi besöker ", "tre skolor", ".",
    )  # fmt: skip
