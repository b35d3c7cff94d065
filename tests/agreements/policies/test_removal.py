"""Who asks for a removal, who confirms it, and who sees what: role × question, the near misses included."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Membership, Removal
from agreements.permissions import Role
from agreements.policies.removal import (
    confirmable_removals,
    may_confirm,
    may_reject,
    may_request,
    may_see_selection,
    may_withdraw,
    visible_removals,
)
from agreements.rights import forget, today
from samverkan.accounts.models import User
from tests.agreements.test_matrix import PEOPLE, READS, person
from tests.factories import World, decide
from tests.factories.agreements import seat_in
from tests.factories.removals import ask, name_somebody, remove

KEEP = {"coordinator", "police_coordinator", "registrar"}


@pytest.fixture
def asked(world: World) -> Removal:
    """The municipality's registrar has asked; the police have no registrar."""
    name_somebody(world)
    return ask(world, decide(world).revision)


def those_who(world: World, question: object) -> set[str]:
    return {name for name in PEOPLE if question(person(world, name))}  # type: ignore[operator]


def confirms(user: User, removal: Removal) -> bool:
    """Whether ``user`` may confirm ``removal``, which the rule and its reverse have to agree about."""
    may = bool(may_confirm(user, removal))
    assert confirmable_removals(user).filter(pk=removal.pk).exists() == may
    return may


def test_registrars_and_coordinators_ask(world: World) -> None:
    revision = decide(world).revision

    assert those_who(world, lambda user: may_request(user, revision)) == KEEP


def test_the_other_partys_coordinator_confirms_when_it_has_no_registrar(world: World, asked: Removal) -> None:
    assert those_who(world, lambda user: confirms(user, asked)) == {"police_coordinator"}
    assert those_who(world, lambda user: may_reject(user, asked)) == {"police_coordinator"}
    assert those_who(world, lambda user: may_withdraw(user, asked)) == {"coordinator", "registrar"}


def test_asked_by_the_police_the_municipalitys_registrar_confirms_and_not_its_coordinator(world: World) -> None:
    name_somebody(world)
    removal = ask(world, decide(world).revision, by=world.police_coordinator)

    assert those_who(world, lambda user: confirms(user, removal)) == {"registrar"}
    assert those_who(world, lambda user: may_withdraw(user, removal)) == {"police_coordinator"}


def test_a_request_is_seen_by_those_who_keep_the_records_and_a_tombstone_by_every_reader(
    world: World, asked: Removal
) -> None:
    def sees(user: User) -> bool:
        return visible_removals(user).filter(pk=asked.pk).exists()

    assert those_who(world, sees) == KEEP
    assert those_who(world, lambda user: may_see_selection(user, asked)) == KEEP


def test_a_tombstone_is_seen_by_whoever_reads_the_text(world: World) -> None:
    name_somebody(world)
    removal = remove(world, decide(world).revision)

    assert those_who(world, lambda user: visible_removals(user).filter(pk=removal.pk).exists()) == READS
    assert those_who(world, lambda user: may_see_selection(user, removal)) == set()


def test_a_registrar_of_another_agreement_and_an_administrator_see_and_do_nothing(world: World, asked: Removal) -> None:
    seat_in(world.other, Role.REGISTRAR, world.cia, world.other.parties.all()[0])
    forget(world.cia)
    admin = User.objects.create_superuser("admin@example.se", "hemligt-losenord")

    for stranger in (world.cia, admin):
        assert not confirms(stranger, asked)
        assert not visible_removals(stranger).exists()
        assert [bool(may(stranger, asked)) for may in (may_confirm, may_reject, may_withdraw)] == [False] * 3


def test_a_registrar_until_yesterday_neither_confirms_nor_keeps_a_coordinator_from_it(
    world: World, asked: Removal
) -> None:
    former = seat_in(world.agreement, Role.REGISTRAR, world.nils, world.polis)
    assert not confirms(world.police_coordinator, asked)

    Membership.objects.filter(pk=former.pk).update(ends_on=today() - timedelta(days=1))
    forget(world.nils)

    assert not confirms(world.nils, asked)
    assert confirms(world.police_coordinator, asked)


def test_what_has_been_answered_is_not_confirmed_again(world: World, asked: Removal) -> None:
    assert confirms(world.police_coordinator, asked)
    Removal.objects.filter(pk=asked.pk).update(
        status="withdrawn", answered_at=timezone.now(), answered_by=world.registrar, selection={}
    )
    asked.refresh_from_db()
    assert not confirms(world.police_coordinator, asked)


def test_somebody_in_both_parties_does_not_confirm_what_they_asked(world: World) -> None:
    name_somebody(world)
    seat_in(world.agreement, Role.COORDINATOR, world.registrar, world.polis)
    forget(world.registrar)
    removal = ask(world, decide(world).revision)

    assert not confirms(world.registrar, removal)
    assert may_confirm(world.registrar, removal).code == "not_other_party"
