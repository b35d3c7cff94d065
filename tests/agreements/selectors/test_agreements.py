"""Agreements and their organisations, in the order in which people look for them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Organisation
from agreements.permissions import Role
from agreements.rights import today
from agreements.selectors.agreements import Filter, listed_agreements, organisations_of, rows_of, status_of
from agreements.states import AnnexKind
from tests.factories import (
    World,
    as_,
    decide,
    decided_before,
    end,
    make_agreement,
    make_organisation,
    make_user,
    make_world,
)
from tests.factories.agreements import seat_in

pytestmark = pytest.mark.django_db

NAMES = ["alby", "Boden", "Éksta", "Eksö", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro", "östhammar"]


def test_agreements_and_their_organisations_come_in_swedish_order() -> None:
    reader = make_user("Lasare")
    for name in sorted(NAMES):
        agreement = make_agreement(title=name)
        seat_in(agreement, Role.READER, reader)
        first, second = agreement.parties.all()
        Organisation.objects.filter(pk=first.organisation_id).update(name=f"{name} A")
        Organisation.objects.filter(pk=second.organisation_id).update(name=f"{name} B")
    assert [row.title for row in listed_agreements(reader, Filter(), today())] == NAMES
    assert [name for _pk, name in organisations_of(reader)] == [f"{name} {letter}" for name in NAMES for letter in "AB"]


def test_an_organisation_that_has_been_taken_over_says_by_whom() -> None:
    reader = make_user("Lasare")
    agreement = make_agreement()
    seat_in(agreement, Role.READER, reader)
    first, second = agreement.parties.all()
    Organisation.objects.filter(pk=first.organisation_id).update(name="Gamla", successor=make_organisation("Nya"))
    Organisation.objects.filter(pk=second.organisation_id).update(name="Orörda")
    assert [name for _pk, name in organisations_of(reader)] == ["Gamla (efterträdd av Nya)", "Orörda"]


@pytest.mark.parametrize(("days", "number"), [(0, 2), (-1, 1)])
def test_an_annex_counts_as_in_force_until_its_last_day_and_not_after_it(world: World, days: int, number: int) -> None:
    decided_before(world, "1", today() - timedelta(days=30))
    end(world, "3a", today() + timedelta(days=days))

    [row] = rows_of(listed_agreements(world.reader, Filter(), today()), world.reader, today())

    assert row.in_force == number


@pytest.mark.parametrize(
    ("days", "status"), [(-1, "draft"), (0, "decided_later"), (8, "decided_later"), (9, "in_force"), (20, "in_force")]
)
def test_a_day_before_the_text_was_decided_knows_of_no_decision(days: int, status: str) -> None:
    world = make_world(fixing_rules={AnnexKind.AGREEMENT_TEXT.value: "decision"})
    decide(world, "0", effective_from=today() + timedelta(days=9))
    day = today() + timedelta(days=days)

    assert status_of(world.agreement, day) == status
    page = as_(world.coordinator).get(world.agreement.get_absolute_url(), {"den": day.isoformat()}).content.decode()
    assert ("är inte fastställd än" in page) == (status == "draft")
