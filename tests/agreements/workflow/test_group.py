"""Who acts for a party is that party's own affair."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from agreements.models import Membership, Party
from agreements.permissions import Capacity, Role
from agreements.policies.annex import may_read_draft
from agreements.rights import forget, today
from agreements.workflow.group import role_group
from agreements.workflow.membership import end_membership, join
from samverkan.verdict import TransitionRefused
from tests.agreements.models.test_truths import sql
from tests.factories import World, make_organisation, make_user


def _join(world: World, role: Role, party: Party | None, **facts: object) -> Membership:
    group = world.agreement.governing_groups.get(kind="steering") if role == Role.STEERING else None
    return join(role_group(world.agreement, role, group), by=world.coordinator, user=world.nils, party=party, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEERING, Role.SIGNATORY, Role.REGISTRAR])
def test_a_coordinator_lets_in_the_own_partys_people_alone(world: World, role: Role) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        _join(world, role, world.polis)

    assert refusal.value.verdict.code == "other_party"
    assert _join(world, role, world.kommun).party == world.kommun


def test_nobody_lets_oneself_into_the_other_partys_own_room(world: World) -> None:
    world.plan.draft_party = world.polis
    world.plan.save()
    group = role_group(world.agreement, Role.COORDINATOR)

    with pytest.raises(TransitionRefused):
        join(group, by=world.coordinator, user=world.coordinator, party=world.polis)

    assert not may_read_draft(world.coordinator, world.plan)


def test_nobody_decides_for_the_other_party_by_appointment(world: World) -> None:
    with pytest.raises(TransitionRefused):
        _join(world, Role.STEERING, world.polis, capacity=Capacity.DECISION_MAKER)
    with pytest.raises(TransitionRefused):
        end_membership(world.pia.memberships.get(), by=world.coordinator)

    assert world.pia.memberships.get().ends_on is None


def test_who_acts_for_no_party_is_let_in_by_either(world: World) -> None:
    assert _join(world, Role.READER, None).party is None


def test_a_party_without_a_coordinator_is_helped_by_the_other(world: World) -> None:
    Membership.objects.filter(user=world.police_coordinator).update(ends_on=today() - timedelta(days=1))
    forget(world.police_coordinator)

    assert _join(world, Role.COORDINATOR, world.polis).party == world.polis


def test_the_page_says_whose_affair_it_is(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    slug = world.agreement.slug
    steering = world.agreement.governing_groups.get(kind="steering")
    facts = {
        "place": f"group:{steering.pk}", "email": make_user("Ny").email, "party": world.polis.pk,
        "capacity": Capacity.DECISION_MAKER, "starts_on": today().isoformat(),
    }  # fmt: skip

    joining = client.post(reverse("agreements:membership_create", args=[slug]), facts)
    ending = client.get(reverse("agreements:membership_end", args=[slug, world.pia.memberships.get().pk]))
    page = client.get(reverse("agreements:group_detail", args=[slug])).content.decode()

    assert reverse("agreements:membership_end", args=[slug, world.anna.memberships.get().pk]) in page
    assert reverse("agreements:membership_end", args=[slug, world.pia.memberships.get().pk]) not in page
    assert (joining.status_code, ending.status_code) == (422, 403)
    assert "Bara en samordnare för den parten" in joining.content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SIGNATORY, Role.REGISTRAR])
def test_who_writes_signs_or_keeps_records_does_it_for_a_party(world: World, role: Role) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        _join(world, role, None)
    assert refusal.value.verdict.code == "party_missing"
    assert not world.nils.memberships.exists()


def test_a_decision_maker_decides_for_a_party(world: World) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        _join(world, Role.STEERING, None, capacity=Capacity.DECISION_MAKER)
    assert refusal.value.verdict.code == "party_missing"
    assert _join(world, Role.STEERING, None).party is None, "a member without a party's voice"


def test_who_prepares_without_a_party_is_co_opted_or_from_elsewhere(world: World) -> None:
    """R28 wants somebody from the education administration, R30 lets in others."""
    group = role_group(world.agreement, Role.PREPARATORY, world.agreement.governing_groups.get(kind="preparatory"))
    with pytest.raises(TransitionRefused):
        join(group, by=world.coordinator, user=world.nils)

    join(group, by=world.coordinator, name="Rektorn", capacity=Capacity.CO_OPTED)
    join(group, by=world.coordinator, user=world.nils, organisation=make_organisation("Utbildningsförvaltningen"))


@pytest.mark.parametrize("place", ["role:coordinator", "role:signatory", "role:registrar", "preparatory"])
def test_the_page_asks_for_the_party(world: World, client: Client, place: str) -> None:
    client.force_login(world.coordinator)
    if place == "preparatory":
        place = f"group:{world.agreement.governing_groups.get(kind=place).pk}"
    facts = {"place": place, "email": world.nils.email, "capacity": "ordinary", "starts_on": today().isoformat()}

    response = client.post(reverse("agreements:membership_create", args=[world.agreement.slug]), facts)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["party"])
    assert client.post(response.request["PATH_INFO"], facts | {"party": world.kommun.pk}).status_code == 302


def test_the_database_lets_nobody_write_without_a_party(world: World) -> None:
    writers, readers = role_group(world.agreement, Role.COORDINATOR), role_group(world.agreement, Role.READER)
    statement = (
        "INSERT INTO agreements_membership "
        "(role_group_id, user_id, name, capacity, is_convener, starts_on, created_at) "
        "VALUES (%s, %s, '', 'ordinary', false, now(), now())"
    )
    sql(statement, readers.pk, world.nils.pk)
    with pytest.raises(IntegrityError):
        sql(statement, writers.pk, world.nils.pk)
    with pytest.raises(IntegrityError):
        sql("UPDATE agreements_membership SET party_id = NULL WHERE user_id = %s", world.coordinator.pk)


def test_who_was_let_in_without_a_party_before_can_leave(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE agreements_membership DISABLE TRIGGER member_acts_for_a_party")
        Membership.objects.filter(user=world.police_coordinator).update(party=None)
        cursor.execute("ALTER TABLE agreements_membership ENABLE ALWAYS TRIGGER member_acts_for_a_party")

    end_membership(world.police_coordinator.memberships.get(), by=world.coordinator)

    assert world.police_coordinator.memberships.get().ends_on == today() - timedelta(days=1)
