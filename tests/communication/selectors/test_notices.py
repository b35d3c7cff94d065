from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from agreements.rights import forget, today
from agreements.states import ProposalStatus
from communication.models import Notice, Reading
from communication.selectors.deliveries import told_about
from communication.selectors.notices import happenings, inbox, notices_since, recent, unread_notices
from communication.states import Channel, NoticeEvent
from communication.workflow.notice import mark_read
from tests.factories import World, decide, proposal_at, submit


def test_everybody_finds_their_own_notices_and_no_others(world: World) -> None:
    submit(world)

    for user in (world.preparer, world.police_coordinator, world.anna, world.cia, world.nils, world.coordinator):
        assert set(inbox(user)) == set(Notice.objects.filter(recipient=user))
    assert not inbox(world.cia).exists()


def test_what_one_may_no_longer_see_is_gone_from_the_list(world: World) -> None:
    submit(world)
    assert inbox(world.preparer).count() == 1
    world.preparer.memberships.update(ends_on=today() - timedelta(days=1))
    forget(world.preparer)

    assert inbox(world.preparer).count() == 0


def test_read_notices_are_no_longer_unread(world: World) -> None:
    submit(world)
    mark_read(Notice.objects.get(recipient=world.preparer, annex=world.picture), by=world.preparer)
    submit(world, "4")

    assert [notice.annex for notice in unread_notices(world.preparer)] == [world.communication]


def test_since_a_time_and_the_newest_first(world: World) -> None:
    proposal_at(world, ProposalStatus.REFERRED_BACK)

    assert notices_since(world.preparer, timezone.now() + timedelta(minutes=1)).count() == 0
    assert notices_since(world.preparer, timezone.now() - timedelta(hours=1)).count() == inbox(world.preparer).count()
    assert [notice.event for notice in recent(world.preparer, 1)] == ["referred_back"]


def test_what_one_act_told_stands_together_in_the_order_it_was_written(world: World) -> None:
    submit(world)
    submit(world, "4")
    rows = list(inbox(world.preparer))
    assert [notice.annex for notice in rows] == [world.communication, world.picture], "the newest first"

    assert [h.notices for h in happenings(rows)] == [(rows[1], rows[0])]


@pytest.mark.parametrize(
    "other",
    [{"created_at": timezone.now()}, {"date": date(2020, 1, 1)}, {"event": "decided"}, {"reason": "Annat skäl."}],
)
def test_what_another_act_told_stands_alone(world: World, other: dict[str, Any]) -> None:
    submit(world)
    submit(world, "4")
    rows = list(inbox(world.preparer))
    for name, value in other.items():
        setattr(rows[0], name, value)

    assert [len(h.notices) for h in happenings(rows)] == [1, 1]


def test_a_happening_is_read_when_all_of_it_is(world: World) -> None:
    submit(world)
    submit(world, "4")
    [happening] = happenings(inbox(world.preparer))
    assert not happening.is_read
    Reading.objects.create(notice=happening.first)
    assert [h.is_read for h in happenings(inbox(world.preparer))] == [False]

    mark_read(happening.first, by=world.preparer)
    assert [h.is_read for h in happenings(inbox(world.preparer))] == [True]


def test_what_was_told_about_a_version_is_all_that_was_told_on_its_way_with_the_letters(world: World) -> None:
    proposal = decide(world).revision.proposal
    submit(world, "4")

    told = list(told_about(proposal))
    assert set(told) == set(Notice.objects.filter(proposal=proposal)) < set(Notice.objects.all())
    assert {NoticeEvent.SUBMITTED, NoticeEvent.DECIDED} <= {notice.event for notice in told}
    assert {delivery.channel for notice in told for delivery in notice.deliveries.all()} == set(Channel)
