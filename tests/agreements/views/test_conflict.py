"""The page with both texts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agreements.models import SavedAside, Section
from agreements.workflow.annex import create_annex
from agreements.workflow.section import Conflict, save_section
from agreements.workflow.sheet import save_sheet
from agreements.workflow.sheet_input import SheetInput, ValueInput
from agreements.workflow.sitting import Sitting
from samverkan.accounts.models import User
from tests.agreements.views.conftest import SignIn
from tests.factories import World

pytestmark = pytest.mark.django_db

THEIRS = "<p>Gemensam inledning.</p><p>Polisens stycke.</p><p>Slut.</p>"
MINE = "<p>Gemensam inledning.</p><p>Kommunens stycke.</p><p>Slut.</p><ul><li><p>Tillägg</p></li></ul>"


@pytest.fixture
def aside(world: World) -> SavedAside:
    section = world.picture.sections.get(heading="Syfte")
    save_section(section, heading="Syfte", body=THEIRS, version=1, by=world.police_coordinator)
    answer = save_section(section, heading="Syftet", body=MINE, version=1, by=world.coordinator)
    assert isinstance(answer, Conflict)
    return answer.aside


def url(aside: SavedAside) -> str:
    return reverse("agreements:conflict_detail", args=[aside.pk])


def choices(html: str) -> str:
    """The part of the page where one chooses."""
    return html.split('id="sammanfoga"')[1]


def text(aside: SavedAside) -> tuple[str, str, int]:
    section = Section.objects.get(pk=aside.section_id)
    return section.heading, section.body, section.version


def test_both_texts_stand_side_by_side_with_their_own_words_marked(as_: SignIn, aside: SavedAside) -> None:
    html = as_("coordinator").get(url(aside)).content.decode()
    theirs, mine = html.split('id="min"')[0], html.split('id="min"')[1].split("sammanfoga")[0]
    assert "Det som Samordnare polis skrev" in theirs
    assert "<mark>Polisens</mark>" in theirs.replace(" <mark>", "<mark>").replace("<mark> ", "<mark>")
    assert "Kommunens" not in theirs
    assert "<mark>Kommunens</mark>" in mine.replace("<mark> ", "<mark>")
    assert "Polisens" not in mine


def test_nothing_is_chosen_beforehand(as_: SignIn, aside: SavedAside) -> None:
    assert " checked" not in choices(as_("coordinator").get(url(aside)).content.decode())


@pytest.mark.parametrize(("choice", "result"), [("mine", ("Syftet", MINE, 3)), ("theirs", ("Syfte", THEIRS, 2))])
def test_one_text_or_the_other_stands(
    as_: SignIn, aside: SavedAside, choice: str, result: tuple[str, str, int]
) -> None:
    answer = as_("coordinator").post(url(aside), {"choice": choice, "version": "2"})
    assert answer.status_code == 302
    assert text(aside) == result


def test_the_texts_are_joined_passage_by_passage(as_: SignIn, aside: SavedAside) -> None:
    data = {"choice": "joined", "version": "2", "heading": "theirs", "passage-1": "both", "passage-3": "mine"}
    as_("coordinator").post(url(aside), data)
    assert text(aside) == (
        "Syfte",
        "<p>Gemensam inledning.</p><p>Polisens stycke.</p><p>Kommunens stycke.</p><p>Slut.</p>"
        "<ul><li><p>Tillägg</p></li></ul>",
        3,
    )


@pytest.mark.parametrize("missing", ["heading", "passage-1", "passage-3"])
def test_a_choice_that_is_not_whole_comes_back_with_what_was_picked(
    as_: SignIn, aside: SavedAside, missing: str
) -> None:
    data = {"choice": "joined", "version": "2", "heading": "mine", "passage-1": "mine", "passage-3": "mine"}
    del data[missing]
    answer = as_("coordinator").post(url(aside), data)
    assert answer.status_code == 422
    assert choices(answer.content.decode()).count(" checked") == 2
    assert text(aside) == ("Syfte", THEIRS, 2)


def test_a_third_text_in_between_is_shown_and_not_overwritten(as_: SignIn, world: World, aside: SavedAside) -> None:
    save_section(aside.section, heading="Syfte", body="<p>Tredje</p>", version=2, by=world.police_coordinator)
    answer = as_("coordinator").post(url(aside), {"choice": "mine", "version": "2"}, follow=True)
    html = answer.content.decode()
    assert "Tredje" in html
    assert "Titta på båda igen." in html
    assert text(aside)[1] == "<p>Tredje</p>"


def test_only_its_writer_finds_a_text_aside(as_: SignIn, aside: SavedAside) -> None:
    for person in ("police_coordinator", "preparer", "bo", "cia", "reader"):
        client = as_(person)
        assert client.get(url(aside)).status_code == 404
        assert client.post(url(aside), {"choice": "mine", "version": "2"}).status_code == 404
    assert text(aside)[2] == 2


def test_a_settled_text_leads_back_to_the_section(as_: SignIn, aside: SavedAside) -> None:
    client = as_("coordinator")
    client.post(url(aside), {"choice": "theirs", "version": "2"})
    answer = client.post(url(aside), {"choice": "mine", "version": "2"})
    assert answer.status_code == 302
    assert text(aside)[1] == THEIRS


def test_oneself_in_another_window_is_called_by_its_name(as_: SignIn, world: World) -> None:
    section = world.picture.sections.get(heading="Syfte")
    save_section(section, heading="Syfte", body="<p>Flik ett</p>", version=1, by=world.coordinator)
    answer = save_section(section, heading="Syfte", body="<p>Flik två</p>", version=1, by=world.coordinator)
    assert isinstance(answer, Conflict)
    assert "Du har sparat texten i ett annat fönster" in as_("coordinator").get(url(answer.aside)).content.decode()


def late(aside: SavedAside, body: str, by: User, sitting: Sitting, *, version: int = 1) -> SavedAside:
    answer = save_section(aside.section, heading="Syftet", body=body, version=version, by=by, sitting=sitting)
    assert isinstance(answer, Conflict)
    return answer.aside


def test_an_earlier_text_of_the_same_page_is_still_there_to_copy_and_leads_to_the_later(
    as_: SignIn, world: World, aside: SavedAside
) -> None:
    earlier, later = (
        late(aside, f"<p>{words}</p>", world.coordinator, Sitting("flik", turn))
        for turn, words in enumerate(("Först skrivet", "Sedan skrivet"), start=1)
    )
    html = as_("coordinator").get(url(later)).content.decode()
    assert "Tidigare texter av dig" in html
    assert "Först skrivet" in html
    assert "Kommunens stycke." not in html
    assert as_("coordinator").get(url(earlier))["Location"] == url(later)


def test_an_older_text_of_ones_own_on_another_version_waits_beside_the_newer(
    as_: SignIn, world: World, aside: SavedAside
) -> None:
    save_section(aside.section, heading="Syfte", body="<p>Tredje</p>", version=2, by=world.police_coordinator)
    newer = late(aside, "<p>Nyare</p>", world.coordinator, Sitting(), version=2)
    client = as_("coordinator")
    work = client.get(reverse("agreements:worklist_detail")).content.decode()
    assert (url(aside) in work, url(newer) in work) == (True, True)
    client.post(url(newer), {"choice": "theirs", "version": "3"})
    editing = client.get(reverse("agreements:annex_edit", args=[world.agreement.slug, "1"]))
    assert url(aside) in editing.content.decode()
    assert "Kommunens stycke." in client.get(url(aside)).content.decode()


def test_what_was_picked_beside_a_text_that_stands_there_no_longer_joins_nothing(
    as_: SignIn, world: World, aside: SavedAside
) -> None:
    save_section(aside.section, heading="Syfte", body=f"<p>Nytt.</p>{THEIRS}", version=2, by=world.police_coordinator)
    data = {"choice": "joined", "version": "2", "heading": "theirs", "passage-0": "mine", "passage-2": "theirs"}
    data |= {f"passage-{at}": "theirs" for at in (1, 3, 4)}
    answer = as_("coordinator").post(url(aside), data, follow=True)
    assert "Titta på båda igen." in answer.content.decode()
    assert text(aside) == ("Syfte", f"<p>Nytt.</p>{THEIRS}", 3)
    assert (SavedAside.objects.get().body, SavedAside.objects.get().settled_at) == (MINE, None)


def test_what_was_typed_in_a_sheet_is_shown_with_the_way_to_the_sheet(as_: SignIn, world: World) -> None:
    plan = create_annex(world.agreement, "action_plan", number="3b", title="Plan", by=world.coordinator)
    sheet = plan.sections.get(kind="action_plan_sheet").sheet
    place = (sheet.fields.get(key="goal").pk, sheet.columns.get().pk)
    for by, words in ((world.police_coordinator, "Polisens mål"), (world.coordinator, "Mitt mål")):
        answer = save_sheet(sheet.section, SheetInput(values={place: ValueInput(f"<p>{words}</p>")}), version=1, by=by)
    assert isinstance(answer, Conflict)
    client = as_("coordinator")
    html = client.get(url(answer.aside)).content.decode()
    assert "Mitt mål" in html
    assert reverse("agreements:sheet_edit", args=[world.agreement.slug, "3b", sheet.section_id]) in html
    client.post(url(answer.aside), {"choice": "theirs", "version": "2"})
    assert SavedAside.objects.get().settled_at is not None
