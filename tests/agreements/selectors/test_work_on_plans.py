"""Open points of action plans in Mitt arbete: whose they are, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.models import ActionPlanSheet, Annex, GoverningGroup, SheetColumn, SheetValue
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.selectors.work_on_plans import open_points_due
from agreements.selectors.worklist import SOON_DAYS, worklist
from agreements.workflow.structure import leave_out
from samverkan.accounts.models import User
from tests.factories import World, as_, end, make_sheet, make_user, make_world
from tests.factories.agreements import seat_in

WRITERS = {"coordinator", "police_coordinator", "bo"}
PEOPLE = WRITERS | {"anna", "pia", "cia", "nils", "preparer", "member", "communicator", "registrar", "reader"}


@pytest.fixture
def sheet(world: World) -> ActionPlanSheet:
    return make_sheet(world)


def leave_open(sheet: ActionPlanSheet, key: str = "funding", *, days: int | None, owner: str = "") -> SheetValue:
    """The field is to be decided by ``owner``, so many days from today."""
    value = SheetValue.objects.get(field__sheet=sheet, field__key=key)
    value.is_to_be_decided, value.owner = True, owner
    value.due_on = None if days is None else today() + timedelta(days=days)
    value.save()
    return value


def whose(world: World) -> set[str]:
    """The people of the cast in whose list the points are."""
    for name in PEOPLE:
        forget(getattr(world, name))
    return {name for name in PEOPLE if listed(getattr(world, name))}


def listed(user: User) -> list[str]:
    return [str(item.what) for item in open_points_due(user, today() + timedelta(days=SOON_DAYS))]


def test_a_point_that_is_overdue_waits_for_those_who_write_the_plan(world: World, sheet: ActionPlanSheet) -> None:
    value = leave_open(sheet, days=-1, owner="Socialchefen")

    assert whose(world) == WRITERS
    (item,) = worklist(world.coordinator)
    assert str(item.what) == "Bestäm ”Finansiering – Arbetsgrupp trygga platser”"
    assert item.detail == f"{world.plan} · Socialchefen"
    assert (item.due, item.is_overdue) == (today() - timedelta(days=1), True)
    place = reverse("agreements:sheet_edit", args=[world.agreement.slug, "3a", sheet.section_id])
    assert item.url == f"{place}#oppen-{value.pk}"
    assert f'id="oppen-{value.pk}"' in as_(world.coordinator).get(place).content.decode()


@pytest.mark.parametrize(
    ("days", "is_listed"), [(-400, True), (0, True), (SOON_DAYS, True), (SOON_DAYS + 1, False), (None, False)]
)
def test_what_is_due_within_sight_is_listed(
    world: World, sheet: ActionPlanSheet, days: int | None, is_listed: bool
) -> None:
    leave_open(sheet, days=days)

    assert bool(listed(world.coordinator)) == is_listed
    assert [item.is_overdue for item in worklist(world.coordinator) if item.due] == [days == -400] * is_listed


def test_what_has_been_settled_in_the_working_text_is_nobodys_any_more(world: World, sheet: ActionPlanSheet) -> None:
    value = leave_open(sheet, days=-1)
    value.html, value.is_to_be_decided, value.due_on = "<p>Kommunen betalar.</p>", False, None
    value.save()

    assert whose(world) == set()


def test_a_sheet_left_out_waits_for_nobody(world: World, sheet: ActionPlanSheet) -> None:
    leave_open(sheet, days=-1)
    leave_out(sheet.section, by=world.coordinator)

    assert whose(world) == set()


@pytest.mark.parametrize(("days", "people"), [(0, WRITERS), (-1, set())])
def test_a_plan_that_has_ended_waits_for_nobody(
    world: World, sheet: ActionPlanSheet, days: int, people: set[str]
) -> None:
    leave_open(sheet, days=-1)
    end(world, "3a", today() + timedelta(days=days))

    assert whose(world) == people


@pytest.mark.parametrize(
    ("owner", "people"),
    [
        ("Polisen", {"police_coordinator", "bo"}),
        ("Polisens utredare", {"police_coordinator", "bo"}),
        ("Samordnaren hos kommunen", {"coordinator"}),
        ("Kommunikatören, {kommun}", {"coordinator"}),
        ("Kommunen och Polisen", WRITERS),
        ("Kommunpolisen", WRITERS),
        ("Trygghetssamordnaren", WRITERS),
        ("", WRITERS),
    ],
)
def test_a_point_is_the_partys_that_its_owner_names(
    world: World, sheet: ActionPlanSheet, owner: str, people: set[str]
) -> None:
    leave_open(sheet, days=-1, owner=owner.format(kommun=world.kommun))

    assert whose(world) == people


def test_a_name_that_ends_in_a_sign_is_a_name_too(world: World, sheet: ActionPlanSheet) -> None:
    world.polis.organisation.name = "Trygghetsbolaget AB (publ)"
    world.polis.organisation.save()
    leave_open(sheet, days=-1, owner="Utredaren, Trygghetsbolaget AB (publ)")

    assert whose(world) == {"police_coordinator", "bo"}


def test_a_sheet_that_came_from_one_party_is_that_partys_unless_the_owner_says_otherwise(
    world: World, sheet: ActionPlanSheet
) -> None:
    sheet.section.party = world.polis
    sheet.section.save()
    value = leave_open(sheet, days=-1, owner="Utredningschefen")
    assert whose(world) == {"police_coordinator", "bo"}

    value.owner = "Kommunen"
    value.save()
    assert whose(world) == {"coordinator"}


def test_another_partys_own_draft_is_not_told(world: World, sheet: ActionPlanSheet) -> None:
    leave_open(sheet, days=-1)
    Annex.objects.filter(pk=world.plan.pk).update(draft_party=world.polis)

    assert whose(world) == {"police_coordinator", "bo"}


def test_a_member_of_a_working_group_is_told_of_their_own_groups_column(world: World, sheet: ActionPlanSheet) -> None:
    value = leave_open(sheet, days=-1)
    assert value.column is not None
    other = GoverningGroup.objects.create(agreement=world.agreement, kind="working", name="En annan grupp")
    for group, people in ((world.working_group, WRITERS), (other, WRITERS - {"bo"})):
        SheetColumn.objects.filter(pk=value.column.pk).update(working_group=group)
        assert whose(world) == people


def test_those_who_once_wrote_the_plan_are_told_nothing(world: World, sheet: ActionPlanSheet) -> None:
    leave_open(sheet, days=-1)
    former = make_user("Förra")
    seat_in(world.agreement, Role.COORDINATOR, former, world.kommun, ends_on=today() - timedelta(days=1))

    assert listed(former) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    worlds = [make_world() for _time in range(number)]
    busy = worlds[0].coordinator
    for world in worlds:
        sheet = make_sheet(world)
        leave_open(sheet, days=-1, owner="Kommunen")
        leave_open(sheet, "goal", days=3, owner="Polisen och Kommunen")
        if world is not worlds[0]:
            seat_in(world.agreement, Role.COORDINATOR, busy, world.kommun)
    forget(busy)
    listed(busy)

    with django_assert_num_queries(2):
        found = listed(busy)
    assert len(found) == 2 * number
