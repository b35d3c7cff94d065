from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from communication.delivery.rescue import PATIENCE, forgotten, take_up_forgotten
from communication.models import Delivery
from communication.states import Channel, DeliveryStatus, Failure
from tests.factories import World, submit


@pytest.fixture
def letters(world: World) -> list[Delivery]:
    """Letters that have waited for longer than anybody's patience, with their jobs."""
    submit(world)
    Delivery.objects.filter(channel=Channel.MAIL).update(at=timezone.now() - PATIENCE - timedelta(seconds=1))
    return list(Delivery.objects.filter(channel=Channel.MAIL))


def lose_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_letter_with_a_job_is_not_forgotten(letters: list[Delivery]) -> None:
    assert list(forgotten()) == []


def test_a_letter_without_a_job_gets_one_and_only_one(letters: list[Delivery]) -> None:
    lose_jobs()
    take_up_forgotten()
    take_up_forgotten()

    jobs = ProcrastinateJob.objects.filter(task_name="communication.send_mail")
    assert sorted(job.args["delivery_id"] for job in jobs) == sorted(letter.pk for letter in letters)


def test_a_letter_that_has_just_been_written_is_left_alone(letters: list[Delivery]) -> None:
    lose_jobs()
    Delivery.objects.filter(channel=Channel.MAIL).update(at=timezone.now())

    assert list(forgotten()) == []


def test_a_letter_stopped_half_way_is_uncertain_and_gets_no_job(letters: list[Delivery]) -> None:
    lose_jobs()
    Delivery.objects.filter(channel=Channel.MAIL).update(status=DeliveryStatus.SENDING)
    take_up_forgotten()

    assert set(Delivery.objects.filter(channel=Channel.MAIL).values_list("status", "failure")) == {
        (DeliveryStatus.UNCERTAIN, Failure.STOPPED)
    }
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize("status", ["sent", "failed", "uncertain"])
def test_a_letter_whose_end_is_known_is_not_forgotten(letters: list[Delivery], status: str) -> None:
    lose_jobs()
    failure = "" if status == "sent" else Failure.INTERRUPTED
    for at, why in ((DeliveryStatus.SENDING, ""), (status, failure)):
        Delivery.objects.filter(channel=Channel.MAIL).update(status=at, failure=why)

    assert list(forgotten()) == []
