from datetime import timedelta

from procrastinate.contrib.django.models import ProcrastinateJob

from agreements.models import GroupKind, RoleGroup
from agreements.rights import today
from agreements.workflow.membership import end_membership, join
from communication.models import Notice
from communication.states import NoticeEvent
from communication.tasks import announce_membership
from tests.communication.conftest import titles, told
from tests.factories import World


def _steering(world: World) -> RoleGroup:
    return RoleGroup.objects.get(agreement=world.agreement, governing_group__kind=GroupKind.STEERING)


def test_who_joins_is_told_and_nobody_else(world: World) -> None:
    steering = _steering(world)
    join(steering, by=world.coordinator, user=world.nils, party=world.kommun)

    assert told() == {"Nils"}
    assert titles() == {f"Du är nu med i {world.agreement}: {steering.governing_group}"}


def test_who_lets_themselves_in_is_not_told(world: World) -> None:
    join(_steering(world), by=world.coordinator, user=world.coordinator, party=world.kommun)

    assert told() == set()


def test_a_name_without_an_account_is_not_told(world: World) -> None:
    join(_steering(world), by=world.coordinator, name="Rektor", party=world.kommun)

    assert told() == set()


def test_whose_membership_has_ended_is_not_told(world: World) -> None:
    membership = join(_steering(world), by=world.coordinator, user=world.nils, party=world.kommun)
    end_membership(membership, by=world.coordinator)

    assert not Notice.objects.filter(event=NoticeEvent.MEMBERSHIP_CHANGED).exists()


def test_whose_last_day_is_set_is_told(world: World) -> None:
    membership = join(_steering(world), by=world.coordinator, user=world.nils, party=world.kommun)
    end_membership(membership, by=world.coordinator, ends_on=today() + timedelta(days=7))

    assert told(event=NoticeEvent.MEMBERSHIP_CHANGED) == {"Nils"}


def test_who_joins_later_is_told_on_the_first_morning(world: World) -> None:
    first = today() + timedelta(days=10)
    membership = join(_steering(world), by=world.coordinator, user=world.nils, party=world.kommun, starts_on=first)
    job = ProcrastinateJob.objects.get(task_name="communication.announce_membership")
    assert told() == set()
    assert job.args == {"membership_id": membership.pk}
    assert job.scheduled_at is not None
    assert job.scheduled_at.date() == first

    announce_membership(membership.pk)
    assert told() == set()

    type(membership).objects.filter(pk=membership.pk).update(starts_on=today())
    announce_membership(membership.pk)
    assert told() == {"Nils"}
