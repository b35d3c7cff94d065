"""A right is a membership of today in a group that has it; nothing else gives one."""

from datetime import timedelta

import pytest

from agreements.models import Membership
from agreements.permissions import Perm, Role
from agreements.policies.agreement import visible_agreements
from agreements.policies.annex import may_read_draft, readable_drafts, visible_annexes
from agreements.policies.revision import visible_revisions
from agreements.rights import forget, has, today
from agreements.workflow.group import role_group
from agreements.workflow.membership import end_membership, join
from agreements.workflow.sharing import share_draft
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World, decide, make_user, submit
from tests.factories.agreements import seat_in


def numbers(user: User, queryset_of: object) -> list[str]:
    return sorted(queryset_of(user).values_list("number", flat=True))  # type: ignore[operator]


def test_the_near_miss_sees_the_other_agreement_and_nothing_here(world: World) -> None:
    decide(world)

    assert list(visible_agreements(world.cia)) == [world.other]
    assert not visible_annexes(world.cia).filter(agreement=world.agreement).exists()
    assert not visible_revisions(world.cia).exists()
    assert not visible_agreements(world.nils).exists()


def test_a_reader_sees_what_is_decided_and_nothing_on_its_way(world: World) -> None:
    decide(world)
    submit(world, "3a")

    assert numbers(world.reader, visible_annexes) == ["1"]
    assert list(visible_revisions(world.reader)) == [world.picture.revisions.get()]
    assert visible_revisions(world.member).count() == 2


def test_a_right_ends_with_its_day_without_any_job(world: World) -> None:
    membership = world.reader.memberships.get()
    Membership.objects.filter(pk=membership.pk).update(ends_on=today())
    forget(world.reader)
    assert has(world.reader, Perm.READ_IN_FORCE, world.agreement)

    Membership.objects.filter(pk=membership.pk).update(ends_on=today() - timedelta(days=1))
    forget(world.reader)
    assert not has(world.reader, Perm.READ_IN_FORCE, world.agreement)


def test_a_right_to_come_is_no_right_today(world: World) -> None:
    newcomer = make_user("Ny")
    seat_in(world.agreement, Role.COORDINATOR, newcomer, world.kommun, starts_on=today() + timedelta(days=1))

    assert not has(newcomer, Perm.EDIT_TEXTS, world.agreement)


def test_a_superuser_reads_no_drafts(world: World) -> None:
    admin = User.objects.create_superuser("admin@example.se", "hemligt-losenord")

    assert not visible_agreements(admin).exists()
    assert not may_read_draft(admin, world.picture)
    assert not has(admin, Perm.DECIDE, world.agreement)


def test_an_inactive_account_holds_nothing(world: World) -> None:
    world.anna.is_active = False
    world.anna.save()

    assert not has(world.anna, Perm.READ_IN_FORCE, world.agreement)


def test_an_own_draft_is_invisible_to_the_other_party_until_it_is_shared(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()

    assert "1" in numbers(world.coordinator, readable_drafts)
    assert "1" not in numbers(world.police_coordinator, readable_drafts)
    assert "1" not in numbers(world.police_coordinator, visible_annexes)
    assert may_read_draft(world.police_coordinator, world.picture).code == "own_draft_of_other"

    share_draft(world.picture, purpose="comment", message="Läs gärna avsnitt 2.", by=world.coordinator)

    assert "1" in numbers(world.police_coordinator, readable_drafts)


def test_a_working_group_member_reads_and_edits_only_the_groups_own_plan(world: World) -> None:
    assert numbers(world.bo, readable_drafts) == ["3a"]


def test_a_communicator_reads_and_edits_only_the_communication_plan(world: World) -> None:
    assert numbers(world.communicator, readable_drafts) == ["4"]


def test_a_registrar_sees_drafts_of_the_own_authority_and_shared_ones(world: World) -> None:
    world.picture.draft_party = world.polis
    world.picture.save()
    world.plan.draft_party = world.kommun
    world.plan.save()

    assert numbers(world.registrar, readable_drafts) == ["0", "3a", "4"]


def test_leaving_ends_the_right_at_once_and_is_logged(world: World) -> None:
    membership = end_membership(world.anna.memberships.get(), by=world.coordinator)

    assert not has(world.anna, Perm.DECIDE, world.agreement)
    line = membership.history.first()
    assert (line.history_user, line.history_type) == (world.coordinator, "~")


@pytest.mark.parametrize("name", ["anna", "bo", "cia", "nils", "reader", "preparer"])
def test_only_coordinators_let_people_in(world: World, name: str) -> None:
    group = role_group(world.agreement, Role.READER)

    with pytest.raises(TransitionRefused):
        join(group, user=world.nils, by=getattr(world, name))
    assert not world.nils.memberships.exists()
