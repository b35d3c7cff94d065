"""By when an answer on the parts of a matter is wanted: said alike on its page, in its print and in Mitt arbete."""

from datetime import date, timedelta

import pytest
from django.utils.formats import date_format

from agreements.models import Matter, Proposal
from agreements.pdf.matter import printed_matter
from agreements.pdf.sheets import matter_sheets
from agreements.rights import today
from agreements.selectors.matter import answers_wanted, parts_of
from agreements.selectors.work_on_proposals import before_the_steering_group
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.revision import submit_matter
from tests.factories import World, answered, as_, drive

SOON, LATER = (timedelta(days=days) for days in (9, 40))


def part(matter: Matter, number: str) -> Proposal:
    return matter.proposals.get(annex__number=number)


def told(day: date) -> str:
    return date_format(day, "j F Y")


@pytest.fixture
def matter(world: World) -> Matter:
    """Two parts before the steering group, an answer wanted in nine days; then one is postponed."""
    submissions = [answered(world.picture), answered(world.plan)]
    matter = submit_matter(submissions, title="Våren", answer_wanted_by=today() + SOON, by=world.coordinator)
    for proposal in matter.proposals.all():
        drive(world, proposal, ProposalStatus.PROPOSED)
    return matter


def postpone(world: World, matter: Matter, *numbers: str) -> None:
    for number in numbers:
        moves.postpone(part(matter, number), by=world.anna, reason="Siffror saknas.", until=today() + LATER)


@pytest.mark.parametrize(
    ("postponed", "wanted"),
    [
        ((), [(SOON, "")]),
        (("1",), [(SOON, "Bilaga 3a"), (LATER, "Bilaga 1")]),
        (("1", "3a"), [(LATER, "")]),
    ],
)
def test_the_day_that_holds_is_the_parts_own(
    world: World, matter: Matter, postponed: tuple[str, ...], wanted: list[tuple[timedelta, str]]
) -> None:
    postpone(world, matter, *postponed)

    assert answers_wanted(parts_of(matter)) == [(today() + days, labels) for days, labels in wanted]


def test_nothing_is_wanted_of_a_part_that_came_back(world: World, matter: Matter) -> None:
    postpone(world, matter, "3a")
    moves.refer_back(part(matter, "1"), by=world.anna, reason="Siffror saknas.")

    assert answers_wanted(parts_of(matter)) == [(today() + LATER, "")]
    moves.withdraw(part(matter, "3a"), by=world.coordinator)
    assert answers_wanted(parts_of(matter)) == []


def test_a_part_without_a_day_is_not_given_the_others(world: World, matter: Matter) -> None:
    wanted = part(matter, "1")
    wanted.answer_wanted_by = None
    wanted.save()

    assert answers_wanted(parts_of(matter)) == [(today() + SOON, "Bilaga 3a")]


def test_the_page_the_print_and_mitt_arbete_say_the_day_that_holds(world: World, matter: Matter) -> None:
    postpone(world, matter, "1", "3a")

    page = as_(world.anna).get(matter.get_absolute_url()).content.decode()
    cover = next(iter(matter_sheets(printed_matter(matter)))).html
    (row,) = before_the_steering_group(world.anna)

    assert f"Svar önskas senast {told(today() + LATER)}." in page
    assert told(today() + LATER) in cover
    assert (row.due, row.detail) == (today() + LATER, "Bilaga 1, Bilaga 3a")
    assert not any(told(today() + SOON) in text for text in (page, cover))


@pytest.mark.parametrize("number", ["1", "3a"])
def test_where_the_parts_days_differ_each_is_shown(world: World, matter: Matter, number: str) -> None:
    postpone(world, matter, number)
    (other,) = {"1", "3a"} - {number}

    page = as_(world.anna).get(matter.get_absolute_url()).content.decode()
    cover = next(iter(matter_sheets(printed_matter(matter)))).html
    (row,) = before_the_steering_group(world.anna)

    days = {number: told(today() + LATER), other: told(today() + SOON)}
    for label, day in days.items():
        assert f"Bilaga {label}: svar önskas senast {day}." in page
        assert f"{day} (Bilaga {label})" in cover
    assert (row.due, row.detail) == (
        today() + SOON, f"Bilaga 1 senast {days['1']}, Bilaga 3a senast {days['3a']}",
    )  # fmt: skip
