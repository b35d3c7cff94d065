"""The sheet as a form: only what was typed is saved, and nothing of the other's is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agreements.models import ActionPlanSheet, Commitment, GroupKind, SavedAside, SheetColumn, SheetValue
from agreements.workflow.annex import create_annex
from agreements.workflow.group import create_group
from agreements.workflow.sheet import add_column, add_field, remove_column, remove_field, save_sheet
from agreements.workflow.sheet_input import SheetInput, ValueInput
from samverkan.accounts.models import User
from tests.agreements.views.conftest import SignIn
from tests.factories import World, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(world: World) -> ActionPlanSheet:
    return make_sheet(world)


def url(world: World, sheet: ActionPlanSheet, name: str = "sheet_edit", *more: object) -> str:
    return reverse(f"agreements:{name}", args=[world.agreement.slug, "3a", sheet.section_id, *more])


def value(sheet: ActionPlanSheet, key: str, column: SheetColumn | None = None) -> SheetValue:
    values = SheetValue.objects.filter(field__sheet=sheet, field__key=key)
    return values.get(column=column) if column else values.get()


def name(sheet: ActionPlanSheet, key: str, part: str = "text") -> str:
    row = value(sheet, key)
    return f"value-{row.field_id}-{row.column_id or 'area'}-{part}"


def posted(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send if nobody had typed anything."""
    form = client.get(address).context["form"]
    data: dict[str, Any] = {"version": str(form.sheet.version)}
    for bound in form:
        for key, shown in ((bound.html_name, bound.value()), (bound.html_initial_name, bound.initial)):
            if shown not in (None, False, ""):
                data[key] = str(shown)
    return data


def write(world: World, sheet: ActionPlanSheet, key: str, html: str, version: int = 1) -> None:
    place = (value(sheet, key).field_id, value(sheet, key).column_id)
    save_sheet(
        sheet.section, SheetInput(values={place: ValueInput(html)}), version=version, by=world.police_coordinator
    )


def test_the_form_shows_every_field_and_saves_what_was_typed(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet))
    data |= {
        name(sheet, "goal"): "Färre rån:\n- på torget\n- vid stationen",
        name(sheet, "police_commitment"): "Polisen ska\n- gå pass\n- besöka handlare",
        name(sheet, "funding", "open"): "on",
        name(sheet, "funding", "owner"): "Ekonomichef",
        name(sheet, "funding", "due"): "2026-12-01",
    }
    assert client.post(url(world, sheet), data).status_code == 302
    assert value(sheet, "goal").html == (
        "<p>Färre rån:</p><ul><li><p>på torget</p></li><li><p>vid stationen</p></li></ul>"
    )
    assert value(sheet, "police_commitment").html == "<p>Polisen ska</p>"
    assert [(row.text, row.party) for row in Commitment.objects.all()] == [
        ("gå pass", world.polis),
        ("besöka handlare", world.polis),
    ]
    funding = value(sheet, "funding")
    assert (funding.is_to_be_decided, funding.owner, str(funding.due_on)) == (True, "Ekonomichef", "2026-12-01")


def test_a_form_that_nobody_touched_changes_nothing(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    write(world, sheet, "police_commitment", "<p>x</p><ul><li><p>y</p></li></ul>")
    client = as_("bo")
    client.post(url(world, sheet), posted(client, url(world, sheet)))
    sheet.refresh_from_db()
    assert sheet.version == 2


def test_when_somebody_else_has_saved_both_are_shown_and_neither_is_lost(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {
        name(sheet, "goal"): "Mitt mål",
        name(sheet, "convener"): "Kommunpolis",
    }
    write(world, sheet, "goal", "<p>Deras mål</p>")
    write(world, sheet, "funding", "<p>Deras pengar</p>", 2)
    answer = client.post(url(world, sheet), data)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mitt mål" in html
    assert "Där står nu:</strong> Deras mål" in html
    assert value(sheet, "goal").html == "<p>Deras mål</p>"
    form = answer.context["form"]
    again = {"version": str(answer.context["version"]), **form.data}
    assert client.post(url(world, sheet), again).status_code == 302
    assert [value(sheet, key).html for key in ("goal", "convener", "funding")] == [
        "<p>Mitt mål</p>",
        "<p>Kommunpolis</p>",
        "<p>Deras pengar</p>",
    ]


def test_what_came_too_late_is_in_the_database_until_the_page_that_shows_it_is_saved(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål"}
    write(world, sheet, "goal", "<p>Deras mål</p>")
    answer = client.post(url(world, sheet), data)
    aside = SavedAside.objects.get()
    assert "Mitt mål" in aside.body
    assert f'name="aside" value="{aside.pk}"' in answer.content.decode()
    other_page = client.get(url(world, sheet)).content.decode()
    assert reverse("agreements:conflict_detail", args=[aside.pk]) in other_page

    again = {"version": str(answer.context["version"]), "aside": str(aside.pk), **answer.context["form"].data}
    client.post(url(world, sheet), again)
    aside.refresh_from_db()
    assert aside.settled_at is not None
    assert reverse("agreements:conflict_detail", args=[aside.pk]) not in client.get(url(world, sheet)).content.decode()


def test_words_in_a_field_that_somebody_removed_are_kept_under_its_name_and_shown(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    field = add_field(sheet.section, scope="group", label="Risker", by=world.coordinator)
    client = as_("bo")
    data = posted(client, url(world, sheet))
    data |= {f"value-{field.pk}-{sheet.columns.get().pk}-text": "Snö & is\n- halka", name(sheet, "goal"): "Mitt mål"}
    remove_field(sheet.section, field.pk, by=world.police_coordinator)

    answer = client.post(url(world, sheet), data)

    assert answer.status_code == 409
    gone = SavedAside.objects.get(row="sheet-gone")
    label = "Risker – Arbetsgrupp trygga platser"
    assert gone.body == f"<p><strong>{label}</strong></p><p>Snö &amp; is</p><ul><li><p>halka</p></li></ul>"
    for page in (answer, client.get(url(world, sheet))):
        assert "Snö &amp; is" in page.content.decode()
        assert reverse("agreements:conflict_detail", args=[gone.pk]) in page.content.decode()
    again = {"version": str(answer.context["version"]), **answer.context["form"].data}
    client.post(url(world, sheet), again)
    assert value(sheet, "goal").html == "<p>Mitt mål</p>"
    gone.refresh_from_db()
    assert gone.settled_at is None
    client.post(reverse("agreements:conflict_detail", args=[gone.pk]), {"choice": "theirs", "version": "0"})
    assert "Snö &amp; is" not in client.get(url(world, sheet)).content.decode()


def test_words_in_a_column_that_somebody_removed_are_kept_and_what_stood_there_is_not(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    column = add_column(sheet.section, heading="Unga", by=world.coordinator)
    goal, funding = value(sheet, "goal", column), value(sheet, "funding", column)
    place = (goal.field_id, column.pk)
    sheet.refresh_from_db()
    given = SheetInput(values={place: ValueInput("<p>Stod där</p>")})
    save_sheet(sheet.section, given, version=sheet.version, by=world.coordinator)
    client = as_("coordinator")
    data = posted(client, url(world, sheet)) | {
        f"value-{funding.field_id}-{column.pk}-text": "Föreningsbidrag",
        f"value-{funding.field_id}-{column.pk}-owner": "Ekonomichef",
        f"value-{funding.field_id}-{column.pk}-open": "on",
        f"column-{column.pk}-condition": "skolan flyttar",
    }
    remove_column(sheet.section, column.pk, by=world.police_coordinator)

    client.post(url(world, sheet), data)

    body = SavedAside.objects.get().body
    assert body == (
        "<p><strong>Finansiering – Unga</strong></p><p>Föreningsbidrag</p>"
        "<p><strong>Finansiering – Unga – Vem som tar ställning</strong></p><p>Ekonomichef</p>"
        "<p><strong>Unga – eller slutar när</strong></p><p>skolan flyttar</p>"
    )


def test_words_in_a_cell_that_has_got_a_link_since_are_kept(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål"}
    write(world, sheet, "goal", '<p>Se <a href="https://example.se/">planen</a></p>')
    answer = client.post(url(world, sheet), data)
    assert answer.status_code == 409
    assert "Mitt mål" in SavedAside.objects.get(row="sheet-gone").body
    assert "Mitt mål" in answer.content.decode()


def test_a_field_that_somebody_added_is_a_conflict_and_no_fault(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål"}
    add_field(sheet.section, scope="group", label="Risker", by=world.police_coordinator)
    answer = client.post(url(world, sheet), data)
    assert answer.status_code == 409
    assert answer.context["form"].errors == {}
    assert "Mitt mål" in SavedAside.objects.get().body


def test_a_faulty_date_that_came_too_late_is_kept_as_it_was_typed(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "funding", "due"): "till våren"}
    write(world, sheet, "goal", "<p>Deras mål</p>")
    answer = client.post(url(world, sheet), data)
    assert answer.status_code == 409
    assert "till våren" in SavedAside.objects.get().body
    assert "till våren" in answer.content.decode()


def test_what_the_browser_kept_is_put_into_the_form_and_not_saved(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål", "again": "1"}
    answer = client.post(url(world, sheet), data)
    assert (answer.status_code, answer.context["form"][name(sheet, "goal")].value()) == (200, "Mitt mål")
    assert value(sheet, "goal").html == ""
    assert not SavedAside.objects.exists()
    write(world, sheet, "convener", "<p>Deras</p>")
    assert client.post(url(world, sheet), data).status_code == 409
    assert "Mitt mål" in SavedAside.objects.get().body


def test_a_script_hears_whether_the_sheet_was_saved(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    client, json = as_("bo"), {"Accept": "application/json"}
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål"}
    told = client.post(url(world, sheet), data, headers=json).json()
    assert told["version"] == 2
    assert ":" not in told["saved_at"]
    late = client.post(url(world, sheet), data | {name(sheet, "goal"): "Annat"}, headers=json)
    aside = SavedAside.objects.get()
    assert late.status_code == 409
    assert late.json()["conflict_url"] == reverse("agreements:conflict_detail", args=[aside.pk])
    faulty = data | {"version": "2", name(sheet, "funding", "due"): "någon gång"}
    assert client.post(url(world, sheet), faulty, headers=json).status_code == 422


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_nothing_is_saved_in_the_name_of_another_who_has_signed_in_since(
    as_: SignIn, world: World, sheet: ActionPlanSheet, accept: str
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål", "person": str(world.coordinator.pk)}
    answer = client.post(url(world, sheet), data, headers={"Accept": accept})
    assert answer.status_code == 403
    assert ("Mitt mål" in answer.content.decode()) == (accept == "text/html")
    assert value(sheet, "goal").html == ""
    cell = {"body": "<p>Mitt mål</p>", "version": "1", "person": str(world.coordinator.pk)}
    address = url(world, sheet, "sheet_cell", value(sheet, "goal").pk)
    assert client.post(address, cell, headers={"Accept": accept}).status_code == 403
    assert value(sheet, "goal").html == ""
    client.post(url(world, sheet), data | {"person": str(world.bo.pk)})
    assert value(sheet, "goal").html == "<p>Mitt mål</p>"


def test_a_faulty_date_keeps_what_was_typed_and_says_where(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {
        name(sheet, "goal"): "Mitt mål",
        name(sheet, "funding", "due"): "någon gång",
    }
    answer = client.post(url(world, sheet), data)
    assert answer.status_code == 422
    assert "Mitt mål" in answer.content.decode()
    assert value(sheet, "goal").html == ""


def test_what_plain_words_would_lose_is_shown_and_written_on_its_own_page(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    rich = '<p>Se <a href="https://example.se/">planen</a></p>'
    write(world, sheet, "goal", rich)
    client = as_("bo")
    data = posted(client, url(world, sheet))
    assert name(sheet, "goal") not in data
    client.post(url(world, sheet), data | {name(sheet, "goal", "open"): "on"})
    assert (value(sheet, "goal").html, value(sheet, "goal").is_to_be_decided) == (rich, True)


def test_one_field_is_saved_from_the_editor_on_the_sheets_version(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    row = value(sheet, "police_commitment")
    address = url(world, sheet, "sheet_cell", row.pk)
    assert client.get(address).status_code == 200
    body = '<p>Polisen ska</p><ul><li><p>gå <a href="https://example.se/">pass</a></p></li></ul>'
    json = {"Accept": "application/json"}
    answer = client.post(address, {"heading": "", "body": body, "version": "1"}, headers=json)
    assert answer.json()["version"] == 2
    row.refresh_from_db()
    assert row.html == "<p>Polisen ska</p>"
    assert Commitment.objects.get().text == 'gå <a href="https://example.se/">pass</a>'
    assert client.post(address, {"body": "<p>Gammalt</p>", "version": "1"}, headers=json).status_code == 409


def test_one_field_in_the_editor_meets_only_who_has_written_in_the_same_field(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client, json = as_("bo"), {"Accept": "application/json"}
    address = url(world, sheet, "sheet_cell", value(sheet, "goal").pk)
    write(world, sheet, "convener", "<p>Deras</p>")
    told = client.post(address, {"body": "<p>Mitt</p>", "base": "<p></p>", "version": "1"}, headers=json).json()
    assert told["version"] == 3
    assert [value(sheet, key).html for key in ("goal", "convener")] == ["<p>Mitt</p>", "<p>Deras</p>"]
    write(world, sheet, "goal", "<p>Deras mål</p>", 3)
    late = {"body": "<p>Mitt och mer</p>", "base": "<p>Mitt</p>", "version": "3"}
    assert client.post(address, late, headers=json).status_code == 409
    assert value(sheet, "goal").html == "<p>Deras mål</p>"
    assert "Mitt och mer" in SavedAside.objects.get().body


def test_one_field_that_somebody_removed_while_it_was_written_in_is_kept_under_its_name(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    field = add_field(sheet.section, scope="group", label="Risker", by=world.coordinator)
    address = url(world, sheet, "sheet_cell", field.values.get().pk)
    remove_field(sheet.section, field.pk, by=world.police_coordinator)
    client = as_("bo")
    body = '<p>Se <a href="https://example.se/">planen</a></p>'
    answer = client.post(address, {"body": body, "version": "2"}, headers={"Accept": "application/json"})
    kept = SavedAside.objects.get(row="sheet-gone")
    assert answer.status_code == 409
    assert answer.json()["conflict_url"] == reverse("agreements:conflict_detail", args=[kept.pk])
    assert kept.body == f"<p><strong>Risker – Arbetsgrupp trygga platser</strong></p>{body}"
    assert client.get(address).status_code == 404


def removal(world: World, sheet: ActionPlanSheet, **part: object) -> str:
    ((kind, row),) = part.items()
    return f"{url(world, sheet, 'sheet_remove')}?{kind}={getattr(row, 'pk', row)}"


def test_columns_and_fields_are_added_by_buttons(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    client = as_("bo")
    shape = url(world, sheet, "sheet_shape")
    client.post(shape, {"do": "add-column", "ny-kolumn": "Unga <b>"})
    column = sheet.columns.get(position=2)
    assert column.heading == "Unga &lt;b&gt;"
    client.post(shape, {"do": "add-group-field", "nytt-falt": "Risker"})
    assert sheet.fields.filter(label="Risker").exists()
    gone = [
        {"do": "remove-column", "row": str(column.pk)},
        {"do": "remove-field", "row": str(sheet.fields.all()[0].pk)},
    ]
    for data in ({"do": "add-area-field", "nytt-falt": ""}, *gone, {"do": "annat"}, {}):
        assert client.post(shape, data).status_code == 302
    assert (sheet.columns.count(), sheet.fields.count()) == (2, 17)


def test_what_is_typed_in_the_sheet_is_saved_before_a_column_is_added(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client, shape = as_("bo"), url(world, sheet, "sheet_shape")
    html = client.get(url(world, sheet)).content.decode()
    assert html.count(f'form="blad" formaction="{shape}"') == 5
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål", "ny-kolumn": "Unga"}
    answer = client.post(shape, data | {"do": "add-column", "nytt-falt": "Risker"})
    assert answer["Location"] == f"{url(world, sheet)}?nytt-falt=Risker"
    assert 'value="Risker"' in client.get(answer["Location"]).content.decode()
    assert SheetValue.objects.get(field__key="goal", column__position=1).html == "<p>Mitt mål</p>"
    assert sheet.columns.get(position=2).heading == "Unga"


def test_what_is_typed_is_saved_before_the_question_whether_to_remove(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client, only = as_("bo"), sheet.columns.get()
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål", "kolumn": str(only.pk)}
    answer = client.post(url(world, sheet, "sheet_shape"), data | {"do": "remove-column"})
    assertRedirects(answer, removal(world, sheet, kolumn=only))
    assert value(sheet, "goal").html == "<p>Mitt mål</p>"


@pytest.mark.parametrize("status", [409, 422, 403])
def test_a_sheet_that_cannot_be_saved_comes_back_and_gets_no_column(
    as_: SignIn, world: World, sheet: ActionPlanSheet, status: int
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål", "ny-kolumn": "Unga"}
    if status == 409:
        write(world, sheet, "goal", "<p>Deras mål</p>")
    data |= {name(sheet, "funding", "due"): "till våren"} if status == 422 else {}
    data |= {"person": str(world.coordinator.pk)} if status == 403 else {}
    answer = client.post(url(world, sheet, "sheet_shape"), data | {"do": "add-column"})
    assertContains(answer, "Mitt mål", status_code=status)
    assertContains(answer, "Unga", status_code=status)
    assert status == 403 or f'<form method="post" action="{url(world, sheet)}"' in answer.content.decode()
    assert sheet.columns.count() == 1


def test_a_day_and_a_group_in_an_empty_place_come_through_a_conflict(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client, column = as_("coordinator"), sheet.columns.get()
    group = create_group(world.agreement, GroupKind.WORKING, name="Ny grupp", by=world.coordinator)
    SheetColumn.objects.filter(pk=column.pk).update(working_group=None)
    typed = {
        f"column-{column.pk}-ends_on": "2027-01-31",
        f"column-{column.pk}-group": str(group.pk),
        name(sheet, "funding", "open"): "on",
        name(sheet, "funding", "due"): "2026-12-01",
    }
    data = posted(client, url(world, sheet)) | typed
    write(world, sheet, "goal", "<p>Deras mål</p>")
    answer = client.post(url(world, sheet), data)
    assert answer.status_code == 409
    again = {"version": str(answer.context["version"])}
    for bound in answer.context["form"]:  # as its page sends it: what the widgets show
        for key, shown in ((bound.html_name, bound.value()), (bound.html_initial_name, initial_of(bound))):
            if shown not in (None, False, "", "False"):
                again[key] = str(shown)
    assert client.post(url(world, sheet), again).status_code == 302
    column.refresh_from_db()
    assert (str(column.ends_on), column.working_group) == ("2027-01-31", group)
    assert str(value(sheet, "funding").due_on) == "2026-12-01"


def initial_of(bound: Any) -> str:
    """What the page has in the hidden field."""
    found = re.search(r'value="([^"]*)"', bound.as_hidden(only_initial=True))
    return found[1] if found else ""


def test_who_settles_it_is_not_dropped_when_nobody_ticked_that_it_is_open(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "funding", "owner"): "Ekonomichef"}
    answer = client.post(url(world, sheet), data)
    assertContains(answer, "Ekonomichef", status_code=422)
    assertContains(answer, "Kryssa i ”Bestäms senare”", status_code=422)
    client.post(url(world, sheet), data | {name(sheet, "funding", "open"): "on"})
    assert value(sheet, "funding").owner == "Ekonomichef"
    client.post(url(world, sheet), posted(client, url(world, sheet)) | {name(sheet, "funding", "open"): ""})
    assert (value(sheet, "funding").owner, value(sheet, "funding").is_to_be_decided) == ("", False)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_save_that_says_what_stands_there_already_is_no_conflict(
    as_: SignIn, world: World, sheet: ActionPlanSheet, accept: str
) -> None:
    client, headers = as_("bo"), {"Accept": accept}
    typed = {
        name(sheet, "goal"): "Färre rån:\r\n- på torget",
        name(sheet, "funding", "open"): "on",
        name(sheet, "funding", "due"): "2026-12-01",
    }
    data = posted(client, url(world, sheet)) | typed
    first, again = (client.post(url(world, sheet), data, headers=headers) for _ in range(2))
    assert first.status_code == again.status_code != 409
    sheet.refresh_from_db()
    assert (sheet.version, SavedAside.objects.count()) == (2, 0)
    assert client.post(url(world, sheet), data | {name(sheet, "goal"): "Annat"}).status_code == 409


def test_a_second_page_with_words_of_its_own_settles_only_what_it_showed(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet))
    write(world, sheet, "goal", "<p>Deras mål</p>")
    client.post(url(world, sheet), data | {name(sheet, "convener"): "Kommunpolis"})
    answer = client.post(url(world, sheet), data | {name(sheet, "goal"): "Mitt mål"})
    first, second = SavedAside.objects.order_by("saved_at")
    html = answer.content.decode()
    assert (f'name="aside" value="{second.pk}"' in html, f'name="aside" value="{first.pk}"' in html) == (True, False)
    assert reverse("agreements:conflict_detail", args=[first.pk]) in html
    again = {"version": "2", "aside": str(second.pk), **answer.context["form"].data}
    client.post(url(world, sheet), again)
    assert SavedAside.objects.get(settled_at=None) == first


@pytest.mark.parametrize(("lost", "status"), [("role", 403), ("agreement", 404)])
def test_who_may_no_longer_write_finds_the_words_on_the_page_that_says_so(
    as_: SignIn, world: World, sheet: ActionPlanSheet, lost: str, status: int
) -> None:
    client = as_("bo")
    data = posted(client, url(world, sheet)) | {name(sheet, "goal"): "Mitt mål"}
    client = as_("preparer" if lost == "role" else "cia")
    page = client.post(url(world, sheet), data)
    assertContains(page, "Mitt mål", status_code=status)
    told = client.post(url(world, sheet), data, headers={"Accept": "application/json"})
    assert told.status_code == status
    assert status == 404 or told.json()["reason"]
    nothing = client.post(url(world, sheet), {"version": "1"}, headers={"Accept": "application/json"})
    assert status == 404 or nothing.json()["reason"]
    assert value(sheet, "goal").html == ""


def fill(sheet: ActionPlanSheet, row: SheetValue, html: str, by: User, *, owner: str = "") -> None:
    sheet.refresh_from_db()
    given = SheetInput(values={(row.field_id, row.column_id): ValueInput(html, bool(owner), owner, None)})
    save_sheet(sheet.section, given, version=sheet.version, by=by)
    sheet.refresh_from_db()


def test_a_column_is_removed_after_a_question_that_shows_what_is_written_there(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    column = add_column(sheet.section, by=world.bo, heading="Unga")
    fill(sheet, value(sheet, "goal", column), "<p>Färre <em>unga</em> rekryteras</p>", world.bo, owner="Styrgruppen")
    fill(sheet, value(sheet, "goal", sheet.columns.all()[0]), "<p>Tryggare torg</p>", world.bo)
    client, address = as_("bo"), removal(world, sheet, kolumn=column)

    page = client.get(address)
    assertContains(page, "Ta bort kolumnen Unga")
    assertContains(page, "<p>Färre <em>unga</em> rekryteras</p>")
    assertContains(page, "Vem som tar ställning: Styrgruppen")
    assertNotContains(page, "Tryggare torg")
    assert sheet.columns.count() == 2

    assertRedirects(client.post(address, {"version": sheet.version}), url(world, sheet))
    assert not sheet.columns.filter(pk=column.pk).exists()


def test_a_field_is_removed_after_a_question_that_shows_it_in_every_column(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    other = add_column(sheet.section, by=world.bo, heading="Unga")
    for text, column in (("Tryggare torg", sheet.columns.all()[0]), ("Färre rekryteras", other)):
        fill(sheet, value(sheet, "goal", column), f"<p>{text}</p>", world.bo)
    field = sheet.fields.get(key="goal")
    client, address = as_("bo"), removal(world, sheet, falt=field)

    page = client.get(address)
    assertContains(page, "Tryggare torg")
    assertContains(page, "Färre rekryteras")
    assertContains(page, ">Unga</h2>")
    client.post(address, {"version": sheet.version})
    assert not sheet.fields.filter(pk=field.pk).exists()


def test_an_empty_field_says_that_nothing_is_written_there(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    field = add_field(sheet.section, scope="area", label="Risker", by=world.bo)
    assertContains(as_("bo").get(removal(world, sheet, falt=field)), "Ingenting står skrivet där.")


def test_what_somebody_wrote_since_the_question_is_shown_before_it_is_removed(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    column = add_column(sheet.section, by=world.bo, heading="Unga")
    sheet.refresh_from_db()
    read = sheet.version
    fill(sheet, value(sheet, "goal", column), "<p>Nytt mål</p>", world.coordinator)
    page = as_("bo").post(removal(world, sheet, kolumn=column), {"version": read})
    assertContains(page, "Nytt mål", status_code=409)
    assertContains(page, "Någon annan har sparat bladet", status_code=409)
    assert sheet.columns.filter(pk=column.pk).exists()


def test_the_last_column_stays_and_what_is_no_part_of_the_sheet_is_not_found(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    client, only = as_("bo"), sheet.columns.get()
    answer = client.post(removal(world, sheet, kolumn=only), {"version": sheet.version}, follow=True)
    assertContains(answer, "Ett blad har minst en kolumn.")
    other = create_annex(world.agreement, "action_plan", number="3b", title="Annan", by=world.coordinator)
    foreign = other.sections.get(kind="action_plan_sheet").sheet
    for address in (
        removal(world, sheet, kolumn=foreign.columns.get()),
        removal(world, sheet, falt=foreign.fields.all()[0]),
        removal(world, sheet, kolumn="x"),
        removal(world, sheet, falt=only),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"version": sheet.version}).status_code == 404
    assert sheet.columns.count() == 1


def test_who_says_neither_a_column_nor_a_field_is_back_at_the_sheet(
    as_: SignIn, world: World, sheet: ActionPlanSheet
) -> None:
    address, before = url(world, sheet, "sheet_remove"), (sheet.columns.count(), sheet.fields.count())
    for answer in (as_("bo").get(address), as_("bo").post(address, {"version": sheet.version})):
        assert (answer.status_code, answer["Location"]) == (302, url(world, sheet, "sheet_edit"))
    assert (sheet.columns.count(), sheet.fields.count()) == before


def test_a_sheet_is_begun_by_a_button_and_not_by_looking(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    ActionPlanSheet.objects.all().delete()
    client = as_("bo")
    assert "Påbörja bladet" in client.get(url(world, sheet)).content.decode()
    assert not ActionPlanSheet.objects.exists()
    client.post(url(world, sheet, "sheet_shape"), {"do": "begin"})
    assert ActionPlanSheet.objects.get().fields.count() == 16


@pytest.mark.parametrize(
    ("person", "status"), [("preparer", 403), ("communicator", 404), ("cia", 404), ("reader", 404)]
)
def test_the_sheet_is_for_the_writers_of_the_plan(
    as_: SignIn, world: World, sheet: ActionPlanSheet, person: str, status: int
) -> None:
    client = as_(person)
    cell = url(world, sheet, "sheet_cell", value(sheet, "goal").pk)
    assert client.get(url(world, sheet)).status_code == status
    assert client.get(cell).status_code == status
    assert client.post(url(world, sheet, "sheet_shape"), {"do": "add-column"}).status_code == status
    assert client.get(removal(world, sheet, kolumn=sheet.columns.get())).status_code == status
    assert client.post(removal(world, sheet, falt=sheet.fields.all()[0])).status_code == status


def test_a_field_of_another_sheet_is_not_found_here(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    other = create_annex(world.agreement, "action_plan", number="3b", title="Annan", by=world.coordinator)
    foreign = SheetValue.objects.filter(field__sheet__section__annex=other).first()
    assert foreign is not None
    assert as_("bo").get(url(world, sheet, "sheet_cell", foreign.pk)).status_code == 404
    assert as_("bo").post(url(world, sheet, "sheet_cell", foreign.pk), {"body": "<p>x</p>"}).status_code == 404
    assert not SavedAside.objects.exists()


def test_a_section_without_a_sheet_has_no_sheet_page(as_: SignIn, world: World, sheet: ActionPlanSheet) -> None:
    text = sheet.section.annex.sections.get(template_key="introduction")
    address = reverse("agreements:sheet_edit", args=[world.agreement.slug, "3a", text.pk])
    assert as_("coordinator").get(address).status_code == 404
