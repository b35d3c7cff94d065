import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.permissions import Role
from communication.models import Notice, Reading
from communication.notices.revision import Submitted
from communication.selectors.notices import unread_notices
from communication.workflow.notice import mark_all_read, mark_read, tell
from tests.factories import World, make_user, submit
from tests.factories.agreements import seat_in


def _notice(world: World) -> Notice:
    submit(world)
    return Notice.objects.get(recipient=world.preparer)


def test_reading_is_noted_once_and_leaves_the_notice_alone(world: World) -> None:
    notice = _notice(world)
    mark_read(notice, by=world.preparer)
    first = Reading.objects.get()
    mark_read(notice, by=world.preparer)

    assert Reading.objects.get() == first
    assert (first.notice, first.read_at) == (notice, Reading.objects.get().read_at)
    assert list(unread_notices(world.preparer)) == []


def test_nobody_can_read_for_somebody_else(world: World) -> None:
    notice = _notice(world)

    for other in (world.police_preparer, world.coordinator, world.cia, world.nils):
        with pytest.raises(Notice.DoesNotExist):
            mark_read(notice, by=other)
    assert not Reading.objects.exists()


def test_marking_all_as_read_concerns_only_ones_own(world: World) -> None:
    submit(world)
    submit(world, "4")

    assert mark_all_read(by=world.preparer) == 2
    assert mark_all_read(by=world.preparer) == 0
    assert unread_notices(world.police_preparer).count() == 2


def test_telling_costs_the_same_number_of_writes_for_three_as_for_many(world: World) -> None:
    proposal = submit(world)

    def writes() -> int:
        with CaptureQueriesContext(connection) as queries:
            tell(Submitted(proposal, by=world.coordinator))
        return sum("INSERT" in query["sql"] or "defer_jobs" in query["sql"] for query in queries)

    few = writes()
    for number in range(10):
        seat_in(world.agreement, Role.PREPARATORY, make_user(f"Beredare {number}"), world.kommun)

    assert few == writes() == 4
