"""What a text names is offered to the registers, one by one; the text itself is not changed by it."""

from __future__ import annotations

import pytest

from agreements.documents.text import to_text
from agreements.documents.word_import.reader import read_word
from agreements.models import Annex, GoverningGroup, Organisation, PriorityArea, Source
from agreements.selectors.draft import draft_document
from agreements.states import AnnexKind
from agreements.workflow.annex import create_annex
from agreements.workflow.word import Answers, placings_for, take_in
from agreements.workflow.word_accept import accept
from agreements.workflow.word_proposals import Offer, dropped_areas, proposals_for
from samverkan.verdict import TransitionRefused
from tests.agreements.documents.word_import.docx import Docx, docx, footnote, item, p
from tests.agreements.documents.word_import.oracle import words
from tests.factories import World

pytestmark = pytest.mark.django_db

PICTURE = docx(
    p("1 Metod", style="Heading1"),
    p("Parterna har använt följande källor:"),
    item("Trygghetsmätningen 2025"),
    item("Skolenkäten"),
    p("2 Prioriterade samverkansområden", style="Heading1"),
    p("Vi har valt två områden."),
    p("2.1 Samverkansområde 1: Inbrott", style="Heading2"),
    p("Inbrotten ökar."),
    p("2.1.1 Pågående arbete", style="Heading3"),
    p("Ronder varje vecka."),
    p("2.2 Samverkansområde 2: Unga i risk", style="Heading2"),
    p("Unga far illa."),
)


def taken_in(world: World, data: bytes, kind: AnnexKind = AnnexKind.SITUATIONAL_PICTURE) -> Annex:
    annex = create_annex(world.agreement, kind, number="7", title="Text", by=world.coordinator)
    word = read_word(data)
    take_in(annex, word, placings_for(annex, word), by=world.coordinator, answers=Answers())
    return annex


@pytest.fixture
def picture(world: World) -> Annex:
    return taken_in(world, PICTURE)


def text(annex: Annex) -> list[str]:
    return words(to_text(draft_document(annex)))


def offers(annex: Annex, kind: str) -> list[Offer]:
    return [offer for offer in proposals_for(annex) if offer.kind == kind]


def titles(annex: Annex, kind: str) -> list[str]:
    return [offer.title for offer in offers(annex, kind) if offer.is_open]


def take(annex: Annex, offer: Offer, world: World, title: str = "", person: str = "coordinator") -> None:
    accept(annex, offer.key, title=title, by=getattr(world, person))


def test_nothing_is_written_by_taking_a_file_in(world: World, picture: Annex) -> None:
    assert titles(picture, "area") == ["Inbrott", "Unga i risk"]
    assert titles(picture, "source") == ["Trygghetsmätningen 2025", "Skolenkäten"]
    assert list(PriorityArea.objects.filter(agreement=world.agreement)) == [world.area]
    assert not Source.objects.exists()


def test_an_accepted_source_is_in_the_register_and_the_text_is_as_it_was(world: World, picture: Annex) -> None:
    before = text(picture)
    take(picture, offers(picture, "source")[0], world)
    source = Source.objects.get()
    assert (source.agreement, source.name, source.position) == (world.agreement, "Trygghetsmätningen 2025", 1)
    assert text(picture) == before
    assert source.history.get().history_user == world.coordinator


def test_an_accepted_area_is_printed_in_the_same_place_from_the_register(world: World, picture: Annex) -> None:
    for offer in offers(picture, "area"):
        take(picture, offer, world)
    found = list(PriorityArea.objects.filter(agreement=world.agreement, is_left_out=False))
    assert [area.title for area in found] == ["Inbrott", "Unga i risk"]
    assert found[0].description == "<p>Inbrotten ökar.</p><h4>Pågående arbete</h4><p>Ronder varje vecka.</p>"
    headings = [b for b in draft_document(picture)["blocks"] if b["type"] == "heading" and b["row"]]
    assert [(b["number"], b["html"], b["id"]) for b in headings] == [
        ("2.1", "Inbrott", str(found[0].pk)),
        ("2.2", "Unga i risk", str(found[1].pk)),
    ]
    assert text(picture).count("Inbrotten") == 1
    assert titles(picture, "area") == []


def test_an_area_may_be_called_otherwise_in_the_register(world: World, picture: Annex) -> None:
    take(picture, offers(picture, "area")[0], world, "Bostadsinbrott")
    assert PriorityArea.objects.filter(agreement=world.agreement, title="Bostadsinbrott").exists()
    assert titles(picture, "area") == ["Unga i risk"]


def test_areas_that_the_text_does_not_name_come_into_no_text(world: World, picture: Annex) -> None:
    assert dropped_areas(picture, proposals_for(picture)) == [world.area.title]
    take(picture, offers(picture, "area")[0], world)
    world.area.refresh_from_db()
    assert world.area.is_left_out
    assert "Trygga" not in text(picture)
    assert dropped_areas(picture, proposals_for(picture)) == []


def test_an_area_that_the_register_has_is_described_by_the_text(world: World, picture: Annex) -> None:
    world.area.title = "Inbrott"
    world.area.save()
    take(picture, offers(picture, "area")[0], world)
    world.area.refresh_from_db()
    assert not world.area.is_left_out
    assert world.area.description.startswith("<p>Inbrotten ökar.</p>")
    assert PriorityArea.objects.filter(agreement=world.agreement).count() == 1


def test_an_area_with_a_note_in_its_heading_stays_in_the_text(world: World) -> None:
    heading = p("Samverkansområde 1: Inbrott", footnote(1), style="Heading2")
    body = p("Prioriterade samverkansområden", style="Heading1") + heading + p("Text.")
    annex = taken_in(world, Docx(body, footnotes=f'<w:footnote w:id="1">{p("Not")}</w:footnote>').bytes())
    before = text(annex)
    (offer,) = offers(annex, "area")
    assert not offer.is_moved
    take(annex, offer, world)
    assert text(annex) == before
    assert PriorityArea.objects.filter(agreement=world.agreement, title="Inbrott").exists()


def test_other_texts_than_the_picture_offer_no_areas(world: World) -> None:
    assert offers(taken_in(world, PICTURE, AnnexKind.COMMUNICATION_PLAN), "area") == []


GROUPS = docx(
    p("Styrgruppen", style="Heading1"),
    p("Följande funktioner ska ingå:"),
    item("Kommundirektör"),
    item("Chef med mandat från skolan"),
    p("Arbetsgrupp inbrott", style="Heading1"),
    p("I gruppen ingår:"),
    item("Kommunpolis"),
)


def test_functions_become_seats_of_the_group_that_there_is(world: World) -> None:
    annex = taken_in(world, GROUPS, AnnexKind.COOPERATION_STRUCTURE)
    steering, _working = offers(annex, "group")
    assert steering.details == ("Kommundirektör", "Chef med mandat från skolan")
    take(annex, steering, world)
    group = GoverningGroup.objects.get(agreement=world.agreement, kind="steering")
    seats = [(seat.function, seat.has_mandate) for seat in group.seats.all()]
    assert seats == [("Kommundirektör", False), ("Chef med mandat från skolan", True)]
    assert titles(annex, "group") == ["Arbetsgrupp inbrott"]


def test_a_working_group_that_there_is_not_is_appointed(world: World) -> None:
    annex = taken_in(world, GROUPS, AnnexKind.COOPERATION_STRUCTURE)
    take(annex, offers(annex, "group")[1], world)
    group = GoverningGroup.objects.get(agreement=world.agreement, name="Arbetsgrupp inbrott")
    assert (group.kind, [seat.function for seat in group.seats.all()]) == ("working", ["Kommunpolis"])
    assert titles(annex, "group") == ["Styrgrupp"]


def test_facts_about_a_party_fill_in_what_is_missing_and_nothing_else(world: World) -> None:
    kommun, polis = world.kommun.organisation, world.polis.organisation
    lines = [
        f"{kommun.name}, org.nr 219900-1179, postadress Box 99, 123 45 Annan stad",
        f"{polis.name}, org.nr 209900-3317, postadress Box 5, 106 75 Stad",
        "Okänd kommun, org.nr 219900-1179",
    ]
    annex = taken_in(world, docx(p("Parter", style="Heading1"), *map(p, lines)), AnnexKind.OTHER)
    assert titles(annex, "party") == [kommun.name, polis.name]
    for offer in offers(annex, "party")[:2]:
        take(annex, offer, world)
    facts = {row.pk: (row.org_number, row.postal_address) for row in Organisation.objects.all()}
    assert facts[kommun.pk] == ("219900-1179", "Box 1, 100 00 Prov")
    assert facts[polis.pk] == ("209900-3317", "Box 5, 106 75 Stad")


@pytest.mark.parametrize("person", ["bo", "communicator", "anna", "cia", "nils"])
def test_only_a_coordinator_accepts(world: World, picture: Annex, person: str) -> None:
    with pytest.raises(TransitionRefused) as caught:
        take(picture, offers(picture, "source")[0], world, person=person)
    assert caught.value.verdict.code == "not_coordinator"
    assert not Source.objects.exists()


def test_an_offer_is_accepted_once(world: World, picture: Annex) -> None:
    offer = offers(picture, "source")[0]
    take(picture, offer, world)
    with pytest.raises(TransitionRefused) as caught:
        take(picture, offer, world)
    assert caught.value.verdict.code == "no_offer"
    assert Source.objects.count() == 1
