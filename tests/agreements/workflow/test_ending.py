"""An annex ends by every party's word, by a decision that can end it, on a day that can be its last."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from agreements.models import Decision, Ending, EndingConfirmation, Party
from agreements.permissions import Role
from agreements.rights import today
from agreements.selectors.in_force import revision_in_force
from agreements.selectors.worklist import worklist
from agreements.workflow.ending import confirm_ending, dispute_ending, enter_ending, withdraw_ending
from samverkan.verdict import TransitionRefused
from tests.agreements.models.test_truths import sql, together
from tests.factories import (
    World,
    decide,
    decided_before,
    end,
    entered_ending,
    make_organisation,
    make_user,
    make_world,
    submit,
)
from tests.factories.agreements import seat_in
from tests.factories.removals import settle

DAY = timedelta(days=1)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(TransitionRefused) as refusal:
        call()
    return refusal.value.verdict.code


def confirmed_by_hand(world: World, ending: Ending) -> list[tuple[str, list[Any]]]:
    """The statements that say the police's yes and that the ending is in effect, and carry nothing out."""
    return [
        (
            "INSERT INTO agreements_endingconfirmation (ending_id, party_id, confirmed_at, confirmed_by_id) "
            "VALUES (%s, %s, now(), %s)",
            [ending.pk, world.polis.pk, world.police_coordinator.pk],
        ),
        ("UPDATE agreements_ending SET status = 'in_effect', closed_at = now(), closed_by_id = entered_by_id", []),
    ]


def enter(world: World, decision: Decision | None, ends_on: date) -> Ending:
    assert decision is not None
    return enter_ending(
        world.plan, ends_on=ends_on, because="Inte prioriterat.", decision=decision, by=world.coordinator
    )


def test_one_partys_word_ends_nothing_and_waits_for_the_other(world: World) -> None:
    ending = entered_ending(world, "3a", today() - DAY)

    world.plan.refresh_from_db()
    assert world.plan.ends_on is None
    assert revision_in_force(world.plan, today()) is not None
    assert ending.get_absolute_url() in {item.url for item in worklist(world.police_coordinator)}
    assert ending.get_absolute_url() not in {item.url for item in worklist(world.coordinator)}


@pytest.mark.parametrize("name", ["coordinator", "anna", "pia", "registrar", "cia", "nils"])
def test_only_a_coordinator_of_the_other_party_confirms_or_disputes(world: World, name: str) -> None:
    ending = entered_ending(world, "3a", today())
    user = getattr(world, name)

    assert code_of(lambda: confirm_ending(ending, by=user)) in ("own_entry", "not_coordinator")
    assert code_of(lambda: dispute_ending(ending, reason="Nej.", by=user)) in ("own_entry", "not_coordinator")


def test_the_other_partys_confirmation_lets_it_end(world: World) -> None:
    ending = entered_ending(world, "3a", today() - DAY)

    confirm_ending(ending, by=world.police_coordinator)

    world.plan.refresh_from_db()
    assert (world.plan.ends_on, world.plan.ended_by) == (today() - DAY, ending.decision)
    assert revision_in_force(world.plan, today()) is None
    assert world.plan.history.latest().history_change_reason == ending.because
    assert code_of(lambda: confirm_ending(ending, by=world.police_coordinator)) == "closed"


def test_a_disputed_end_leaves_the_annex_in_force_and_can_be_entered_anew(world: World) -> None:
    ending = entered_ending(world, "3a", today())
    assert code_of(lambda: dispute_ending(ending, reason=" ", by=world.police_coordinator)) == "reason_missing"
    assert code_of(lambda: enter(world, ending.decision, today())) == "already_entered"

    disputed = dispute_ending(ending, reason="Området är kvar.", by=world.police_coordinator)

    world.plan.refresh_from_db()
    assert (disputed.status, disputed.answer, world.plan.ends_on) == ("disputed", "Området är kvar.", None)
    enter(world, ending.decision, today())


def test_what_was_entered_is_taken_back_by_its_own_party(world: World) -> None:
    ending = entered_ending(world, "3a", today())

    assert code_of(lambda: withdraw_ending(ending, by=world.police_coordinator)) == "not_own_entry"
    assert withdraw_ending(ending, by=world.coordinator).status == "withdrawn"


def test_a_wrong_last_day_is_corrected_by_a_new_entry(world: World) -> None:
    end(world, "3a", today() - DAY)
    world.plan.refresh_from_db()
    decision = world.plan.ended_by
    assert decision is not None

    confirm_ending(enter(world, decision, today() + 30 * DAY), by=world.police_coordinator)

    world.plan.refresh_from_db()
    assert world.plan.ends_on == today() + 30 * DAY
    assert revision_in_force(world.plan, today()) is not None
    assert world.plan.endings.filter(status="in_effect").count() == 2


def test_a_decision_older_than_the_annexs_latest_version_cannot_end_it(world: World) -> None:
    older = decided_before(world, "1", today() - 40 * DAY)
    decided_before(world, "3a", today() - 30 * DAY)

    assert code_of(lambda: enter(world, older, today())) == "decision_too_old"
    enter(world, decide(world, "4"), today())


def test_another_agreements_decision_cannot_end_it(world: World) -> None:
    decided_before(world, "3a", today() - 30 * DAY)

    assert code_of(lambda: enter(world, decide(make_world(), "4"), today())) == "decision_too_old"


def test_it_does_not_end_before_its_decision_nor_before_its_latest_version_applies(world: World) -> None:
    decision = decide(world, "3a", effective_from=today() + 10 * DAY)

    assert code_of(lambda: enter(world, decision, today() - DAY)) == "before_decision"
    assert code_of(lambda: enter(world, decision, today() + 9 * DAY)) == "before_start"
    enter(world, decision, today() + 10 * DAY)


def test_an_annex_with_a_version_on_its_way_does_not_end(world: World) -> None:
    ending = entered_ending(world, "3a", today())
    submit(world, "3a")

    assert code_of(lambda: confirm_ending(ending, by=world.police_coordinator)) == "on_its_way"


def test_what_was_never_decided_does_not_end(world: World) -> None:
    assert code_of(lambda: enter(world, decide(world, "4"), today())) == "not_decided"


def a_region_as_third_party(world: World) -> Party:
    """A party more, for which the police's coordinator speaks too."""
    region = Party.objects.create(
        agreement=world.agreement, organisation=make_organisation("Region Prov"), defined_term="Regionen", position=3
    )
    seat_in(world.agreement, Role.COORDINATOR, world.police_coordinator, region)
    return region


def test_nobody_confirms_an_end_for_two_parties(world: World) -> None:
    ending = entered_ending(world, "3a", today())
    settle()
    region = a_region_as_third_party(world)
    confirm_ending(ending, by=world.police_coordinator)

    assert code_of(lambda: confirm_ending(ending, by=world.police_coordinator)) == "already_confirmed"
    assert code_of(lambda: dispute_ending(ending, reason="Nej.", by=world.police_coordinator)) == "already_confirmed"
    with pytest.raises(IntegrityError, match="nobody_confirms_for_two_parties"), transaction.atomic():
        EndingConfirmation.objects.create(ending=ending, party=region, confirmed_by=world.police_coordinator)

    colleague = make_user("Samordnare region")
    seat_in(world.agreement, Role.COORDINATOR, colleague, region)
    assert confirm_ending(ending, by=colleague).status == "in_effect"


def test_a_party_that_has_confirmed_an_end_is_not_told_that_it_entered_it(world: World) -> None:
    ending = entered_ending(world, "3a", today())
    settle()
    Party.objects.create(
        agreement=world.agreement, organisation=make_organisation("Region Prov"), defined_term="Regionen", position=3
    )
    colleague = make_user("Samordnare polis två")
    seat_in(world.agreement, Role.COORDINATOR, colleague, world.polis)
    confirm_ending(ending, by=world.police_coordinator)

    assert code_of(lambda: confirm_ending(ending, by=colleague)) == "already_confirmed"
    assert code_of(lambda: confirm_ending(ending, by=world.coordinator)) == "own_entry"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreements_annex SET ends_on = current_date, ended_by_id = {decision} WHERE id = {annex}",
        "UPDATE agreements_ending SET status = 'in_effect', closed_at = now(), closed_by_id = entered_by_id",
        "UPDATE agreements_ending SET ends_on = ends_on + 1",
        "DELETE FROM agreements_ending",
        "TRUNCATE agreements_ending CASCADE",
        "INSERT INTO agreements_endingconfirmation (ending_id, party_id, confirmed_at, confirmed_by_id) "
        "SELECT id, party_id, now(), entered_by_id FROM agreements_ending",
        "INSERT INTO agreements_endingconfirmation (ending_id, party_id, confirmed_at, confirmed_by_id) "
        "SELECT id, {other}, now(), entered_by_id FROM agreements_ending",
        "INSERT INTO agreements_endingconfirmation (ending_id, party_id, confirmed_at, confirmed_by_id) "
        "SELECT id, {other}, now(), {nobody} FROM agreements_ending",
    ],
)
def test_raw_sql_does_not_let_an_annex_end_by_one_partys_word(world: World, statement: str) -> None:
    ending = entered_ending(world, "3a", today())
    names = {
        "decision": ending.decision_id, "annex": ending.annex_id, "other": world.polis.pk, "nobody": world.nils.pk,
    }  # fmt: skip

    with pytest.raises(IntegrityError):
        sql(statement.format(**names))


@pytest.mark.parametrize("last_day", ["'2031-01-01', ended_by_id = ended_by_id", "NULL, ended_by_id = NULL"])
def test_raw_sql_does_not_change_the_last_day_that_was_confirmed(world: World, last_day: str) -> None:
    end(world, "3a", today())

    with pytest.raises(IntegrityError, match="parties have confirmed"):
        sql(f"UPDATE agreements_annex SET ends_on = {last_day} WHERE number = '3a' AND ends_on IS NOT NULL")


def test_raw_sql_does_not_leave_a_confirmed_end_undone(world: World) -> None:
    ending = entered_ending(world, "3a", today())

    with pytest.raises(IntegrityError, match="carried out"):
        together(*confirmed_by_hand(world, ending))


@pytest.mark.parametrize("meanwhile", [submit, decide])
def test_raw_sql_does_not_let_an_end_come_true_that_no_longer_can(
    world: World, meanwhile: Callable[[World, str], object]
) -> None:
    ending = entered_ending(world, "3a", today())
    meanwhile(world, "3a")

    with pytest.raises(IntegrityError, match="cannot come true any more"):
        together(*confirmed_by_hand(world, ending))


CLOSED = "UPDATE agreements_ending SET status = %s, closed_at = now(), closed_by_id = %s, answer = 'x'"


@pytest.mark.parametrize(
    ("status", "name"),
    [("disputed", "coordinator"), ("withdrawn", "police_coordinator"), ("disputed", "nils"), ("withdrawn", "anna")],
)
def test_raw_sql_does_not_dispute_or_withdraw_an_end_with_anothers_word(world: World, status: str, name: str) -> None:
    entered_ending(world, "3a", today())

    with pytest.raises(IntegrityError, match="not a coordinator of that party"):
        sql(CLOSED, status, getattr(world, name).pk)


@pytest.mark.parametrize(("status", "name"), [("disputed", "police_coordinator"), ("withdrawn", "coordinator")])
def test_an_end_is_disputed_or_withdrawn_with_the_word_of_the_right_party(world: World, status: str, name: str) -> None:
    ending = entered_ending(world, "3a", today())

    sql(CLOSED, status, getattr(world, name).pk)

    ending.refresh_from_db()
    assert ending.status == status


@pytest.mark.parametrize("day", ["current_date - 31", "current_date - 1000"])
def test_raw_sql_does_not_enter_an_end_before_the_annex_applied(world: World, day: str) -> None:
    decision = decided_before(world, "3a", today() - 30 * DAY)

    with pytest.raises(IntegrityError, match="cannot end the annex"):
        sql(
            "INSERT INTO agreements_ending (annex_id, decision_id, ends_on, because, party_id, entered_at, "
            f"entered_by_id, status, answer) VALUES (%s, %s, {day}, 'x', %s, now(), %s, 'entered', '')",
            world.plan.pk, decision.pk, world.kommun.pk, world.coordinator.pk,
        )  # fmt: skip
