from datetime import datetime, time, timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from agreements.models import Agreement, Comment
from agreements.rights import today
from agreements.signals import past_written
from communication.models import Delivery, Notice, Reading
from communication.states import Channel, DeliveryStatus, NoticeEvent
from tests.communication.conftest import told
from tests.factories import World, decide, submit


def _rewrite(world: World) -> None:
    past_written.send(Agreement, agreement=world.agreement)


def _asked(world: World, days: int) -> None:
    """A question about a submitted text, so many days ago, when everybody was there already."""
    proposal = submit(world)
    for group in world.agreement.role_groups.all():
        group.memberships.update(starts_on=today() - timedelta(days=days))
    noon = timezone.make_aware(datetime.combine(today() - timedelta(days=days), time(12)))
    Comment.objects.create(
        annex=proposal.annex, revision=proposal.revision, text="Vad kostar det?", is_question=True,
        written_by=world.anna, author_name="Anna", written_at=noon,
    )  # fmt: skip


def test_the_past_is_told_once_more_as_it_was_told_when_it_happened(world: World) -> None:
    decide(world)
    before = set(Notice.objects.exclude(event=NoticeEvent.ASSENTED))  # whose yes is missing is asked of today
    _rewrite(world)

    again = set(Notice.objects.exclude(event=NoticeEvent.ASSENTED)) - before
    assert sorted(map(_words, again)) == sorted(map(_words, before))


def _words(notice: Notice) -> tuple[str, ...]:
    return notice.event, notice.recipient_name, notice.title, notice.reason, notice.path, str(notice.date)


def test_each_stands_at_its_own_moment_and_what_is_old_has_been_read(world: World) -> None:
    _asked(world, 300)
    _rewrite(world)

    told_of = Notice.objects.filter(event=NoticeEvent.QUESTION)
    assert {(n.date, timezone.localdate(n.created_at)) for n in told_of} == {(today() - timedelta(days=300),) * 2}
    assert {reading.notice for reading in Reading.objects.all()} == set(told_of)


def test_who_came_later_was_not_told(world: World) -> None:
    _asked(world, 3)
    world.preparer.memberships.update(starts_on=today() - timedelta(days=2))
    _rewrite(world)

    names = told(event=NoticeEvent.QUESTION)
    assert "Beredare polis" in names
    assert "Beredare kommun" not in names


def test_nothing_is_new_that_is_not_and_no_letter_leaves(world: World) -> None:
    submit(world)
    jobs = ProcrastinateJob.objects.count()
    known = set(Delivery.objects.values_list("pk", flat=True))
    _rewrite(world)

    made = Delivery.objects.exclude(pk__in=known)
    assert {(d.channel, d.status) for d in made} == {
        (Channel.PORTAL, DeliveryStatus.SENT),
        (Channel.MAIL, DeliveryStatus.SENT),
    }
    assert ProcrastinateJob.objects.count() == jobs
    assert not Reading.objects.exists()
