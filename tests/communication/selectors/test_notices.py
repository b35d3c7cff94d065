from datetime import timedelta

from django.utils import timezone

from agreements.rights import forget, today
from agreements.states import ProposalStatus
from communication.models import Notice
from communication.selectors.deliveries import deliveries_of, told_about
from communication.selectors.notices import inbox, notices_since, recent, unread_notices
from communication.states import Channel
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
    submit(world, "4")
    mark_read(Notice.objects.get(recipient=world.preparer, annex=world.picture), by=world.preparer)

    assert [notice.annex for notice in unread_notices(world.preparer)] == [world.communication]


def test_since_a_time_and_the_newest_first(world: World) -> None:
    proposal_at(world, ProposalStatus.REFERRED_BACK)

    assert notices_since(world.preparer, timezone.now() + timedelta(minutes=1)).count() == 0
    assert notices_since(world.preparer, timezone.now() - timedelta(hours=1)).count() == inbox(world.preparer).count()
    assert [notice.event for notice in recent(world.preparer, 1)] == ["referred_back"]


def test_the_deliveries_of_a_version_are_those_of_its_whole_way(world: World) -> None:
    decision = decide(world)
    submit(world, "4")
    proposal = decision.revision.proposal

    assert {delivery.notice.proposal for delivery in deliveries_of(proposal)} == {proposal}
    assert {delivery.notice.event for delivery in deliveries_of(decision)} == {"decided"}
    assert set(deliveries_of(decision)) < set(deliveries_of(proposal))
    assert {delivery.channel for delivery in deliveries_of(decision)} == {Channel.PORTAL, Channel.MAIL}
    assert set(told_about(proposal)) == {delivery.notice for delivery in deliveries_of(proposal)}
