from datetime import date

import pytest

from agreements.example.clock import Clock

WINTER, AUTUMN = Clock(date(2027, 1, 20)), Clock(date(2026, 11, 20))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, date(2026, 11, 20)),
        (1, date(2026, 11, 23)),
        (2, date(2026, 11, 23)),
        (3, date(2026, 11, 23)),
        (4, date(2026, 11, 24)),
    ],
)
def test_saturday_and_sunday_become_the_monday_after(days: int, expected: date) -> None:
    assert AUTUMN.day(days) == expected


def test_years_are_counted_from_the_coming_meeting() -> None:
    assert WINTER.fill("{Y} {Y-1} {Y+6}") == "2027 2026 2033"
    assert WINTER.at(-3).fill("{Y}") == "2024"


def test_plans_of_the_autumn_are_made_for_the_year_after() -> None:
    assert WINTER.fill("{P} {P+1}") == "2027 2028"
    assert AUTUMN.fill("{P} {P-1}") == "2027 2026"


def test_days_are_written_in_words() -> None:
    assert AUTUMN.fill("den {D-19}") == "den 2 november 2026"


def test_other_braces_are_left_alone() -> None:
    assert AUTUMN.fill("{X} {Y-} {}") == "{X} {Y-} {}"
