from datetime import timedelta

import pytest

from agreements.models import Annex, Decision
from agreements.rights import today
from agreements.selectors.annexes import in_force_decision, standing_code
from agreements.selectors.in_force import Standing, revision_in_force, standings
from tests.factories import World, decide, end_agreement

DAY = timedelta(days=1)


def standing(world: World, number: str = "1", days: int = 0) -> Standing:
    """How the annex stands so many days from today."""
    (found,) = (row for row in standings(world.agreement, today() + days * DAY) if row.annex.number == number)
    return found


def test_an_annex_is_in_force_until_the_last_day_of_its_agreement_and_not_after_it(world: World) -> None:
    decision = decide(world)
    end_agreement(world, today())
    annex = Annex.objects.get(pk=world.picture.pk)

    assert standing(world).decision == decision
    assert revision_in_force(annex, today()) == decision.revision
    after = standing(world, days=1)
    assert (after.decision, after.has_ended) == (None, True)
    assert revision_in_force(annex, today() + DAY) is None
    assert in_force_decision(annex, today() + DAY) is None
    assert standing_code(Decision.objects.get().revision, today() + DAY) == "ended"


def test_what_was_never_in_force_does_not_end(world: World) -> None:
    world.agreement.ends_on = today() - DAY
    world.agreement.save()

    assert not standing(world).has_ended


@pytest.mark.parametrize(("days", "is_known"), [(-1, False), (0, True), (4, True), (5, False)])
def test_what_is_to_come_is_told_from_the_day_of_its_decision_until_it_is_in_force(
    world: World, days: int, is_known: bool
) -> None:
    decide(world, effective_from=today() + 5 * DAY)

    assert (standing(world, days=days).coming is not None) is is_known


@pytest.mark.parametrize(("last", "is_told"), [(4, False), (5, True)])
def test_what_would_apply_only_after_the_last_day_is_not_told_as_coming(world: World, last: int, is_told: bool) -> None:
    decide(world)
    decide(world, "3a", effective_from=today() + 5 * DAY)
    end_agreement(world, today() + last * DAY)

    assert (standing(world, "3a").coming is not None) is is_told


def test_a_text_in_force_is_called_what_it_calls_itself(world: World) -> None:
    decide(world)
    world.picture.title = "Ett nytt namn i listan"
    world.picture.save()

    assert standing(world).title == "Gemensam lokal lägesbild"
