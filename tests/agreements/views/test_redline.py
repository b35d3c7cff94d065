"""What changed, as pages show it: the summary leads to each change, and on the decision page many wait folded."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from agreements.documents.sanitise import clean_rich_text
from agreements.models import Section
from agreements.states import ProposalStatus
from agreements.workflow.revision import submit_matter
from samverkan.accounts.models import User
from tests.factories import World, decide, proposal_at
from tests.factories.proposals import answered

HEADINGS = [f"Avsnitt {number}" for number in range(1, 6)]


def shown(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def folds(page: str) -> list[str]:
    """The changed sections of the page, each "open" or "folded"."""
    found = re.findall(r'<details class="redline-section" data-change="\w+"( open)?>', page)
    return ["open" if is_open else "folded" for is_open in found]


@pytest.fixture
def decided(world: World) -> World:
    """The picture has five sections more, and is decided."""
    for position, heading in enumerate(HEADINGS, start=101):
        Section.objects.create(annex=world.picture, position=position, heading=heading, body="<p>Som förut.</p>")
    decide(world)
    return world


def change(world: World, *headings: str) -> None:
    for section in world.picture.sections.filter(heading__in=headings):
        section.body = "<p>Inte som förut.</p>"
        section.save()


def compare_page(world: World) -> str:
    return shown(world.coordinator, reverse("agreements:annex_compare", args=[world.agreement.slug, "1"]))


def test_the_summary_leads_to_each_change_and_to_nothing_else(decided: World) -> None:
    change(decided, "Avsnitt 2", "Avsnitt 4")

    page = compare_page(decided)

    contents = page[page.index('class="redline-contents"') : page.index('class="redline-key"')]
    assert "2 avsnitt ändrade" in contents
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents)
    assert [title for _anchor, title in links] == ["Avsnitt 2", "Avsnitt 4"]
    for anchor, title in links:
        place = page.index(f'<span id="{anchor}">')
        assert page.rindex("<summary>", 0, place) < page.rindex(title, 0, place)


def test_where_there_is_no_earlier_version_none_stands_as_chosen(world: World) -> None:
    url = reverse("agreements:annex_compare", args=[world.agreement.slug, "1"])

    def chosen(address: str) -> tuple[str, bool]:
        page = shown(world.coordinator, address)
        field = page[page.index('<select class="ds-input" id="fran"') :].partition("</select>")[0]
        first = re.findall(r"<option[^>]* selected>([^<(]+)", field) or re.findall(r"<option[^>]*>([^<(]+)", field)[:1]
        return first[0].strip(), "Det finns ingen tidigare version att jämföra med." in page

    nothing = ("Ingen tidigare version", True)
    assert chosen(url) == nothing
    decide(world)
    assert chosen(f"{url}?till=1") == nothing
    assert chosen(f"{url}?fran=&till=1&visa=marked") == nothing
    assert chosen(url) == ("Version 1", False)


def test_the_compare_page_has_every_changed_section_open(decided: World) -> None:
    change(decided, *HEADINGS)

    assert folds(compare_page(decided)) == ["open"] * 5


@pytest.mark.parametrize(("changes", "fold"), [(3, "open"), (4, "folded")])
def test_on_the_decision_page_more_than_three_changes_wait_folded(decided: World, changes: int, fold: str) -> None:
    change(decided, *HEADINGS[:changes])
    proposal = proposal_at(decided, ProposalStatus.PROPOSED)

    page = shown(decided.anna, proposal.get_absolute_url())

    assert folds(page) == [fold] * changes
    assert f"{changes} avsnitt ändrade" in page
    assert f'href="#gor-{proposal.pk}"' in page


def test_a_part_of_a_matter_says_how_much_changed(decided: World) -> None:
    change(decided, "Avsnitt 1")
    matter = submit_matter([answered(decided.picture)], title="Våren", by=decided.coordinator)

    page = shown(decided.coordinator, matter.get_absolute_url())

    assert "1 avsnitt ändrat" in page
    assert folds(page) == ["open"]


def test_another_title_is_shown_before_the_sections_and_listed(decided: World) -> None:
    decided.picture.title = "Lokal lägesbild för centrum"
    decided.picture.save()

    page = compare_page(decided)

    assert "1 uppgift ändrad" in page
    assert "Inget har ändrats" not in page
    assert page.index("<strong>Titel:</strong>") < page.index("Avsnitt 1")
    assert re.search(r'Titel och uppgifter<span class="change-list__place">Titel</span></th>', page)


NOTED = "<p>{}<sup data-note='<p>Från områdesfakta</p>'></sup></p><p>Fast<sup data-note='<p>{}</p>'></sup> text.</p>"


def noted(world: World, words: str, note: str) -> None:
    section = world.picture.sections.get(heading="Avsnitt 1")
    section.body = clean_rich_text(NOTED.format(words, note))
    section.save()


def test_notes_wait_folded_on_the_decision_page_and_changed_ones_are_open_in_the_comparison(world: World) -> None:
    Section.objects.create(annex=world.picture, position=101, heading="Avsnitt 1", body="")
    noted(world, "Helt annat ord", "Enligt polisens statistik 2024")
    decide(world)
    noted(world, "Något nytt", "Enligt polisens statistik 2025")
    comparison = compare_page(world)
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    decision = shown(world.anna, proposal.get_absolute_url())

    assert '<details class="notes" open><summary>Noter (1 ändrad)</summary>' in comparison
    assert "<summary>1 not som förut</summary>" in comparison
    assert '<details class="notes"><summary>Noter (1 ändrad)</summary>' in decision
    for page in (comparison, decision):
        ids = re.findall(r'<li id="([^"]*note-[^"]*)">', page)
        assert len(ids) == len(set(ids)) == 2
