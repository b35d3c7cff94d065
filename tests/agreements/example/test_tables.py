from datetime import date

import pytest

from agreements.example.clock import Clock
from agreements.example.shapes import Group, HigherDecision, Version
from agreements.example.tables import build

CLOCK = Clock(date(2026, 11, 20))


def test_numbers_become_days_only_where_a_day_is_meant() -> None:
    row = {"key": "g", "kind": "working", "name": "Gruppen", "starts_on": -3, "seats": [
        {"key": "a", "function": "Chef", "priority": 2},
    ]}  # fmt: skip
    group = build(Group, row, CLOCK)
    assert group.starts_on == date(2026, 11, 17)
    assert group.seats[0].priority == 2


def test_a_row_with_a_year_counts_its_own_years() -> None:
    row = {
        "number": 1, "file": "f", "status": "decided", "submitted_on": -7, "submitted_by": "a",
        "proposed_decision": "Planen för {Y}", "year": -2, "consequences": {"kommun": "Under {Y-1}"},
    }  # fmt: skip
    version = build(Version, row, CLOCK)
    assert version.proposed_decision == "Planen för 2024"
    assert version.consequences == {"kommun": "Under 2023"}


def test_a_name_that_the_shape_does_not_have_is_an_error() -> None:
    with pytest.raises(TypeError, match="misspelt"):
        build(HigherDecision, {"misspelt": "x"}, CLOCK)
