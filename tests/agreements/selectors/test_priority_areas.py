"""The register of areas on the page where it is edited: areas with their parts, and what was left out."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.models import PriorityArea, Section
from agreements.selectors.priority_areas import area_rows
from tests.factories import World, as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas(world: World) -> dict[str, PriorityArea]:
    """Platser with Stationen and Torget, which was left out; Droger, left out with its part Langning; and Unga."""
    made: dict[str, PriorityArea] = {}
    rows = (
        ("Langning", "Droger", False), ("Stationen", "Platser", False), ("Torget", "Platser", True),
        ("Droger", "", True), ("Platser", "", False), ("Unga", "", False),
    )  # fmt: skip
    world.plan.delete()
    world.area.delete()
    for position, (title, _of, is_left_out) in enumerate(rows):
        made[title] = PriorityArea.objects.create(
            agreement=world.agreement, title=title, position=position, is_left_out=is_left_out
        )
    for title, of, _is_left_out in rows:
        PriorityArea.objects.filter(pk=made[title].pk).update(part_of=made.get(of))
    return made


def test_what_was_left_out_stands_under_its_parent_and_says_so(
    world: World, areas: dict[str, PriorityArea], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        rows = area_rows(world.agreement)
    assert [(row.area.title, row.number, row.is_left_out) for row in rows] == [
        ("Platser", "1", False),
        ("Stationen", "1.1", False),
        ("Torget", "", True),
        ("Unga", "2", False),
        ("Droger", "", True),
        ("Langning", "", True),
    ]


def test_only_what_was_left_out_itself_is_prioritised_again(world: World, areas: dict[str, PriorityArea]) -> None:
    section = Section.objects.create(annex=world.picture, position=9, heading="Områden", kind="priority_areas")
    page = reverse("agreements:priority_area_list", args=[world.agreement.slug, "1", section.pk])
    rows = as_(world.coordinator).get(page).content.decode().split('<li class="work-row">')[1:]
    assert ["Utelämnat" in row for row in rows] == [False, False, True, False, True, True]
    assert ['value="restore"' in row for row in rows] == [False, False, True, False, True, False]
    assert ['value="leave-out"' in row for row in rows] == [True, True, False, True, False, False]
