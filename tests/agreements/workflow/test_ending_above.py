"""What there is to do under an overarching agreement that ends."""

from datetime import date, timedelta

import pytest

from agreements.models import Annex, Ending, Task
from agreements.rights import today
from agreements.selectors.worklist import worklist
from agreements.states import AnnexKind, FixedBy
from agreements.workflow.ending import dispute_ending
from tests.factories import World, decided_before, end, end_agreement, entered_last_day, make_world
from tests.factories.agreements import make_annex

DAY = timedelta(days=1)
Ground = Ending.Ground


@pytest.fixture
def above(db: None) -> World:
    """An overarching agreement whose text is in force since a month."""
    above = make_world(level="overarching", fixing_rules={AnnexKind.AGREEMENT_TEXT: FixedBy.DECISION})
    decided_before(above, "0", today() - 30 * DAY)
    return above


def resting(world: World, above: World) -> Annex:
    """Annex 5 of an agreement that rests on the one above."""
    annex = with_annex_5(world)
    rest(world, above)
    return annex


def with_annex_5(world: World) -> Annex:
    world.annexes["5"] = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    return world.annexes["5"]


def rest(world: World, above: World) -> None:
    world.agreement.parent = above.agreement
    world.agreement.save()


def to_do() -> list[Task]:
    return list(Task.objects.filter(kind=Task.Kind.PARENT_ENDS, done_at=None))


@pytest.mark.parametrize("last", [today() + 30 * DAY, today() - DAY], ids=["to come", "passed"])
def test_the_coordinators_under_it_get_a_task_on_annex_5(world: World, above: World, last: date) -> None:
    annex, _beside = resting(world, above), make_world()
    make_annex(_beside.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    ending = entered_last_day(above, last)
    assert to_do() == [], "one party's word ends nothing"
    dispute_ending(ending, reason="Inte uppsagt.", by=above.police_coordinator)
    assert to_do() == []

    end_agreement(above, last)

    [task] = to_do()
    assert (task.agreement, task.annex, task.decision) == (world.agreement, annex, above.text.decisions.get())
    what = "Den övergripande samverkansöverenskommelsen upphör"
    for user, waits in ((world.coordinator, True), (world.police_coordinator, True), (world.anna, False)):
        items = {(str(item.what), item.url) for item in worklist(user)}
        assert ((what, annex.get_absolute_url()) in items) is waits


def test_what_has_ended_itself_has_nothing_to_do(world: World, above: World) -> None:
    resting(world, above)
    end_agreement(world, today() - DAY)

    end_agreement(above, today())

    assert to_do() == []


def test_an_annex_5_that_has_ended_has_nothing_to_do(world: World, above: World) -> None:
    with_annex_5(world)
    end(world, "5", today() - DAY)
    rest(world, above)

    end_agreement(above, today())

    assert to_do() == []


def test_an_annex_that_ends_above_asks_for_nothing(world: World, above: World) -> None:
    resting(world, above)

    end(above, "3a", today())

    assert to_do() == []


def test_a_corrected_day_asks_once_and_going_on_until_further_notice_is_the_end_of_it(
    world: World, above: World
) -> None:
    resting(world, above)
    end_agreement(above, today() + 30 * DAY)
    first = to_do()
    end_agreement(above, today() + 20 * DAY)
    assert to_do() == first
    end_agreement(above, today() + 60 * DAY, Ground.PROLONGED)
    assert to_do() == first, "it still ends"

    end_agreement(above, None, Ground.CALLED_OFF)

    assert to_do() == []
    assert Task.objects.get(pk=first[0].pk).done_by == above.police_coordinator
