"""Who else is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Presence
from agreements.workflow.presence import ping
from samverkan.verdict import TransitionRefused
from tests.factories import World, make_user

pytestmark = pytest.mark.django_db


def test_one_hears_of_the_others_and_not_of_oneself(world: World) -> None:
    section = world.picture.sections.get(heading="Syfte")
    assert ping(section, by=world.coordinator) == []
    assert ping(section, by=world.police_coordinator) == [world.coordinator]
    assert ping(section, by=world.coordinator) == [world.police_coordinator]


def test_whoever_was_last_seen_half_a_minute_ago_is_gone(world: World) -> None:
    section = world.picture.sections.get(heading="Syfte")
    ping(section, by=world.coordinator)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=31))
    assert ping(section, by=world.police_coordinator) == []


def test_being_in_another_section_is_being_elsewhere(world: World) -> None:
    ping(world.picture.sections.get(heading="Arbetssätt"), by=world.coordinator)
    assert ping(world.picture.sections.get(heading="Syfte"), by=world.police_coordinator) == []


def test_nobody_is_seen_in_a_draft_that_is_not_theirs(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    section = world.picture.sections.get(heading="Syfte")
    ping(section, by=world.coordinator)
    with pytest.raises(TransitionRefused):
        ping(section, by=world.police_coordinator)
    assert Presence.objects.count() == 1


def test_the_others_come_by_name_in_swedish_order(world: World) -> None:
    section = world.picture.sections.get(heading="Syfte")
    names = ["anna", "Édith", "Edvin", "Zara", "Åsa", "Ärla", "örjan", "Östen"]
    for name in sorted(names):
        Presence.objects.create(section=section, user=make_user(name), seen_at=timezone.now())
    assert [user.name for user in ping(section, by=world.coordinator)] == names
