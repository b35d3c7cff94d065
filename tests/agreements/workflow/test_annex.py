"""Beginning an annex from its template, and describing it."""

from __future__ import annotations

import pytest

from agreements.annex_templates import template_for
from agreements.models import Annex, SheetField
from agreements.policies.annex import may_edit, readable_drafts
from agreements.rights import forget
from agreements.states import AnnexKind
from agreements.workflow.annex import create_annex, describe_annex
from samverkan.verdict import TransitionRefused
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [kind for kind in AnnexKind if kind != AnnexKind.AGREEMENT_TEXT])
def test_a_new_annex_has_its_templates_headings_in_swedish(world: World, kind: AnnexKind) -> None:
    annex = create_annex(world.agreement, kind, number="9", title="Ny", by=world.coordinator)
    template = template_for(kind)
    rows = list(annex.sections.values_list("template_key", "level", "kind", "is_numbered"))
    assert rows == [(one.key, one.level, one.kind, one.is_numbered) for one in template]
    assert all(annex.sections.values_list("heading", flat=True))
    assert annex.history.get().history_user == world.coordinator


def test_a_new_action_plan_has_a_sheet_with_2_and_14_fields_and_a_column_per_group(world: World) -> None:
    annex = create_annex(
        world.agreement, "action_plan", number="3b", title="Plan", by=world.coordinator, priority_area=world.area
    )
    sheet = annex.sections.get(kind="action_plan_sheet").sheet
    area = sheet.fields.filter(scope=SheetField.Scope.AREA)
    group = sheet.fields.filter(scope=SheetField.Scope.GROUP)
    assert [field.label for field in area] == ["Övergripande mål och syfte", "Lägesbild"]
    assert [field.label for field in group] == [
        "Mål och syfte",
        "Löptid",
        "Mötesfrekvens",
        "Sammankallande",
        "Kommunens kontakt",
        "Kommunens övriga deltagare",
        "Kommunens åtagande",
        "Polisens kontakt",
        "Polisens övriga deltagare",
        "Polisens åtagande",
        "Övriga deltagare",
        "Finansiering",
        "Kommunikation",
        "Uppföljning",
    ]
    assert [(column.heading, column.working_group) for column in sheet.columns.all()] == [
        ("Arbetsgrupp trygga platser", world.working_group)
    ]
    assert sheet.corner == "Trygga platser"


def test_the_working_group_of_the_area_may_edit_its_new_plan(world: World) -> None:
    annex = create_annex(
        world.agreement, "action_plan", number="3b", title="Plan", by=world.coordinator, priority_area=world.area
    )
    forget(world.bo)
    assert may_edit(world.bo, annex)


def test_communicators_may_edit_a_new_communication_plan(world: World) -> None:
    world.communication.delete()
    annex = create_annex(world.agreement, "communication_plan", number="4", title="Plan", by=world.coordinator)
    forget(world.communicator)
    assert may_edit(world.communicator, annex)


def test_an_own_draft_is_begun_for_ones_own_party_and_seen_by_it_alone(world: World) -> None:
    annex = create_annex(world.agreement, "other", number="9", title="Eget", by=world.coordinator, own_of=world.kommun)
    assert annex in readable_drafts(world.coordinator)
    assert annex not in readable_drafts(world.police_coordinator)
    with pytest.raises(TransitionRefused):
        create_annex(world.agreement, "other", number="8", title="Annans", by=world.coordinator, own_of=world.polis)


@pytest.mark.parametrize("person", ["bo", "cia", "nils", "reader", "preparer", "anna", "communicator"])
def test_only_coordinators_begin_annexes(world: World, person: str) -> None:
    with pytest.raises(TransitionRefused):
        create_annex(world.agreement, "other", number="9", title="Ny", by=getattr(world, person))
    assert not Annex.objects.filter(agreement=world.agreement, number="9").exists()


@pytest.mark.parametrize(
    ("kind", "number", "code"), [("other", "1", "number_taken"), ("agreement_text", "0", "number_taken")]
)
def test_a_number_is_taken_once(world: World, kind: str, number: str, code: str) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        create_annex(world.agreement, kind, number=number, title="Ny", by=world.coordinator)
    assert refusal.value.verdict.code == code


def test_an_area_of_another_agreement_is_refused(world: World) -> None:
    other = world.other.priority_areas.create(title="Deras")
    with pytest.raises(TransitionRefused):
        create_annex(
            world.agreement, "action_plan", number="3b", title="Plan", by=world.coordinator, priority_area=other
        )


FACTS = {"title": "Nytt", "heading": "", "subtitle": "Under", "geographic_scope": "Centrum"}


def test_titles_and_scope_are_changed_with_a_line_in_the_history(world: World) -> None:
    describe_annex(world.picture, by=world.coordinator, priority_area=None, **FACTS)
    world.picture.refresh_from_db()
    assert (world.picture.title, world.picture.subtitle, world.picture.geographic_scope) == (
        "Nytt",
        "Under",
        "Centrum",
    )
    assert world.picture.history.first().history_user == world.coordinator


def test_a_working_group_member_does_not_move_the_plan_to_another_area(world: World) -> None:
    other = world.agreement.priority_areas.create(title="Annat")
    with pytest.raises(TransitionRefused) as refusal:
        describe_annex(world.plan, by=world.bo, priority_area=other, **FACTS)
    assert refusal.value.verdict.code == "not_coordinator"
    describe_annex(world.plan, by=world.bo, priority_area=world.area, **FACTS)
    world.plan.refresh_from_db()
    assert (world.plan.title, world.plan.priority_area) == ("Nytt", world.area)


def test_another_area_moves_the_right_to_edit_with_it(world: World) -> None:
    other = world.agreement.priority_areas.create(title="Annat")
    describe_annex(world.plan, by=world.coordinator, priority_area=other, **FACTS)
    forget(world.bo)
    assert not may_edit(world.bo, world.plan)
