from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.models import Agreement
from agreements.rights import today
from agreements.selectors.deadlines import add_months, deadlines, due_by, next_due
from agreements.workflow.decision import record_review
from tests.factories import World, decide, end_agreement, make_world


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 4), 12, date(2027, 3, 4)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def due(world: World, day: date) -> list[tuple[str, date]]:
    agreements = Agreement.objects.filter(pk=world.agreement.pk).prefetch_related("annexes")
    return [(item.source, item.due) for item in deadlines(agreements, day)]


def test_a_picture_is_due_for_review_after_half_a_year_and_for_revision_after_one(world: World) -> None:
    decision = decide(world)
    day = decision.effective_from

    assert due(world, day) == [("R51", add_months(day, 6)), ("R41", add_months(day, 12))]


def test_a_review_without_change_moves_the_review_and_not_the_revision(world: World) -> None:
    day = decide(world).effective_from

    record_review(world.picture, reviewed_on=day, note="Står sig.", by=world.anna)

    assert due(world, day) == [("R51", add_months(day, 6)), ("R41", add_months(day, 12))]


def test_a_version_that_is_decided_and_not_yet_in_force_moves_what_is_due(world: World) -> None:
    first = decide(world).effective_from
    coming = first + timedelta(days=30)
    decide(world, effective_from=coming)

    assert due(world, first) == [("R51", add_months(coming, 6)), ("R41", add_months(coming, 12))]
    agreements = Agreement.objects.filter(pk=world.agreement.pk)
    assert due_by(agreements, first, add_months(coming, 6) - timedelta(days=1)) == []
    assert [item.due for item in due_by(agreements, first, add_months(coming, 6))] == [add_months(coming, 6)]


def test_what_was_decided_later_was_not_known_before(world: World) -> None:
    decide(world)

    assert due(world, today() - timedelta(days=1)) == []


def test_intervals_are_the_agreements_own(world: World) -> None:
    day = decide(world).effective_from
    world.agreement.situational_picture_months = 24
    world.agreement.save()

    assert ("R41", add_months(day, 24)) in due(world, day)


def test_nothing_decided_is_nothing_due(world: World) -> None:
    assert due(world, date(2030, 1, 1)) == []


@pytest.mark.parametrize(
    ("evaluated", "ends", "days"),
    [
        ("2026-05-01", None, ["2026-05-01"]),
        ("2026-02-01", None, ["2026-02-01"]),
        ("2026-05-01", "2026-04-01", ["2026-04-01", "2026-05-01"]),
        ("2026-05-01", "2026-06-01", ["2026-05-01", "2026-06-01"]),
        ("2026-05-01", "2026-03-02", []),
        (None, None, []),
    ],
)
def test_the_day_of_evaluation_is_due_in_an_agreement_that_goes_on(
    world: World, evaluated: str | None, ends: str | None, days: list[str]
) -> None:
    """On 3 March: the database finds what the rules say, what is late too."""
    day, horizon = date(2026, 3, 3), date(2026, 12, 31)
    agreements = Agreement.objects.filter(pk=world.agreement.pk)
    agreements.update(evaluated_on=evaluated, ends_on=ends)

    assert [item.due.isoformat() for item in deadlines(agreements, day)] == days
    assert [item.due.isoformat() for item in due_by(agreements, day, horizon)] == days
    ahead = next_due(agreements, day)
    assert (ahead.due.isoformat() if ahead else None) == next((found for found in days if found > "2026-03-03"), None)


def test_an_agreement_that_has_ended_is_not_late(world: World) -> None:
    day = decide(world).effective_from
    end_agreement(world, day)

    assert due(world, day + timedelta(days=500)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _time in range(number):
        decide(make_world())
    agreements = list(Agreement.objects.prefetch_related("annexes"))

    with django_assert_num_queries(2):
        deadlines(agreements, date(2026, 6, 1))


def test_the_database_finds_the_same_as_the_rules(world: World) -> None:
    """What it does not find would never be told to anybody."""
    Agreement.objects.filter(pk=world.agreement.pk).update(ends_on=today() + timedelta(days=700))
    for number in ("1", "3a", "4"):
        first = decide(world, number).effective_from
    revision = world.picture.revisions.get()
    world.picture.reviews.create(
        revision=revision, reviewed_on=first + timedelta(days=100), recorded_by=world.anna, note="Står sig."
    )
    agreements = Agreement.objects.filter(pk=world.agreement.pk)

    for days in (0, 100, 180, 223, 280, 284, 306, 365, 366, 640, 700, 701, 900):
        day = first + timedelta(days=days)
        horizon = day + timedelta(days=60)
        everything = deadlines(agreements, day)
        assert due_by(agreements, day, horizon) == [item for item in everything if item.due <= horizon]
        assert next_due(agreements, day) == next((item for item in everything if item.due >= day), None)


def test_what_has_ended_is_not_found_by_the_database(world: World) -> None:
    end_agreement(world, today() - timedelta(days=1))
    agreements = Agreement.objects.filter(pk=world.agreement.pk)

    assert due_by(agreements, today(), date(2100, 1, 1)) == []
    assert next_due(agreements, today()) is None
