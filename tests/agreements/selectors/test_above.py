"""The annex that follows the overarching agreement: by what the agreement rested on on the day, until that one ends."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.models import Agreement, Annex, Decision
from agreements.pdf.filling import printed_agreement
from agreements.rights import today
from agreements.selectors.agreements import Filter, listed_agreements, parent_warning, rows_of
from agreements.selectors.annexes import in_force_decision, reading_for
from agreements.selectors.as_it_was import as_it_was
from agreements.selectors.in_force import Standing, numbers_in_force, standings
from agreements.states import AnnexKind, FixedBy
from tests.factories import World, as_, decided_before, end_agreement, make_world
from tests.factories.agreements import make_annex
from tests.factories.history import known_since, moment, written

DAY = timedelta(days=1)
CHANGED = 10 * DAY


def make_above(title: str) -> World:
    """An overarching agreement whose text is in force since a month."""
    above = make_world(level="overarching", title=title, fixing_rules={AnnexKind.AGREEMENT_TEXT: FixedBy.DECISION})
    decided_before(above, "0", today() - 30 * DAY)
    return above


@pytest.fixture
def above(db: None) -> World:
    return make_above("Övergripande överenskommelse Prov")


@pytest.fixture
def annex(world: World) -> Annex:
    """Of an agreement that rests on nothing yet."""
    return make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")


def rest_on(world: World, parent: Agreement) -> None:
    world.agreement.parent = parent
    world.agreement.save()


def standing(world: World, day: date) -> Standing:
    (found,) = (row for row in standings(world.agreement, day) if row.annex.number == "5")
    return found


def said_everywhere(world: World, annex: Annex, day: date) -> Decision | None:
    """What annex 5 says on ``day``, which its own page, the agreement's and the print say alike."""
    shown = standing(world, day).shown
    assert in_force_decision(Annex.objects.get(pk=annex.pk), day) == shown
    printed = printed_agreement(world.agreement, day)
    hashes = {row.number: row.short_hash for row in printed.annexes} if printed else {}
    assert hashes.get("5") == (shown.revision.short_hash if shown else None)
    return shown


def test_what_it_comes_to_rest_on_is_in_force_from_that_day_and_not_before(
    world: World, annex: Annex, above: World
) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    known_since(today() - 40 * DAY)
    written(world.agreement, moment(today() - CHANGED), parent=above.agreement)

    found = {days: said_everywhere(world, annex, today() - days * DAY) for days in (0, 1, 10, 11)}

    text = above.text.decisions.get()
    assert found == {0: text, 1: text, 10: text, 11: None}


def test_on_a_past_day_the_parent_of_that_day_is_followed_and_named(world: World, annex: Annex, above: World) -> None:
    second = make_above("Övergripande överenskommelse Två")
    rest_on(world, above.agreement)
    known_since(today() - 40 * DAY)
    written(world.agreement, moment(today() - CHANGED), parent=second.agreement)
    client = as_(world.coordinator)

    for days, one, other in ((11, above, second), (10, second, above), (0, second, above)):
        day = today() - days * DAY
        assert said_everywhere(world, annex, day) == one.text.decisions.get()
        assert as_it_was(world.agreement, day).agreement.parent_id == one.agreement.pk
        page = client.get(f"{world.agreement.get_absolute_url()}?den={day}").content.decode()
        assert one.agreement.title in page
        assert other.agreement.title not in page


def test_the_warning_of_a_past_day_is_about_the_parent_of_that_day(world: World, above: World) -> None:
    draft = make_world(level="overarching")
    rest_on(world, draft.agreement)
    known_since(today() - 40 * DAY)
    written(world.agreement, moment(today() - CHANGED), parent=above.agreement)
    client = as_(world.coordinator)

    def warning(days: int) -> str:
        day = today() - days * DAY
        return str(client.get(f"{world.agreement.get_absolute_url()}?den={day}").context["warning"])

    assert "gäller inte" in warning(11)
    assert (warning(10), warning(0)) == ("", "")


def test_annex_5_is_in_force_until_the_last_day_of_the_agreement_above_and_not_after_it(
    world: World, annex: Annex, above: World
) -> None:
    rest_on(world, above.agreement)
    decided_before(world, "1", today() - 30 * DAY)
    last = today() - 3 * DAY
    end_agreement(above, last)
    known_since(today() - 40 * DAY)

    assert said_everywhere(world, annex, last) == above.text.decisions.get()
    assert not standing(world, last).has_ended
    for day in (last + DAY, today()):
        assert said_everywhere(world, annex, day) is None
        after = standing(world, day)
        assert (after.has_ended, after.last_day) == (True, last)
    others = {row.annex.number: row.has_ended for row in standings(world.agreement, today())}
    assert others == {"0": False, "1": False, "3a": False, "4": False, "5": True}, "nothing else ends by it"
    assert "har upphört" in parent_warning(Agreement.objects.get(pk=world.agreement.pk), today())


def test_what_was_followed_is_read_as_ended(world: World, annex: Annex, above: World) -> None:
    rest_on(world, above.agreement)
    end_agreement(above, today() - DAY)

    for user in (world.reader, world.coordinator):
        reading = reading_for(user, Annex.objects.get(pk=annex.pk), today())
        assert reading is not None
        assert (reading.decision, reading.status) == (above.text.decisions.get(), "ended")
    page = as_(world.reader).get(world.agreement.get_absolute_url()).content.decode()
    assert f"Följer {above.agreement.title}" not in page
    assert as_(world.reader).get(annex.get_absolute_url()).status_code == 200


def test_a_text_of_its_own_stands_whatever_ends_above(world: World, annex: Annex, above: World) -> None:
    world.annexes["5"] = annex
    own = decided_before(world, "5", today() - 30 * DAY)
    rest_on(world, above.agreement)
    end_agreement(above, today() - DAY)

    assert said_everywhere(world, annex, today()) == own
    assert not standing(world, today()).has_ended


def in_force(world: World) -> int:
    found = listed_agreements(world.coordinator, Filter(), today())
    return next(row.in_force for row in rows_of(found, world.coordinator, today()) if row.agreement == world.agreement)


@pytest.mark.parametrize(("days", "number"), [(None, 2), (0, 2), (-1, 1)])
def test_the_list_counts_annex_5_while_the_agreement_above_is_in_force(
    world: World, annex: Annex, above: World, days: int | None, number: int
) -> None:
    rest_on(world, above.agreement)
    decided_before(world, "1", today() - 30 * DAY)
    if days is not None:
        end_agreement(above, today() + days * DAY)

    assert in_force(world) == number


def test_the_list_counts_no_annex_of_an_agreement_that_has_ended(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    assert in_force(world) == 1
    end_agreement(world, today() - DAY)

    assert in_force(world) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_for_the_texts_above_once(
    world: World, above: World, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    worlds = [world, *(make_world() for _ in range(number - 1))]
    for each in worlds:
        make_annex(each.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
        rest_on(each, above.agreement)
    rows = list(Agreement.objects.filter(pk__in=[each.agreement.pk for each in worlds]).prefetch_related("annexes"))

    with django_assert_num_queries(2):
        found = numbers_in_force(rows, today())
    assert found == {each.agreement.pk: 1 for each in worlds}
