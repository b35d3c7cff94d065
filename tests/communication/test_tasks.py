import pytest
from django.utils import timezone
from procrastinate.jobs import Job

from communication.delivery.mail import MAX_ATTEMPTS
from communication.tasks import LONGEST_WAIT, Patiently


def _wait(attempts: int) -> float | None:
    job = Job(queue="mail", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
    decision = Patiently().get_retry_decision(exception=OSError(), job=job)
    return decision and (decision.retry_at - timezone.now()).total_seconds()  # type: ignore[return-value,operator]


def test_each_wait_is_longer_up_to_six_hours_and_there_is_an_end() -> None:
    waits = [_wait(attempts) for attempts in range(2 * MAX_ATTEMPTS)]

    assert waits[:4] == pytest.approx([4, 16, 64, 256], abs=3)
    assert max(wait or 0 for wait in waits) <= LONGEST_WAIT.total_seconds()
    assert _wait(2 * MAX_ATTEMPTS) is None


def test_the_attempts_of_a_letter_span_the_better_part_of_a_day() -> None:
    hours = sum(_wait(attempts) or 0 for attempts in range(MAX_ATTEMPTS - 1)) / 3600

    assert 6 <= hours <= 24
