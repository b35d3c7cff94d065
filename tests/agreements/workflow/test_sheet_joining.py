"""A party that joins later gets its fields in the sheets that are worked on; those of the others stay theirs."""

from importlib import import_module

import pytest
from django.db import connection

from agreements.models import ActionPlanSheet, Party, SheetField
from agreements.selectors.sheet_parties import party_keys
from agreements.workflow.agreement import PartyFacts, add_party
from agreements.workflow.sheet import add_field, remove_field, save_sheet
from agreements.workflow.sheet_copy import copy_sheet
from agreements.workflow.sheet_input import SheetInput, ValueInput
from agreements.workflow.sheet_template import new_sheet, party_of_field, template_fields
from tests.factories import World, make_organisation, make_world


@pytest.fixture
def sheet(world: World) -> ActionPlanSheet:
    section = world.plan.sections.order_by("position")[0]
    section.kind = "action_plan_sheet"
    section.save()
    return new_sheet(section)


def join(world: World, position: int) -> Party:
    facts = PartyFacts(make_organisation("Bolaget AB"), "Bolaget", "B 2026/1")
    return add_party(world.agreement, facts, position=position, by=world.coordinator)


def owners(sheet: ActionPlanSheet) -> dict[str, Party | None]:
    fields = SheetField.objects.filter(sheet=sheet)
    return {field.key: party_of_field(field, sheet.section.annex.agreement) for field in fields}


@pytest.mark.parametrize("position", [1, 2, 3])
def test_wherever_a_party_joins_the_fields_of_the_others_stay_theirs(
    world: World, sheet: ActionPlanSheet, position: int
) -> None:
    before = owners(sheet)
    party = join(world, position)

    after = owners(sheet)
    assert {key: after[key] for key in before} == before
    assert {key: owner for key, owner in after.items() if key not in before} == {
        "party_3_contact": party, "party_3_participants": party, "party_3_commitment": party,
    }  # fmt: skip


def test_its_fields_stand_after_the_other_parties_and_are_empty(world: World, sheet: ActionPlanSheet) -> None:
    join(world, 3)

    assert list(sheet.fields.values_list("key", flat=True)) == [row.key for row in template_fields(world.agreement)]
    field = sheet.fields.get(key="party_3_commitment")
    assert (field.label, field.values.get().html) == ("Bolagets åtagande", "")
    assert field.history.get().history_user == world.coordinator
    assert ActionPlanSheet.objects.get(pk=sheet.pk).version == sheet.version + 1


def test_what_it_undertakes_there_is_its_own(world: World, sheet: ActionPlanSheet) -> None:
    party = join(world, 1)
    field = sheet.fields.get(key="party_3_commitment")
    column = sheet.columns.get()
    given = SheetInput(values={(field.pk, column.pk): ValueInput("", commitments=["byta lampor"])})
    save_sheet(sheet.section, given, version=sheet.version + 1, by=world.coordinator)

    assert [row.text for row in party.commitments.all()] == ["byta lampor"]


def test_sheets_of_other_agreements_are_as_they_were(world: World, sheet: ActionPlanSheet) -> None:
    before = owners(sheet)
    other = make_world()
    join(other, 3)
    assert owners(sheet) == before


def test_a_field_of_the_template_that_is_added_by_hand_is_that_field_again(
    world: World, sheet: ActionPlanSheet
) -> None:
    gone = sheet.fields.get(key="police_commitment")
    remove_field(sheet.section, gone.pk, by=world.coordinator)

    again = add_field(sheet.section, scope="group", label=" polisens  Åtagande ", by=world.coordinator)
    twice = add_field(sheet.section, scope="group", label="Polisens åtagande", by=world.coordinator)

    assert (again.key, twice.key) == ("police_commitment", "")
    assert party_of_field(again, world.agreement) == world.polis


def test_a_party_that_joins_does_not_inherit_what_was_copied_from_another_agreements_third_party(
    world: World, sheet: ActionPlanSheet
) -> None:
    join(world, 3)
    other = make_world()
    section = other.plan.sections.order_by("position")[0]
    section.kind = "action_plan_sheet"
    section.save()
    copied = copy_sheet(sheet, section)
    theirs = copied.fields.get(key__endswith="party_3_commitment")

    join(other, 3)

    assert party_of_field(theirs, other.agreement) is None
    assert copied.fields.filter(key__startswith="party_3_").count() == 3
    assert {key for key in owners(copied) if "elsewhere" not in key} == {
        row.key for row in template_fields(other.agreement)
    }


def test_parties_that_were_there_get_the_keys_that_their_fields_have(world: World) -> None:
    join(world, 3)
    kept = {party: key for key, party in party_keys(world.agreement)}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE agreements_party DROP CONSTRAINT party_key_once_per_agreement")
        cursor.execute("UPDATE agreements_party SET key = ''")
        cursor.execute(import_module("agreements.migrations.0030_parties_keep_their_keys").FILL)

    assert {party: key for key, party in party_keys(world.agreement)} == kept
    assert [party.key for party in world.other.parties.all()] == ["municipality", "police"]
