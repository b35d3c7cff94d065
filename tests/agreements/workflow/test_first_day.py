"""An agreement begins no later than its text has been decided to apply: else one party alone could end it by a date."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from agreements.models import Agreement
from agreements.rights import today
from agreements.states import AnnexKind
from agreements.workflow.agreement import change_agreement
from tests.agreements.models.test_truths import sql
from tests.agreements.views.test_settings import settings_data
from tests.agreements.workflow.test_ending import code_of
from tests.factories import World, as_, decide, make_world, submit

DAY = timedelta(days=1)


@pytest.fixture
def decided(db: None) -> World:
    """Its text applies from today."""
    world = make_world(fixing_rules={AnnexKind.AGREEMENT_TEXT.value: "decision"})
    decide(world, "0", effective_from=today())
    return world


def begin(world: World, day: date | None) -> date | None:
    change_agreement(world.agreement, {"starts_on": day}, reason="rätt dag", by=world.coordinator)
    return Agreement.objects.get(pk=world.agreement.pk).starts_on


def test_its_first_day_is_free_until_its_text_has_been_decided(world: World) -> None:
    decide(world, "1")

    assert begin(world, today() + 30 * DAY) == today() + 30 * DAY


@pytest.mark.parametrize("days", [-30, 0])
def test_then_it_may_be_that_of_the_text_or_earlier_or_none(decided: World, days: int) -> None:
    assert begin(decided, today() + days * DAY) == today() + days * DAY
    assert begin(decided, None) is None


def test_a_later_one_is_refused_and_told_on_its_field(decided: World) -> None:
    was = begin(decided, today() - DAY)
    assert code_of(lambda: begin(decided, today() + DAY)) == "text_applies"

    url = reverse("agreements:agreement_edit", args=[decided.agreement.slug])
    tomorrow = (today() + DAY).isoformat()
    bad = as_(decided.coordinator).post(url, settings_data(decided, **{"avtal-starts_on": tomorrow}))

    assert bad.status_code == 422
    [said] = bad.context["form"].errors["starts_on"]
    assert said.startswith("Texten gäller från ")
    assert Agreement.objects.get(pk=decided.agreement.pk).starts_on == was


def test_it_stays_while_the_text_lies_before_those_who_fix_it(world: World) -> None:
    submit(world, "1")
    assert begin(world, today()) == today(), "another text on its way is no hindrance"
    submit(world, "0")

    assert code_of(lambda: begin(world, today() + 30 * DAY)) == "on_its_way"


def test_the_database_refuses_a_later_one_too(decided: World) -> None:
    change = "UPDATE agreements_agreement SET starts_on = %s WHERE id = %s"
    sql(change, today(), decided.agreement.pk)

    with pytest.raises(IntegrityError, match="begins no later than its text"):
        sql(change, today() + DAY, decided.agreement.pk)
