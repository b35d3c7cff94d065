"""On each day one seat a person and one former name an organisation: raw SQL fails too."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from agreements.models import Membership, Organisation
from agreements.permissions import Role
from agreements.rights import today
from agreements.workflow.group import role_group
from agreements.workflow.membership import end_membership, join
from tests.agreements.models.test_truths import sql, together
from tests.factories import World, make_organisation

TWICE = (
    "INSERT INTO agreements_membership (role_group_id, user_id, name, party_id, capacity, is_convener, starts_on, "
    "ends_on, created_at) SELECT role_group_id, user_id, '', party_id, 'ordinary', false, %s, %s, now() "
    "FROM agreements_membership WHERE id = %s"
)


@pytest.fixture
def held(world: World) -> Membership:
    """A reader's membership from ten days ago until in ten days."""
    day = today()
    return join(
        role_group(world.agreement, Role.READER), by=world.coordinator, user=world.nils, party=world.kommun,
        starts_on=day - timedelta(days=10), ends_on=day + timedelta(days=10),
    )  # fmt: skip


@pytest.mark.parametrize(("first", "last"), [(-20, -10), (0, 0), (10, None), (-20, None)])
def test_nobody_sits_twice_in_a_group_for_a_party_on_one_day(held: Membership, first: int, last: int | None) -> None:
    until = None if last is None else today() + timedelta(days=last)

    with pytest.raises(IntegrityError, match="once for a party"):
        sql(TWICE, today() + timedelta(days=first), until, held.pk)


@pytest.mark.parametrize(("first", "last"), [(-20, -11), (11, None)])
def test_who_left_comes_back(held: Membership, first: int, last: int | None) -> None:
    sql(TWICE, today() + timedelta(days=first), None if last is None else today() + timedelta(days=last), held.pk)

    assert Membership.objects.filter(user=held.user).count() == 2


def test_a_membership_does_not_grow_into_the_next(held: Membership) -> None:
    sql(TWICE, today() + timedelta(days=11), None, held.pk)

    with pytest.raises(IntegrityError, match="once for a party"):
        sql("UPDATE agreements_membership SET ends_on = NULL WHERE id = %s", held.pk)


def test_what_overlapped_before_can_be_ended(world: World, held: Membership) -> None:
    """Rows from before the database looked: each can be ended, and given another seat."""
    sql("ALTER TABLE agreements_membership DISABLE TRIGGER member_sits_once")
    sql(TWICE, today(), None, held.pk)
    sql("ALTER TABLE agreements_membership ENABLE ALWAYS TRIGGER member_sits_once")
    second = Membership.objects.filter(user=world.nils).latest("pk")

    sql("UPDATE agreements_membership SET seat_id = NULL, is_convener = true WHERE id = %s", second.pk)
    end_membership(held, by=world.coordinator)
    end_membership(second, by=world.coordinator)

    assert not Membership.objects.on(today()).filter(user=world.nils).exists()


def test_who_was_let_in_by_mistake_is_let_out_the_same_day(world: World, held: Membership) -> None:
    """The mistake is put to yesterday, where the right membership is: that gives nobody anything."""
    end_membership(held, by=world.coordinator)
    again = join(held.role_group, by=world.coordinator, user=world.nils, party=world.kommun)

    end_membership(again, by=world.coordinator)

    assert not Membership.objects.on(today()).filter(user=world.nils).exists()


def test_nobody_sits_for_a_party_of_another_agreement(world: World, held: Membership) -> None:
    with pytest.raises(IntegrityError, match="another agreement"):
        sql("UPDATE agreements_membership SET party_id = %s WHERE id = %s", world.other.parties.all()[0].pk, held.pk)


def _name(organisation: Organisation, name: str, since: date | None, until: date | None) -> tuple[str, list[Any]]:
    insert = (
        "INSERT INTO agreements_organisationname (organisation_id, name, valid_from, valid_to) VALUES (%s, %s, %s, %s)"
    )
    return insert, [organisation.pk, name, since, until]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until"), [(None, date(2019, 12, 31)), (date(2021, 1, 1), None), (date(2020, 5, 1), date(2020, 5, 1))]
)
def test_two_names_never_hold_on_the_same_day(since: date | None, until: date | None) -> None:
    organisation, other = make_organisation("Sjöviks kommun"), make_organisation("Sundby kommun")
    kept = _name(organisation, "Sjövik", date(2020, 1, 1), date(2020, 12, 31))
    together(kept, _name(other, "Sundby", date(2020, 1, 1), None))

    if since == until:
        with pytest.raises(IntegrityError, match="two names"):
            together(_name(organisation, "Sjöviks köping", since, until))
    else:
        together(_name(organisation, "Sjöviks köping", since, until))

    assert organisation.names.count() == (1 if since == until else 2)


@pytest.mark.django_db
def test_names_change_their_days_together() -> None:
    organisation = make_organisation("Sjöviks kommun")
    together(
        _name(organisation, "Sjövik", None, date(2019, 12, 31)),
        _name(organisation, "Sjöviks köping", date(2020, 1, 1), None),
    )
    longer: tuple[str, list[Any]] = (
        "UPDATE agreements_organisationname SET valid_to = '2021-12-31' WHERE valid_from IS NULL",
        [],
    )
    later: tuple[str, list[Any]] = (
        "UPDATE agreements_organisationname SET valid_from = '2022-01-01' WHERE valid_to IS NULL",
        [],
    )

    with pytest.raises(IntegrityError, match="two names"):
        together(longer)
    together(longer, later)

    assert organisation.name_on(date(2021, 6, 1)) == "Sjövik"
