"""Typed sections whose rows are registers: parties, annexes, groups, sources, areas, definitions, contacts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agreements import section_kinds
from agreements.documents.areas import areas_of
from agreements.documents.redline import compare
from agreements.documents.text import to_text
from agreements.models import (
    Annex,
    Contact,
    Definition,
    GroupKind,
    Participant,
    PriorityArea,
    Seat,
    Section,
    Source,
)
from agreements.rights import today
from agreements.selectors.working_text import draft_document
from agreements.workflow.group import write_group
from tests.factories import World, decide, make_organisation

pytestmark = pytest.mark.django_db


def section_of(annex: Annex, kind: str, **facts: Any) -> Section:
    """The only section of ``annex``, of that kind, under a heading."""
    annex.sections.all().delete()
    return Section.objects.create(annex=annex, position=1, heading="Rubrik", kind=kind, **facts)


def text_of(annex: Annex) -> str:
    return to_text(draft_document(annex)).removeprefix("Rubrik\n")


def rows_of(annex: Annex) -> list[dict[str, Any]]:
    blocks: list[Any] = [*draft_document(annex)["blocks"]]
    return [block for block in blocks if block["type"] == "item_list"]


def codes(section: Section) -> list[str]:
    return [code for code, _sentence in section_kinds.get(section.kind).check(section)]


def test_every_kind_has_its_key_and_a_name() -> None:
    kinds = {kind.key: str(kind.name) for kind in section_kinds.known()}
    assert {"text", "parties", "annex_list", "groups", "sources", "priority_areas", "definitions", "contacts"} < set(
        kinds
    )
    assert all(kinds.values())


# Parties (R5-R7, R39)


def test_parties_stand_in_order_with_number_address_and_defined_term(world: World) -> None:
    world.kommun.organisation.org_number = "219900-1179"
    world.kommun.organisation.save()
    section_of(world.text, "parties")
    first, second = rows_of(world.text)[0]["items"]
    name = world.kommun.organisation.name
    assert first["html"] == (f"{name}, org.nr 219900-1179, postadress Box 1, 100 00 Prov, nedan kallad ”Kommunen”")
    assert second["html"] == f"{world.polis.organisation.name}, nedan kallad ”Polisen”"
    assert text_of(world.text).endswith("Tillsammans kallas de ”Parterna”.\n")


def test_those_who_take_part_without_signing_stand_after_the_parties(world: World) -> None:
    organisation = make_organisation("Bostads AB Prov")
    Participant.objects.create(agreement=world.agreement, organisation=organisation, note="äger stationshuset")
    section_of(world.text, "parties")
    assert text_of(world.text).endswith("Medverkar utan att vara part:\n– Bostads AB Prov, äger stationshuset\n")


def test_a_party_without_number_or_address_is_remarked_on(world: World) -> None:
    section = section_of(world.text, "parties")
    assert codes(section) == ["party_incomplete", "party_incomplete"]


# Annexes (R9)


def test_annexes_are_listed_by_number_and_title_and_the_text_itself_is_not(world: World) -> None:
    section_of(world.text, "annex_list")
    assert text_of(world.text).splitlines() == [
        "– Bilaga 1: Gemensam lokal lägesbild",
        "– Bilaga 3a: Åtgärdsplan",
        "– Bilaga 4: Kommunikationsplan",
    ]


def test_what_stands_in_an_annex_does_not_change_the_list(world: World) -> None:
    section_of(world.text, "annex_list")
    before = draft_document(world.text)
    world.picture.sections.update(body="<p>Helt annat</p>")
    assert draft_document(world.text) == before


def test_an_own_draft_is_not_given_away_by_the_list(world: World) -> None:
    section_of(world.text, "annex_list")
    world.plan.draft_party = world.polis
    world.plan.save()
    assert "3a" not in text_of(world.text)


def test_an_own_draft_of_what_is_decided_stays_in_the_list(world: World) -> None:
    section_of(world.text, "annex_list")
    decide(world, "1")
    world.picture.draft_party = world.polis
    world.picture.save()
    assert "Bilaga 1" in text_of(world.text)


# Groups (R17-R36)


def test_the_functions_of_a_group_tell_mandate_and_priority(world: World) -> None:
    group = world.agreement.governing_groups.get(kind=GroupKind.STEERING)
    seats: list[dict[str, Any]] = [
        {"function": "Kommundirektör"},
        {"function": "Chef från utbildningsförvaltningen", "has_mandate": True},
        {"function": "Chef med mandat från bostadsbolaget", "has_mandate": True, "priority": 1},
    ]
    for position, facts in enumerate(seats, start=1):
        Seat.objects.create(group=group, position=position, **facts)
    section_of(world.text, "groups", options={"group_kind": "steering"})
    assert text_of(world.text).splitlines() == [
        "– Kommundirektör",
        "– Chef från utbildningsförvaltningen, med mandat",
        "– Chef med mandat från bostadsbolaget (prioritet 1)",
    ]


def test_working_groups_stand_by_name_with_their_functions_below(world: World) -> None:
    Seat.objects.create(group=world.working_group, function="Fältsekreterare")
    world.working_group.task = "Trygga torg"
    world.working_group.save()
    section_of(world.text, "groups", options={"group_kind": "working"})
    (row,) = rows_of(world.text)[0]["items"]
    assert row["html"] == "Arbetsgrupp trygga platser: Trygga torg"
    assert [seat["html"] for seat in row["items"]] == ["Fältsekreterare"]


def test_groups_stand_by_kind_from_the_top_and_then_in_swedish_order(world: World) -> None:
    world.working_group.delete()
    names = ["alby", "Éksta", "Eksö", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro", "östhammar"]
    for name in sorted(names):
        write_group(world.agreement, GroupKind.WORKING, name=name)
    section_of(world.text, "groups")
    first = [world.agreement.governing_groups.get(kind=kind).name for kind in ("steering", "preparatory")]
    assert [row["html"] for row in rows_of(world.text)[0]["items"]] == [*first, *names]


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "is_there"),
    [
        (None, None, True),
        (None, 0, True),  # ends today: the last day belongs to it
        (None, -1, False),
        (0, None, True),
        (1, None, False),
        (-5, 5, True),
        (-5, -1, False),
        (1, 5, False),
    ],
)
def test_a_group_stands_in_the_text_on_the_days_that_it_exists(
    world: World, starts_in: int | None, ends_in: int | None, is_there: bool
) -> None:
    group = world.working_group
    group.starts_on = None if starts_in is None else today() + timedelta(days=starts_in)
    group.ends_on = None if ends_in is None else today() + timedelta(days=ends_in)
    group.save()
    section = section_of(world.text, "groups", options={"group_kind": "working"})
    assert (group.name in text_of(world.text)) is is_there
    assert codes(section) == ["group_without_functions"] * is_there


def test_a_group_that_has_ended_since_is_struck_out_in_the_redline_and_another_stays(world: World) -> None:
    write_group(world.agreement, GroupKind.WORKING, name="Arbetsgrupp ungas uppväxt")
    section_of(world.text, "groups", options={"group_kind": "working"})
    before = draft_document(world.text)
    world.working_group.ends_on = today() - timedelta(days=1)
    world.working_group.save()
    changes = compare(before, draft_document(world.text)).changes
    assert [(change.kind, change.was, change.became) for change in changes] == [
        ("removed", "Arbetsgrupp trygga platser", "")
    ]


def test_a_group_without_functions_is_remarked_on(world: World) -> None:
    section = section_of(world.text, "groups", options={"group_kind": "steering"})
    assert codes(section) == ["group_without_functions"]


# Sources (R56-R57)


@pytest.fixture
def source(world: World) -> Source:
    return Source.objects.create(
        agreement=world.agreement,
        name="Trygghetsmätning",
        period="2025",
        publisher="Provkommun",
        link="https://www.example.se/matning/",
        note="Postenkät.",
    )


def test_a_source_shows_period_publisher_link_and_its_explanation_as_a_note(world: World, source: Source) -> None:
    section_of(world.picture, "sources")
    assert text_of(world.picture) == "– Trygghetsmätning 2025, Provkommun (example.se/matning) [¹ Postenkät.]\n"
    assert 'href="https://www.example.se/matning/"' in rows_of(world.picture)[0]["items"][0]["html"]


def test_the_agreements_text_shows_the_sources_of_the_picture_in_force(world: World, source: Source) -> None:
    section_of(world.picture, "sources")
    section_of(world.text, "sources")
    decide(world, "1")
    source.name = "Mätning i utkastet"
    source.save()
    assert "Trygghetsmätning 2025" in text_of(world.text)
    assert "[¹ Postenkät.]" in text_of(world.text)
    assert "Mätning i utkastet" in text_of(world.picture)


def test_the_sources_of_an_own_draft_are_not_given_away_by_another_text(world: World, source: Source) -> None:
    section_of(world.text, "sources")
    assert "Trygghetsmätning" in text_of(world.text)
    world.picture.draft_party = world.polis
    world.picture.save()
    assert "Trygghetsmätning" not in text_of(world.text)


# Priority areas (R72-R80)


@pytest.fixture
def areas(world: World) -> list[PriorityArea]:
    world.area.description = "<p>Rån vid stationen.</p>"
    world.area.save()
    other = PriorityArea.objects.create(agreement=world.agreement, position=2, title="Unga i risk")
    part = PriorityArea.objects.create(
        agreement=world.agreement, part_of=world.area, position=1, title="Stationen", description="<p>Kväll.</p>"
    )
    PriorityArea.objects.create(agreement=world.agreement, position=3, title="Förr", is_left_out=True)
    return [world.area, other, part]


def test_areas_are_numbered_headings_in_two_levels_with_their_descriptions(
    world: World, areas: list[PriorityArea]
) -> None:
    section_of(world.picture, "priority_areas", is_numbered=True, body="<p>Inledning.</p>")
    assert to_text(draft_document(world.picture)) == (
        "1 Rubrik\nInledning.\n1.1 Trygga platser\nRån vid stationen.\n1.1.1 Stationen\nKväll.\n1.2 Unga i risk\n"
    )


def test_areas_under_a_heading_without_number_are_numbered_by_themselves(
    world: World, areas: list[PriorityArea]
) -> None:
    section_of(world.picture, "priority_areas")
    found = areas_of(draft_document(world.picture))
    assert [(area.number, area.title) for area in found] == [
        ("1", "Trygga platser"),
        ("1.1", "Stationen"),
        ("2", "Unga i risk"),
    ]
    assert [area.id for area in found] == [str(areas[0].pk), str(areas[2].pk), str(areas[1].pk)]


def test_a_section_of_ones_own_counts_on_after_the_areas(world: World, areas: list[PriorityArea]) -> None:
    section_of(world.picture, "priority_areas", is_numbered=True)
    Section.objects.create(annex=world.picture, position=2, level=2, heading="Övrigt", is_numbered=True)
    assert to_text(draft_document(world.picture)).endswith("1.3 Övrigt\n")


def test_other_texts_name_the_areas_as_the_picture_in_force_has_them(world: World, areas: list[PriorityArea]) -> None:
    section_of(world.picture, "priority_areas")
    section_of(world.communication, "priority_areas")
    drafted = text_of(world.communication)
    assert drafted.splitlines() == ["– Trygga platser", "– Stationen", "– Unga i risk"]
    decide(world, "1")
    PriorityArea.objects.update(title="Omdöpt i utkastet")
    assert text_of(world.communication) == drafted
    decide_later = draft_document(world.picture)
    assert "Omdöpt i utkastet" in to_text(decide_later)


def test_the_areas_of_an_own_draft_are_not_given_away_by_another_text(world: World, areas: list[PriorityArea]) -> None:
    section_of(world.communication, "priority_areas")
    world.picture.draft_party = world.polis
    world.picture.save()
    assert text_of(world.communication) == ""


def test_an_area_without_an_action_plan_is_remarked_on(world: World, areas: list[PriorityArea]) -> None:
    section = section_of(world.picture, "priority_areas")
    found = section_kinds.get("priority_areas").check(section)
    assert [code for code, _sentence in found] == ["area_without_plan"]
    assert "Unga i risk" in found[0][1]


def test_a_plan_that_has_ended_or_is_ones_own_is_no_plan(world: World, areas: list[PriorityArea]) -> None:
    section = section_of(world.picture, "priority_areas")
    world.plan.draft_party = world.polis
    world.plan.save()
    assert codes(section) == ["area_without_plan", "area_without_plan"]


# Definitions (R67)


def test_definitions_give_term_meaning_and_where_it_comes_from(world: World) -> None:
    Definition.objects.create(
        annex=world.picture, term="Otrygghet", meaning="Oro <em>ute</em> på kvällen", source="Brå"
    )
    section_of(world.picture, "definitions")
    assert rows_of(world.picture)[0]["items"][0]["html"] == (
        "<strong>Otrygghet</strong>: Oro <em>ute</em> på kvällen (Källa: Brå)"
    )


# Contacts (R136-R142, R167)


def test_contacts_stand_by_party_with_function_first_and_services_last(world: World) -> None:
    common = {"agreement": world.agreement}
    Contact.objects.create(
        **common, party=world.polis, function="Polisens telefonnummer", is_service=True, phone="11414"
    )
    Contact.objects.create(**common, function="Nödnummer", is_service=True, phone="112", position=2)
    Contact.objects.create(**common, function="Grannsamverkans ombud", name="Robin", is_contact_person=True)
    Contact.objects.create(
        **common, party=world.polis, function="kommunpolis", is_acting=True, name="Kim", mobile="+46701740605"
    )
    Contact.objects.create(
        **common, party=world.kommun, function="Trygghetssamordnare", email="trygg@example.se", is_spokesperson=True,
        is_contact_person=True,
    )  # fmt: skip
    Contact.objects.create(**common, party=world.kommun, function="Förra", ends_on=today() - timedelta(days=1))
    section_of(world.communication, "contacts")
    blocks: list[Any] = [*draft_document(world.communication)["blocks"][1:]]
    assert [(block["type"], block.get("html") or block["function"]) for block in blocks] == [
        ("heading", world.kommun.organisation.name),
        ("contact_card", "Trygghetssamordnare, talesperson, kontaktperson"),
        ("heading", world.polis.organisation.name),
        ("contact_card", "Tf kommunpolis"),
        ("heading", "Övriga"),
        ("contact_card", "Grannsamverkans ombud, kontaktperson"),
        ("heading", "Gemensamma nummer"),
        ("contact_card", "Polisens telefonnummer"),
        ("contact_card", "Nödnummer"),
    ]
    assert blocks[3]["phones"] == [{"label": "mobil", "number": "+46701740605", "display": "070-174 06 05"}]
    assert blocks[7]["phones"][0]["display"] == "114 14"
    assert blocks[7]["organisation"] == world.polis.organisation.name
    assert blocks[1]["party"] == world.kommun.organisation.name


def test_a_contact_names_its_organisation_where_the_heading_does_not(world: World) -> None:
    company = make_organisation("Trafikbolaget")
    common = {"agreement": world.agreement, "party": world.kommun}
    Contact.objects.create(**common, function="Samordnare", position=1)
    Contact.objects.create(**common, function="Samordnare", organisation=world.kommun.organisation, position=2)
    Contact.objects.create(**common, function="Stationschef", organisation=company, position=3)
    Contact.objects.create(agreement=world.agreement, function="Ombud", organisation=company)
    Contact.objects.create(**common, function="Växel", is_service=True, position=5)
    section_of(world.communication, "contacts")

    cards = [block for block in draft_document(world.communication)["blocks"] if block["type"] == "contact_card"]

    assert [card["organisation"] for card in cards] == [
        "", "", "Trafikbolaget", "Trafikbolaget", world.kommun.organisation.name,
    ]  # fmt: skip


def test_a_name_stays_as_signed_while_the_register_changes(world: World) -> None:
    contact = Contact.objects.create(
        agreement=world.agreement, party=world.kommun, function="Samordnare", name="Kim Prov"
    )
    section_of(world.communication, "contacts")
    decision = decide(world, "4")
    contact.name = "Lo Prov"
    contact.save()
    assert "Kim Prov" in to_text(decision.revision.document)
    assert "Lo Prov" in text_of(world.communication)


def test_a_party_without_contacts_is_remarked_on(world: World) -> None:
    Contact.objects.create(agreement=world.agreement, party=world.kommun, function="Samordnare")
    Contact.objects.create(agreement=world.agreement, party=world.polis, function="Larm", is_service=True, phone="112")
    section = section_of(world.communication, "contacts")
    assert codes(section) == ["party_without_contacts"]
