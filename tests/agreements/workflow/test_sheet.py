"""The sheet of an action plan: values, open points, commitments, columns (R81-R95)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agreements import section_kinds
from agreements.documents.word_import.action_plan import find_sheet
from agreements.models import ActionPlanSheet, AnnexGroupObjectPermission, Commitment, GroupKind, SavedAside, SheetValue
from agreements.policies.annex import may_edit
from agreements.selectors.open_points import open_points
from agreements.selectors.working_text import draft_document
from agreements.workflow.group import create_group
from agreements.workflow.section import Conflict, Saved
from agreements.workflow.sheet import (
    GONE,
    ROW,
    add_column,
    add_field,
    keep_sheet,
    remove_column,
    remove_field,
    save_sheet,
)
from agreements.workflow.sheet_input import ColumnInput, SheetInput, ValueInput, Words
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(world: World) -> ActionPlanSheet:
    return make_sheet(world)


def place(sheet: ActionPlanSheet, key: str) -> tuple[Any, Any]:
    field = sheet.fields.get(key=key)
    return field.pk, (sheet.columns.get(position=1).pk if field.scope == "group" else None)


def save(
    sheet: ActionPlanSheet, by: User, *, version: int | None = None, aside: int | None = None, **values: ValueInput
) -> Saved | Conflict:
    sheet.refresh_from_db()
    given = SheetInput(values={place(sheet, key): value for key, value in values.items()})
    return save_sheet(sheet.section, given, version=version or sheet.version, by=by, aside=aside)


def value(sheet: ActionPlanSheet, key: str) -> SheetValue:
    return SheetValue.objects.get(field=place(sheet, key)[0])


def tables_of(sheet: ActionPlanSheet) -> list[Any]:
    return [block for block in draft_document(sheet.section.annex)["blocks"] if block["type"] == "field_table"]


def cell(sheet: ActionPlanSheet, key: str) -> dict[str, Any]:
    id_ = str(place(sheet, key)[0])
    tables = tables_of(sheet)
    found: dict[str, Any] = next(row for table in tables for row in table["rows"] if row["id"] == id_)["cells"][0]
    return found


def test_what_is_typed_is_saved_on_the_version_that_was_read(world: World, sheet: ActionPlanSheet) -> None:
    answer = save(sheet, world.bo, goal=ValueInput("<p>Färre rån</p>"), situational_picture=ValueInput("<p>Rån</p>"))
    assert isinstance(answer, Saved)
    assert answer.version == 2
    assert (value(sheet, "goal").html, value(sheet, "situational_picture").html) == ("<p>Färre rån</p>", "<p>Rån</p>")
    assert value(sheet, "goal").history.first().history_user == world.bo


def test_saying_what_stands_there_bumps_nothing(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.bo, goal=ValueInput("<p>Färre rån</p>"))
    answer = save(sheet, world.bo, goal=ValueInput("<p>Färre rån</p>"))
    assert isinstance(answer, Saved)
    assert answer.version == 2


def test_a_cell_holds_paragraphs_and_lists_and_nothing_else(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.bo, goal=ValueInput("<h4>Mål</h4><table><tr><td>a<td>b</table><ul><li>c</ul><script>x</script>"))
    assert value(sheet, "goal").html == "<p>Mål</p><p>a</p><p>b</p><ul><li><p>c</p></li></ul>"


def test_on_an_old_version_nothing_is_changed_and_all_is_kept(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.coordinator, goal=ValueInput("<p>Kommunens mål</p>"))
    answer = save(
        sheet,
        world.police_coordinator,
        version=1,
        goal=ValueInput("<p>Polisens mål</p>"),
        police_commitment=ValueInput("", commitments=["gå pass"]),
        funding=ValueInput("", True, "Ekonomichef", date(2026, 12, 1)),
    )
    assert isinstance(answer, Conflict)
    assert value(sheet, "goal").html == "<p>Kommunens mål</p>"
    assert not Commitment.objects.exists()
    kept = SavedAside.objects.get().body
    assert all(words in kept for words in ("Polisens mål", "gå pass", "Ekonomichef", "2026-12-01"))


def test_saving_again_on_the_new_version_settles_what_was_aside(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.coordinator, goal=ValueInput("<p>Kommunens mål</p>"))
    save(sheet, world.police_coordinator, version=1, goal=ValueInput("<p>Polisens mål</p>"))
    aside = SavedAside.objects.get()
    save(sheet, world.police_coordinator, goal=ValueInput("<p>Polisens mål</p>"), aside=aside.pk)
    assert value(sheet, "goal").html == "<p>Polisens mål</p>"
    assert SavedAside.objects.get().settled_at is not None


def test_a_save_that_did_not_show_what_was_aside_settles_nothing(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.coordinator, goal=ValueInput("<p>Kommunens mål</p>"))
    save(sheet, world.police_coordinator, version=1, goal=ValueInput("<p>Polisens mål</p>"))
    aside = SavedAside.objects.get()
    save(sheet, world.police_coordinator, convener=ValueInput("<p>Kommunpolis</p>"))
    save(sheet, world.coordinator, goal=ValueInput("<p>Andra mål</p>"), aside=aside.pk)
    assert SavedAside.objects.get().settled_at is None


def test_whoever_typed_nothing_meets_nobody_and_keeps_the_version_that_was_read(
    world: World, sheet: ActionPlanSheet
) -> None:
    save(sheet, world.coordinator, goal=ValueInput("<p>Kommunens mål</p>"))
    answer = save_sheet(sheet.section, SheetInput(), version=1, by=world.police_coordinator)
    assert isinstance(answer, Saved)
    assert answer.version == 1
    assert not SavedAside.objects.exists()


def test_words_without_a_place_are_kept_apart_and_are_not_settled_by_saving(
    world: World, sheet: ActionPlanSheet
) -> None:
    save(sheet, world.coordinator, goal=ValueInput("<p>Kommunens mål</p>"))
    gone = [Words("Risker & hinder", "<p>Snö</p>")]
    given = SheetInput(values={place(sheet, "goal"): ValueInput("<p>Polisens mål</p>")}, gone=gone)
    answer = save_sheet(sheet.section, given, version=1, by=world.police_coordinator)
    assert isinstance(answer, Conflict)
    assert answer.aside.row == ROW
    kept = SavedAside.objects.get(row=GONE)
    assert kept.body == "<p><strong>Risker &amp; hinder</strong></p><p>Snö</p>"
    assert "Snö" not in answer.aside.body
    save(sheet, world.police_coordinator, goal=ValueInput("<p>Polisens mål</p>"), aside=answer.aside.pk)
    assert list(SavedAside.objects.filter(settled_at=None)) == [kept]


def test_words_without_a_place_are_kept_on_any_version(world: World, sheet: ActionPlanSheet) -> None:
    save_sheet(sheet.section, SheetInput(gone=[Words("Risker", "<p>Snö</p>")]), version=1, by=world.bo)
    assert SavedAside.objects.get().row == GONE


def test_only_writers_keep_anything_aside(world: World, sheet: ActionPlanSheet) -> None:
    for by in (world.cia, world.nils, world.reader, world.preparer):
        with pytest.raises(TransitionRefused):
            keep_sheet(sheet.section, SheetInput(gone=[Words("Risker", "<p>Snö</p>")]), version=0, by=by)
    assert not SavedAside.objects.exists()


# Open values (R85, R88)


def test_to_be_decided_is_a_value_and_not_emptiness(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.bo, funding=ValueInput("", True))
    assert cell(sheet, "funding") == {"html": "<p>Bestäms senare</p>", "open": True}
    assert cell(sheet, "convener") == {"html": "", "open": False}


def test_an_open_value_keeps_its_own_words(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.bo, funding=ValueInput("<p>Tas ställning till senare</p>", True))
    assert cell(sheet, "funding") == {"html": "<p>Tas ställning till senare</p>", "open": True}


def test_an_open_value_is_an_open_point_with_owner_and_date(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.bo, funding=ValueInput("", True, "Ekonomichef", date(2026, 12, 1)))
    (point,) = open_points(sheet.section.annex)
    assert (point.place, point.owner, point.due_on) == (
        "Finansiering – Arbetsgrupp trygga platser",
        "Ekonomichef",
        date(2026, 12, 1),
    )
    assert not point.is_overdue(date(2026, 12, 1))
    assert point.is_overdue(date(2026, 12, 2))


def test_owner_and_date_go_when_the_point_is_closed(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.bo, funding=ValueInput("", True, "Ekonomichef", date(2026, 12, 1)))
    save(sheet, world.bo, funding=ValueInput("<p>Inom ram</p>", False, "Ekonomichef", date(2026, 12, 1)))
    row = value(sheet, "funding")
    assert (row.is_to_be_decided, row.owner, row.due_on) == (False, "", None)
    assert open_points(sheet.section.annex) == []


def test_the_kind_remarks_on_empty_fields_open_points_and_no_end(world: World, sheet: ActionPlanSheet) -> None:
    save(sheet, world.bo, funding=ValueInput("", True), convener=ValueInput("", True, "Kommunpolis", date(2026, 12, 1)))
    found = dict(section_kinds.get("action_plan_sheet").check(sheet.section))
    assert set(found) == {"empty_field", "open_point", "open_point_without_owner", "no_end"}
    assert "Mål och syfte" in found["empty_field"]
    assert "Finansiering" not in found["empty_field"]


# Commitments (R21, R83)


def commitments(sheet: ActionPlanSheet, key: str = "police_commitment") -> list[tuple[object, str]]:
    return [(row.pk, row.text) for row in value(sheet, key).commitments.all()]


def commit(world: World, sheet: ActionPlanSheet, *texts: str) -> list[tuple[object, str]]:
    save(sheet, world.bo, police_commitment=ValueInput("<p>Polisen ska</p>", commitments=list(texts)))
    return commitments(sheet)


def test_commitments_belong_to_the_party_whose_field_it_is(world: World, sheet: ActionPlanSheet) -> None:
    commit(world, sheet, "gå pass", "besöka handlare")
    assert set(Commitment.objects.values_list("party", flat=True)) == {world.polis.pk}
    assert cell(sheet, "police_commitment")["html"] == (
        "<p>Polisen ska</p><ul><li><p>gå pass</p></li><li><p>besöka handlare</p></li></ul>"
    )


def test_a_commitment_keeps_its_identity_when_it_moves_or_gets_another_word(
    world: World, sheet: ActionPlanSheet
) -> None:
    (walk, _), (visit, _) = commit(world, sheet, "gå pass", "besöka handlare")
    assert commit(world, sheet, "besöka handlare", "gå pass") == [(visit, "besöka handlare"), (walk, "gå pass")]
    assert commit(world, sheet, "besöka handlare", "gå två pass") == [
        (visit, "besöka handlare"),
        (walk, "gå två pass"),
    ]
    assert commit(world, sheet, "besöka handlare") == [(visit, "besöka handlare")]
    assert Commitment.history.filter(id=walk, history_type="-").exists()


# Columns and fields


def test_an_end_date_or_condition_stands_for_a_period_that_nobody_wrote(world: World, sheet: ActionPlanSheet) -> None:
    column = sheet.columns.get()
    head = ColumnInput(column.heading, column.working_group, date(2026, 12, 31), "ny överenskommelse gäller")
    save_sheet(sheet.section, SheetInput(columns={column.pk: head}), version=1, by=world.bo)
    assert cell(sheet, "period")["html"] == (
        "<p>Till och med 31 december 2026, eller när: ny överenskommelse gäller</p>"
    )
    save(sheet, world.bo, period=ValueInput("<p>2026</p>"))
    assert cell(sheet, "period")["html"] == "<p>2026</p>"


def test_several_groups_stand_side_by_side(world: World, sheet: ActionPlanSheet) -> None:
    add_column(sheet.section, heading="Vuxna på plats", by=world.bo)
    tables = tables_of(sheet)
    assert tables[1]["header"] == ["Trygga platser", "Arbetsgrupp trygga platser", "Vuxna på plats"]
    assert {len(row["cells"]) for row in tables[1]["rows"]} == {2}


def test_whose_column_it_is_takes_a_coordinator_and_moves_the_right_to_edit(
    world: World, sheet: ActionPlanSheet
) -> None:
    group = create_group(world.agreement, GroupKind.WORKING, name="Unga", by=world.coordinator)
    column = add_column(sheet.section, heading="Unga", by=world.bo)
    head = SheetInput(columns={column.pk: ColumnInput("Unga", group)})
    with pytest.raises(TransitionRefused) as refusal:
        save_sheet(sheet.section, head, version=2, by=world.bo)
    assert refusal.value.verdict.code == "not_coordinator"
    save_sheet(sheet.section, head, version=2, by=world.coordinator)
    assert AnnexGroupObjectPermission.objects.filter(
        content_object=sheet.section.annex, group=group.role_group.auth_group
    ).exists()
    remove_column(sheet.section, column.pk, by=world.coordinator)
    assert not AnnexGroupObjectPermission.objects.filter(group=group.role_group.auth_group).exists()


def test_the_last_column_stays(world: World, sheet: ActionPlanSheet) -> None:
    with pytest.raises(TransitionRefused):
        remove_column(sheet.section, sheet.columns.get().pk, by=world.bo)
    assert sheet.columns.count() == 1


def test_a_sheet_has_fields_and_labels_of_its_own(world: World, sheet: ActionPlanSheet) -> None:
    field = add_field(sheet.section, scope="group", label="Risker", by=world.bo)
    label = SheetInput(labels={field.pk: "Risker &amp; hinder"})
    save_sheet(sheet.section, label, version=2, by=world.bo)
    field.refresh_from_db()
    assert (field.label, field.key, field.values.count()) == ("Risker &amp; hinder", "", 1)
    remove_field(sheet.section, field.pk, by=world.bo)
    assert not sheet.fields.filter(pk=field.pk).exists()


@pytest.mark.parametrize("person", ["cia", "nils", "reader", "preparer", "communicator"])
def test_only_writers_of_the_plan_change_its_sheet(world: World, sheet: ActionPlanSheet, person: str) -> None:
    by = getattr(world, person)
    assert not may_edit(by, sheet.section.annex)
    acts: list[Callable[[], object]] = [
        lambda: save(sheet, by, goal=ValueInput("<p>x</p>")),
        lambda: add_column(sheet.section, by=by),
        lambda: add_field(sheet.section, scope="area", label="x", by=by),
        lambda: remove_field(sheet.section, sheet.fields.get(key="goal").pk, by=by),
    ]
    for act in acts:
        with pytest.raises(TransitionRefused):
            act()


# From Word

PLAN = """
<table><tbody><tr><td>Övergripande mål och syfte</td><td>Öka tryggheten.</td></tr>
<tr><td>Lägesbild</td><td>Mycket nattliv.</td></tr></tbody></table>
<table><thead><tr><th>Avgränsade platser</th><th>Arbetsgrupp trygga platser</th><th>Ny insats</th></tr></thead><tbody>
<tr><td>Mål och syfte</td><td>Färre rån.</td><td>Fler vuxna.</td></tr>
<tr><td>Löptid</td><td>2020</td><td>Bestäms senare</td></tr>
<tr><td>Sammankallande</td><td>Förvaltningen</td><td></td></tr>
<tr><td>Polisen åtagande</td><td><ul><li>Gå pass</li><li>Besöka</li></ul></td><td>Bestäms senare</td></tr>
<tr><td>Eget fält</td><td>x</td><td>y</td></tr>
<tr><td>Finansiering</td><td>Inom ram</td><td>Inom ram</td></tr></tbody></table>
"""


def test_a_sheet_is_filled_with_the_labels_that_the_file_has(world: World, sheet: ActionPlanSheet) -> None:
    assert section_kinds.get("action_plan_sheet").take_in(sheet.section, find_sheet(PLAN))
    made = ActionPlanSheet.objects.get(section=sheet.section)
    assert made.corner == "Avgränsade platser"
    assert [(one.heading, one.working_group) for one in made.columns.all()] == [
        ("Arbetsgrupp trygga platser", world.working_group),
        ("Ny insats", None),
    ]
    assert [(one.key, one.label) for one in made.fields.filter(scope="group")] == [
        ("goal", "Mål och syfte"),
        ("period", "Löptid"),
        ("convener", "Sammankallande"),
        ("police_commitment", "Polisen åtagande"),
        ("", "Eget fält"),
        ("funding", "Finansiering"),
    ]
    assert [(row.text, row.party) for row in Commitment.objects.all()] == [
        ("Gå pass", world.polis),
        ("Besöka", world.polis),
    ]
    assert [point.place for point in open_points(sheet.section.annex)] == [
        "Löptid – Ny insats",
        "Polisen åtagande – Ny insats",
    ]


def test_what_is_no_sheet_is_not_taken_in(world: World, sheet: ActionPlanSheet) -> None:
    assert not section_kinds.get("action_plan_sheet").take_in(sheet.section, None)
    assert ActionPlanSheet.objects.get(section=sheet.section).fields.count() == 16
