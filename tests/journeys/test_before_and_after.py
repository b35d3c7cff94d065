"""The switch of a comparison: marked, as it was before, as it is after."""

import pytest

from agreements.models import Section
from agreements.workflow.section import save_section
from agreements.workflow.structure import leave_out
from tests.factories import World, decide
from tests.journeys.people import People

SEEN = "rows => rows.filter(row => row.checkVisibility()).map(row => row.firstElementChild.textContent.trim())"


@pytest.mark.parametrize(
    ("view", "lines"),
    [
        ("marked", {"Syfte", "Arbetssätt", "Uppföljning"}),
        ("before", {"Syfte", "Arbetssätt"}),
        ("after", {"Syfte", "Uppföljning"}),
    ],
)
def test_a_section_of_the_other_text_leaves_nothing_behind(
    world: World, people: People, view: str, lines: set[str]
) -> None:
    decide(world)
    purpose, method = world.picture.sections.order_by("position")
    body = "<p>Parterna arbetar varje dag för att förebygga brott.</p>"
    save_section(purpose, heading=purpose.heading, body=body, version=purpose.version, by=world.coordinator)
    leave_out(method, by=world.coordinator)
    Section.objects.create(
        annex=world.picture, position=9, heading="Uppföljning", body="<p>Kommunen räknar cyklar vid stationen.</p>"
    )

    page = people(world.coordinator)
    page.goto(f"{world.picture.get_absolute_url()}jamfor/?visa={view}")
    page.locator(".redline-contents > summary").click()

    for rows in (".redline-section", ".redline-contents li"):
        seen = page.eval_on_selector_all(rows, SEEN)
        assert {line.split("\n")[0].strip() for line in seen} == lines
    marks = page.locator(".redline-key")
    assert marks.is_visible() == (view == "marked")
