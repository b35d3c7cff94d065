"""Which texts somebody can begin from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.models import Annex, Revision
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.selectors.copy_sources import texts_to_copy
from agreements.states import AnnexKind
from agreements.workflow.annex_copy import copy_annex
from tests.factories import World, decide, make_agreement, make_user, make_world
from tests.factories.agreements import make_annex, seat_in

pytestmark = pytest.mark.django_db

TITLES = ["alby", "Éksta", "Eksö", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro", "östhammar"]


def named(found: list[Annex | Revision]) -> list[tuple[str, str]]:
    """Title of the agreement and number of the annex."""
    annexes = [one if isinstance(one, Annex) else one.annex for one in found]
    return [(annex.agreement.title, annex.number) for annex in annexes]


def test_drafts_come_by_agreement_in_swedish_order_and_then_by_number() -> None:
    coordinator = make_user("Samordnare")
    for title in sorted(TITLES):
        agreement = make_agreement(title=title)
        seat_in(agreement, Role.COORDINATOR, coordinator, agreement.parties.first())
        for number in ("3b", "3a"):
            make_annex(agreement, AnnexKind.ACTION_PLAN, number, "Åtgärdsplan")
    assert named(texts_to_copy(coordinator)) == [(title, number) for title in TITLES for number in ("3a", "3b")]


def test_decided_versions_come_in_the_same_order_the_newest_of_each_annex(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    reader = make_user("Lasare")
    for title in ("Åmål", "Örebro", "älmhult"):
        world: World = make_world(title=title)
        newest = [decide(world, "4"), decide(world, "1"), decide(world, "1", today() + timedelta(days=1))]
        seat_in(world.agreement, Role.READER, reader, world.kommun)
    texts_to_copy(reader)
    with django_assert_num_queries(1):  # no drafts to ask for
        found = texts_to_copy(reader)
    assert named(found) == [(title, number) for title in ("Åmål", "älmhult", "Örebro") for number in ("1", "4")]
    assert [one.pk for one in found[2:4]] == [newest[2].revision_id, newest[0].revision_id]


def test_a_template_of_the_city_is_begun_from_by_those_who_read_the_overarching_agreement(world: World) -> None:
    """Decision 0019: it is a decided annex there, and keeps its places in the portal's template."""
    city = make_world(title="Övergripande överenskommelse")
    template = decide(city, "1").revision
    assert template not in texts_to_copy(world.coordinator, kind=AnnexKind.SITUATIONAL_PICTURE)

    seat_in(city.agreement, Role.READER, world.coordinator, city.kommun)
    forget(world.coordinator)
    assert template in texts_to_copy(world.coordinator, kind=AnnexKind.SITUATIONAL_PICTURE)
    made = copy_annex(template, world.agreement, by=world.coordinator, number="9", title="Lägesbild")
    of_template, of_copy = (annex.sections.values_list("heading", "template_key") for annex in (city.picture, made))
    assert list(of_copy) == list(of_template)
