"""The editing page and its parts, as the people of the cast meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from agreements.documents.text import word_count
from agreements.models import Annex, Comment, PriorityArea, Section
from agreements.policies.annex import may_edit
from agreements.rights import today
from agreements.selectors.working_text import draft_document
from agreements.workflow.annex import create_annex
from agreements.workflow.section import save_section
from agreements.workflow.structure import leave_out
from tests.agreements.views.conftest import SignIn
from tests.factories import World, end

pytestmark = pytest.mark.django_db


def address(name: str, world: World, number: str = "1", *more: object) -> str:
    return reverse(f"agreements:{name}", args=[world.agreement.slug, number, *more])


def section(world: World, number: str = "1") -> Section:
    found: Section = world.annexes[number].sections.get(heading="Syfte")
    return found


def test_the_page_shows_the_outline_and_the_text_of_one_section_only(as_: SignIn, world: World) -> None:
    page = as_("coordinator").get(address("annex_edit", world))
    html = page.content.decode()
    assert page.status_code == 200
    assert "Parterna arbetar tillsammans" in html
    assert "Arbetet leds av styrgruppen" not in html
    assert "Arbetssätt" in html


def test_the_address_says_which_section_is_open(as_: SignIn, world: World) -> None:
    other = world.picture.sections.get(heading="Arbetssätt")
    html = as_("coordinator").get(address("annex_edit", world), {"avsnitt": str(other.pk)}).content.decode()
    assert "Arbetet leds av styrgruppen" in html
    assert "Parterna arbetar tillsammans" not in html


def test_without_an_address_the_section_one_last_wrote_in_is_open(as_: SignIn, world: World) -> None:
    other = world.picture.sections.get(heading="Arbetssätt")
    save_section(other, heading="Arbetssätt", body="<p>Här var jag.</p>", version=1, by=world.coordinator)
    assert "Här var jag." in as_("coordinator").get(address("annex_edit", world)).content.decode()


@pytest.mark.parametrize(
    ("person", "number", "status"),
    [
        ("coordinator", "1", 200),
        ("police_coordinator", "1", 200),
        ("bo", "3a", 200),
        ("communicator", "4", 200),
        ("preparer", "1", 403),
        ("registrar", "1", 403),
        ("bo", "1", 404),
        ("communicator", "1", 404),
        ("anna", "1", 404),
        ("reader", "1", 404),
        ("cia", "1", 404),
        ("nils", "1", 404),
    ],
)
def test_who_meets_the_editing_page(as_: SignIn, world: World, person: str, number: str, status: int) -> None:
    client = as_(person)
    names = ["annex_edit", "annex_check", "annex_describe", "annex_fetch"]
    found = {name: client.get(address(name, world, number)).status_code for name in names}
    assert found == dict.fromkeys(names, status)
    fragment = client.get(
        address("section_edit", world, number, section(world, number).pk), headers={"HX-Request": "true"}
    )
    assert fragment.status_code == (200 if status in (200, 403) else 404)


def test_those_who_only_read_the_draft_are_told_why_they_cannot_write(as_: SignIn, world: World) -> None:
    page = as_("preparer").get(address("annex_edit", world))
    assert str(may_edit(world.preparer, world.picture).reason) in page.content.decode()


def test_an_own_draft_is_found_on_no_path_by_the_other_party(as_: SignIn, world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    client = as_("police_coordinator")
    id_ = section(world).pk
    gets = ["annex_edit", "annex_check", "annex_describe", "annex_fetch", "annex_share"]
    assert {client.get(address(name, world)).status_code for name in gets} == {404}
    posts = {
        "section_edit": {"heading": "x", "body": "x", "version": "1"},
        "section_presence": {},
        "section_move": {"direction": "up"},
        "section_leave_out": {},
        "section_describe": {},
    }
    found = {name: client.post(address(name, world, "1", id_), data).status_code for name, data in posts.items()}
    assert found == dict.fromkeys(posts, 404)
    assert client.post(address("section_add", world), {"heading": "x"}).status_code == 404
    assert client.post(address("image_upload", world)).status_code == 404
    assert "Parterna arbetar" in section(world).body


def test_a_section_of_another_annex_is_not_found_under_this_one(as_: SignIn, world: World) -> None:
    foreign = section(world, "4")
    client = as_("coordinator")
    assert client.get(address("section_edit", world, "1", foreign.pk)).status_code == 404
    assert client.post(address("section_move", world, "1", foreign.pk), {"direction": "up"}).status_code == 404


def test_the_section_alone_is_a_fragment_for_htmx_and_the_page_for_others(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    url = address("section_edit", world, "1", section(world).pk)
    fragment = client.get(url, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert f"avsnitt={section(world).pk}" in client.get(url)["Location"]


def test_guidance_and_findings_stand_with_the_section(as_: SignIn, world: World) -> None:
    world.picture.delete()
    annex = create_annex(world.agreement, "situational_picture", number="1", title="Lägesbild", by=world.coordinator)
    analysis = annex.sections.get(template_key="analysis")
    html = as_("coordinator").get(address("annex_edit", world), {"avsnitt": str(analysis.pk)}).content.decode()
    assert "Det som lagen" in html or "Lagen kräver" in html
    assert "Det här hör hemma här" in html
    assert "Måste rättas" in html


def test_comments_on_the_section_stand_beside_it(as_: SignIn, world: World) -> None:
    client = as_("preparer")
    client.post(address("draft_comment", world), {"text": "Varför just nu?", "section_id": str(section(world).pk)})
    assert Comment.objects.get().section_id == str(section(world).pk)
    html = as_("coordinator").get(address("annex_edit", world)).content.decode()
    assert "Varför just nu?" in html


@pytest.mark.parametrize("many", [1, 3])
def test_opening_the_page_takes_the_same_queries_however_many_sections(as_: SignIn, world: World, many: int) -> None:
    annex: Annex = world.picture
    annex.sections.all().delete()
    for number in range(many):
        Section.objects.create(annex=annex, position=number, heading=f"{number}", body="<p>x</p>")
    client = as_("coordinator")
    url = address("annex_edit", world)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert len(captured) == QUERIES_OF_THE_PAGE


QUERIES_OF_THE_PAGE = 21


WORDS_A_SECTION, SECTIONS = 250, 80
"""Together 20,000 words, about 55 printed pages."""


def written_anew(annex: Annex, sections: int, words: int) -> Section:
    """Give the annex so many sections of so many words each; the first has the same text however long the rest is."""
    annex.sections.all().delete()
    for at in range(sections):
        paragraphs = ["<p>ord ord ord ord ord</p>"] * ((words if at else 50) // 5)
        Section.objects.create(annex=annex, position=at, heading="Rubrik", body="".join(paragraphs))
    return annex.sections.order_by("position")[0]


def cost(client: Client, url: str, **how: str) -> tuple[int, int, str]:
    """Queries, bytes and the text of an answer; fetched once before, so that nothing is fetched for the first time."""
    client.get(url, headers=how)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url, headers=how)
    assert answer.status_code == 200
    return len(captured), len(answer.content), answer.content.decode()


def test_twenty_thousand_words_cost_the_page_no_query_and_no_word_more(as_: SignIn, world: World) -> None:
    client, url = as_("coordinator"), address("annex_edit", world)
    found = {}
    for words in (5, WORDS_A_SECTION):
        first = written_anew(world.picture, SECTIONS, words)
        found[words] = cost(client, f"{url}?avsnitt={first.pk}")
    assert word_count(draft_document(world.picture)) > (SECTIONS - 1) * WORDS_A_SECTION

    (few, small, text), (many, large, more) = found[5], found[WORDS_A_SECTION]
    assert few == many
    assert more.count("ord ord ord ord ord") == text.count("ord ord ord ord ord") > 0, "the open section's own words"
    assert abs(large - small) < 100, "the other sections' texts are fetched when they are opened"


def test_each_section_costs_the_page_one_line_of_its_outline(as_: SignIn, world: World) -> None:
    client, url = as_("coordinator"), address("annex_edit", world)
    found = {}
    for sections in (2, SECTIONS):
        first = written_anew(world.picture, sections, WORDS_A_SECTION)
        found[sections] = cost(client, f"{url}?avsnitt={first.pk}")
    (few, small, _text), (many, large, _more) = found[2], found[SECTIONS]
    assert few == many
    assert (large - small) / (SECTIONS - 2) < 1_500


def test_a_section_costs_the_same_in_a_long_annex_as_in_a_short_one(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    found = {}
    for sections in (2, SECTIONS):
        first = written_anew(world.picture, sections, WORDS_A_SECTION)
        url = address("section_edit", world, "1", first.pk)
        found[sections] = cost(client, url, **{"HX-Request": "true"})
    (few, small, text), (many, large, _more) = found[2], found[SECTIONS]
    assert "<html" not in text
    assert few == many
    assert (large - small) / (SECTIONS - 2) < 200, "a choice of where to put the next one, and no text"


def test_a_long_annex_opens_with_one_sections_text(as_: SignIn, world: World) -> None:
    for number in range(60):
        Section.objects.create(
            annex=world.picture, position=10 + number, heading=f"{number}", body="<p>ord och ord</p>" * 120
        )
    page = as_("coordinator").get(address("annex_edit", world))
    assert len(page.content) < 200_000
    assert "ord och ord" not in page.content.decode()


# The checker's page


def test_findings_link_to_their_section(as_: SignIn, world: World) -> None:
    section(world).annex.sections.filter(heading="Syfte").update(body="<p>Ring 070-174 06 05.</p>")
    html = as_("coordinator").get(address("annex_check", world)).content.decode()
    assert f"?avsnitt={section(world).pk}" in html
    assert "070-174 06 05" in html


def test_warnings_take_one_answer(as_: SignIn, world: World) -> None:
    section(world).annex.sections.filter(heading="Syfte").update(body="<p>Skriv till kim@example.se.</p>")
    client = as_("coordinator")
    refused = client.post(address("annex_warnings", world), {"answer": ""})
    assert refused.status_code == 422
    client.post(address("annex_warnings", world), {"answer": "Det är en funktionsbrevlåda."})
    assert "Besvarat: ”Det är en funktionsbrevlåda.”" in client.get(address("annex_check", world)).content.decode()


# The outline


def test_the_outline_is_changed_by_buttons_that_work_without_javascript(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    answer = client.post(address("section_move", world, "1", section(world).pk), {"direction": "down"})
    assert (answer.status_code, f"avsnitt={section(world).pk}" in answer["Location"]) == (302, True)
    assert list(world.picture.sections.values_list("heading", flat=True)) == ["Arbetssätt", "Syfte"]
    client.post(address("section_leave_out", world, "1", section(world).pk))
    assert section(world).is_left_out
    assert "Återställ ”Syfte”" in client.get(address("annex_edit", world)).content.decode()
    client.post(address("section_restore", world, "1", section(world).pk))
    assert not section(world).is_left_out


def test_htmx_gets_the_outline_alone(as_: SignIn, world: World) -> None:
    answer = as_("coordinator").post(
        address("section_move", world, "1", section(world).pk), {"direction": "down"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert 'id="disposition"' in html
    assert "<html" not in html
    assert html.index("Arbetssätt") < html.index("Syfte")


def test_a_move_that_is_not_possible_is_said_and_changes_nothing(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    answer = client.post(address("section_move", world, "1", section(world).pk), {"direction": "up"}, follow=True)
    assert "Avsnittet kan inte flyttas längre åt det hållet." in answer.content.decode()


def test_a_new_section_is_open_when_the_page_comes_back(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    data = {"heading": "Nytt <b>avsnitt</b>", "after": str(section(world).pk), "level": "2"}
    answer = client.post(address("section_add", world), data)
    made = world.picture.sections.get(level=2)
    assert made.heading == "Nytt &lt;b&gt;avsnitt&lt;/b&gt;"
    assert f"avsnitt={made.pk}" in answer["Location"]


def test_a_new_section_may_have_rows(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    client.post(address("section_add", world), {"heading": "Ord", "kind": "definitions"})
    assert world.picture.sections.get(heading="Ord").kind == "definitions"
    client.post(address("section_add", world), {"heading": "Annat", "kind": "finns inte"})
    assert not world.picture.sections.filter(heading="Annat").exists()


def test_a_section_is_moved_after_one_that_is_chosen(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    other = world.picture.sections.get(heading="Arbetssätt")
    move = address("section_move", world, "1", section(world).pk)
    client.post(move, {"direction": "to", "target": str(other.pk)})
    assert list(world.picture.sections.values_list("heading", flat=True)) == ["Arbetssätt", "Syfte"]
    client.post(move, {"direction": "to", "target": ""})
    assert list(world.picture.sections.values_list("heading", flat=True)) == ["Syfte", "Arbetssätt"]
    foreign = world.text.sections.get(heading="Syfte")
    client.post(move, {"direction": "to", "target": str(foreign.pk)})
    assert list(world.picture.sections.values_list("heading", flat=True)) == ["Syfte", "Arbetssätt"]


def test_a_section_without_a_heading_or_a_language_that_is_none_is_sent_back(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    answer = client.post(address("section_add", world), {"heading": ""}, follow=True)
    assert "Skriv en rubrik för det nya avsnittet." in answer.content.decode()
    answer = client.post(
        address("section_describe", world, "1", section(world).pk), {"language": "svenska språket"}, follow=True
    )
    assert section(world).language == ""
    client.post(address("section_describe", world, "1", section(world).pk), {"language": "en", "is_numbered": "on"})
    assert (section(world).language, section(world).is_numbered) == ("en", True)


def test_nothing_changes_by_looking(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    id_ = section(world).pk
    for name in ("section_move", "section_leave_out", "section_restore", "section_describe", "section_presence"):
        assert client.get(address(name, world, "1", id_)).status_code == 405
    assert client.get(address("section_add", world)).status_code == 405
    assert client.get(address("annex_warnings", world)).status_code == 405


# The whole annex


def test_titles_and_scope_are_changed_on_their_page(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    assert client.post(address("annex_describe", world), {"title": ""}).status_code == 422
    client.post(address("annex_describe", world), {"title": "Ny titel", "geographic_scope": "Centrum"})
    world.picture.refresh_from_db()
    assert (world.picture.title, world.picture.geographic_scope) == ("Ny titel", "Centrum")


@pytest.mark.parametrize("person", ["bo", "coordinator"])
@pytest.mark.parametrize("is_own", [False, True])
def test_a_plan_keeps_its_area_when_its_titles_are_saved(
    as_: SignIn, world: World, person: str, *, is_own: bool
) -> None:
    """Whether the area was left out in the draft, or stands in a draft that is the other party's own."""
    if is_own:
        own_of = world.polis if person == "coordinator" else world.kommun
        Annex.objects.filter(pk=world.picture.pk).update(draft_party=own_of)
    else:
        PriorityArea.objects.filter(pk=world.area.pk).update(is_left_out=True)
    client, url = as_(person), address("annex_describe", world, "3a")
    form = client.get(url).context["form"]
    assert ("Trygga platser" in str(form)) is not is_own
    shown = {} if is_own else {"priority_area": str(form.initial["priority_area"])}

    assert client.post(url, {"title": "Ny titel"} | shown).status_code == 302

    world.plan.refresh_from_db()
    assert (world.plan.title, world.plan.priority_area) == ("Ny titel", world.area)


def test_the_area_of_a_plan_is_changed_and_taken_away(as_: SignIn, world: World) -> None:
    other = PriorityArea.objects.create(agreement=world.agreement, title="Unga")
    left_out = PriorityArea.objects.create(agreement=world.agreement, title="Droger", is_left_out=True)
    client, url = as_("coordinator"), address("annex_describe", world, "3a")

    def area_after(chosen: object, status: int) -> PriorityArea | None:
        assert client.post(url, {"title": "Plan", "priority_area": chosen}).status_code == status
        return Annex.objects.get(pk=world.plan.pk).priority_area

    assert area_after(left_out.pk, 422) == world.area
    assert area_after(other.pk, 302) == other
    assert area_after("", 302) is None


def test_what_was_left_out_can_be_opened_and_restored(as_: SignIn, world: World) -> None:
    leave_out(section(world), by=world.coordinator)
    html = as_("coordinator").get(address("annex_edit", world), {"avsnitt": str(section(world).pk)}).content.decode()
    assert "Avsnittet är utelämnat." in html
    assert "Återställ avsnittet" in html


def test_an_ended_annex_is_not_edited_and_the_page_says_so(as_: SignIn, world: World) -> None:
    end(world, "1", today() - timedelta(days=1))
    page = as_("coordinator").get(address("annex_edit", world))
    assert page.status_code == 403
    world.picture.refresh_from_db()
    assert str(may_edit(world.coordinator, world.picture).reason) in page.content.decode()


def test_word_is_taken_in_from_where_one_writes(as_: SignIn, world: World) -> None:
    link = f'href="{address("word_create", world, "4")}"'
    assert as_("coordinator").get(address("annex_edit", world, "4")).content.decode().count(link) == 1
    Section.objects.filter(annex=world.communication).update(is_left_out=True)
    empty = as_("coordinator").get(address("annex_edit", world, "4"))
    assert empty.content.decode().count(link) == 2
    assertContains(empty, "Bilagan har inga avsnitt ännu")
    assertContains(empty, "ta in en Word-fil")


def test_one_who_has_nothing_to_fetch_hears_that_word_is_taken_in(as_: SignIn, world: World) -> None:
    annex = create_annex(world.agreement, "other", by=world.coordinator, number="9", title="Rutiner", own_of=None)
    page = as_("coordinator").get(address("annex_fetch", world, annex.number))
    assertContains(page, f'href="{address("word_create", world, annex.number)}"')


def test_a_new_annex_says_where_a_word_file_goes(as_: SignIn, world: World) -> None:
    page = as_("coordinator").get(reverse("agreements:annex_create", args=[world.agreement.slug]))
    assertContains(page, "Finns texten redan i Word?")
