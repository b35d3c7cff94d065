"""A whole agreement ends, is prolonged or goes on after all by every party's word, and so does an annex."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from agreements.models import Ending
from agreements.rights import today
from agreements.selectors.exports import agreement_export
from agreements.selectors.history import agreement_history
from agreements.selectors.in_force import standings
from agreements.selectors.waiting import waiting_for
from agreements.selectors.worklist import worklist
from agreements.workflow.agreement import change_agreement
from agreements.workflow.ending import (
    call_off_ending,
    confirm_ending,
    dispute_ending,
    enter_last_day,
    withdraw_ending,
)
from tests.agreements.models.test_truths import sql, together
from tests.agreements.workflow.test_ending import code_of, confirmed_by_hand
from tests.factories import World, decide, decided_before, end, end_agreement, entered_last_day, make_world, submit

DAY = timedelta(days=1)
Ground = Ending.Ground
MONTH_AGO = timedelta(days=30)


def last_day(world: World) -> date | None:
    world.agreement.refresh_from_db()
    return world.agreement.ends_on


def test_one_partys_word_ends_no_agreement_and_waits_for_the_other(world: World) -> None:
    ending = entered_last_day(world, today() - DAY)

    assert last_day(world) is None
    assert [row.has_ended for row in standings(world.agreement, today()) if row.annex.number == "1"] == [False]
    waits = {item.url: str(item.what) for item in worklist(world.police_coordinator)}
    assert waits[ending.get_absolute_url()] == f"Bekräfta att {world.agreement} upphör"
    assert ending.get_absolute_url() not in {item.url for item in worklist(world.coordinator)}
    assert ending.get_absolute_url() in {row.url for row in waiting_for(world.coordinator)}


def test_the_other_partys_confirmation_ends_the_agreement(world: World) -> None:
    ending = entered_last_day(world, today() - DAY)

    confirm_ending(ending, by=world.police_coordinator)

    assert last_day(world) == today() - DAY
    assert [row.has_ended for row in standings(world.agreement, today()) if row.annex.number == "1"] == [True]
    assert world.agreement.history.latest().history_change_reason == "en part har sagt upp"
    assert code_of(lambda: confirm_ending(ending, by=world.police_coordinator)) == "closed"


@pytest.mark.parametrize("name", ["coordinator", "anna", "pia", "registrar", "cia", "nils"])
def test_only_a_coordinator_of_the_other_party_answers(world: World, name: str) -> None:
    ending = entered_last_day(world, today())
    user = getattr(world, name)

    assert code_of(lambda: confirm_ending(ending, by=user)) in ("own_entry", "not_coordinator")
    assert code_of(lambda: dispute_ending(ending, reason="Nej.", by=user)) in ("own_entry", "not_coordinator")


@pytest.mark.parametrize("name", ["anna", "registrar", "cia", "nils"])
def test_only_a_coordinator_enters_it(world: World, name: str) -> None:
    decided_before(world, "1", today() - MONTH_AGO)
    by = getattr(world, name)

    refusal = code_of(
        lambda: enter_last_day(world.agreement, ground="terminated", ends_on=today(), because="Nej.", by=by)
    )

    assert refusal == "not_coordinator"


def test_a_disputed_end_and_one_taken_back_leave_the_agreement_as_it_was(world: World) -> None:
    disputed = entered_last_day(world, today())
    assert code_of(lambda: dispute_ending(disputed, reason=" ", by=world.police_coordinator)) == "reason_missing"
    assert code_of(lambda: entered_last_day(world, today())) == "already_entered"
    dispute_ending(disputed, reason="Inte uppsagt.", by=world.police_coordinator)
    taken_back = entered_last_day(world, today())
    assert code_of(lambda: withdraw_ending(taken_back, by=world.police_coordinator)) == "not_own_entry"
    withdraw_ending(taken_back, by=world.coordinator)

    assert last_day(world) is None
    entered_last_day(world, today())


@pytest.mark.parametrize("days", [31, 10_000])
def test_an_agreement_does_not_end_before_it_began(world: World, days: int) -> None:
    decided_before(world, "1", today() - MONTH_AGO)

    assert code_of(lambda: entered_last_day(world, today() - days * DAY)) == "before_start"
    assert code_of(lambda: entered_last_day(world, None)) == "no_day"


def test_an_agreement_of_which_nothing_has_been_decided_gets_its_last_day_in_the_settings(world: World) -> None:
    def enter() -> Ending:
        return enter_last_day(
            world.agreement, ground="terminated", ends_on=today(), because="Nej.", by=world.coordinator
        )

    assert code_of(enter) == "not_decided"
    change_agreement(world.agreement, {"ends_on": date(2031, 5, 1)}, reason="Avtalstid.", by=world.coordinator)
    assert last_day(world) == date(2031, 5, 1)


def test_one_party_does_not_change_the_last_day_of_what_has_been_decided(world: World) -> None:
    def change(title: str, ends_on: date) -> object:
        facts = {"title": title, "ends_on": ends_on}
        return change_agreement(world.agreement, facts, reason="Nej.", by=world.coordinator)

    submit(world, "0")
    assert code_of(lambda: change("Ny", today())) == "on_its_way"
    decide(world, "1")
    assert code_of(lambda: change("Ny", today())) == "decided"
    end_agreement(world, today() + DAY)
    assert code_of(lambda: change("Ny", today())) == "decided"
    assert change("Ny", today() + DAY) == world.agreement


def test_what_is_prolonged_gets_a_later_day_or_none(world: World) -> None:
    assert code_of(lambda: entered_last_day(world, None, Ground.PROLONGED)) == "no_end"
    end_agreement(world, today() - DAY, Ground.EXPIRED)
    assert code_of(lambda: entered_last_day(world, today() - DAY, Ground.PROLONGED)) == "not_later"

    end_agreement(world, today() + 365 * DAY, Ground.PROLONGED)
    assert last_day(world) == today() + 365 * DAY
    end_agreement(world, None, Ground.PROLONGED)
    assert last_day(world) is None


def test_an_end_to_come_is_called_off_by_every_partys_word_and_one_that_came_is_not(world: World) -> None:
    end_agreement(world, today())
    ending = entered_last_day(world, None, Ground.CALLED_OFF)
    assert last_day(world) == today()
    confirm_ending(ending, by=world.police_coordinator)
    assert last_day(world) is None

    end_agreement(world, today() - DAY)
    assert code_of(lambda: entered_last_day(world, None, Ground.CALLED_OFF)) == "has_ended"


def test_an_annexs_end_to_come_is_called_off_and_one_that_came_is_not(world: World) -> None:
    end(world, "3a", today())
    world.plan.refresh_from_db()
    ending = call_off_ending(world.plan, because="Området är kvar.", by=world.coordinator)
    again = code_of(lambda: call_off_ending(world.plan, because="Ja.", by=world.police_coordinator))
    assert again == "already_entered"
    confirm_ending(ending, by=world.police_coordinator)
    world.plan.refresh_from_db()
    assert (world.plan.ends_on, world.plan.ended_by, world.plan.ended_because) == (None, None, "")
    assert code_of(lambda: call_off_ending(world.plan, because="Ja.", by=world.coordinator)) == "no_end"

    end(world, "4", today() - DAY)
    world.communication.refresh_from_db()
    assert code_of(lambda: call_off_ending(world.communication, because="Ja.", by=world.coordinator)) == "has_ended"


@pytest.mark.parametrize("name", ["anna", "registrar", "bo", "cia", "nils"])
def test_only_a_coordinator_calls_off(world: World, name: str) -> None:
    end(world, "3a", today())
    world.plan.refresh_from_db()

    refusal = code_of(lambda: call_off_ending(world.plan, because="Nej.", by=getattr(world, name)))

    assert refusal == "not_coordinator"


def test_the_history_and_the_export_tell_who_said_what(world: World) -> None:
    ending = end_agreement(world, today())
    what = f"Upphörande av {world.agreement}, sista dag"

    told = [(event.who, str(event.what)) for event in agreement_history(world.agreement, world.anna).events]
    assert [line[0] for line in told if line[1].startswith(f"Infört: {what}")] == [f"Samordnare kommun, {world.kommun}"]
    assert [line[0] for line in told if line[1].startswith(f"Bekräftat: {what}")] == [
        f"Samordnare polis, {world.polis}"
    ]
    exported = agreement_export(world.agreement, today())
    assert exported["ends_on"] == today().isoformat()
    [row] = exported["endings"]
    assert (row["annex"], row["ground"], row["ends_on"]) == (None, "terminated", today().isoformat())
    assert (row["entered_by"], row["confirmed_by"]) == (str(world.kommun), [str(world.polis)])
    assert row["because"] == ending.because


def test_what_only_one_party_says_is_not_exported(world: World) -> None:
    entered_last_day(world, today())

    assert agreement_export(world.agreement, today())["endings"] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreements_agreement SET ends_on = current_date WHERE id = {agreement}",
        "UPDATE agreements_ending SET status = 'in_effect', closed_at = now(), closed_by_id = entered_by_id",
        "UPDATE agreements_ending SET ends_on = ends_on + 1",
        "INSERT INTO agreements_endingconfirmation (ending_id, party_id, confirmed_at, confirmed_by_id) "
        "SELECT id, {other}, now(), entered_by_id FROM agreements_ending",
        "INSERT INTO agreements_endingconfirmation (ending_id, party_id, confirmed_at, confirmed_by_id) "
        "SELECT id, {other}, now(), {nobody} FROM agreements_ending",
    ],
)
def test_raw_sql_does_not_let_an_agreement_end_by_one_partys_word(world: World, statement: str) -> None:
    entered_last_day(world, today())
    names = {"agreement": world.agreement.pk, "other": world.polis.pk, "nobody": world.nils.pk}

    with pytest.raises(IntegrityError):
        sql(statement.format(**names))


@pytest.mark.parametrize("day", ["NULL", "'2099-01-01'"])
def test_raw_sql_does_not_change_the_last_day_that_was_confirmed(world: World, day: str) -> None:
    end_agreement(world, today())

    with pytest.raises(IntegrityError, match="parties have confirmed"):
        sql(f"UPDATE agreements_agreement SET ends_on = {day} WHERE id = %s", world.agreement.pk)


def test_raw_sql_does_not_leave_a_confirmed_last_day_undone(world: World) -> None:
    ending = entered_last_day(world, today())

    with pytest.raises(IntegrityError, match="carried out"):
        together(*confirmed_by_hand(world, ending))


ENTERED = (
    "INSERT INTO agreements_ending (agreement_id, annex_id, decision_id, ground, ends_on, because, party_id, "
    "entered_at, entered_by_id, status, answer) VALUES ({agreement}, {annex}, {decision}, '{ground}', {day}, 'x', "
    "{party}, now(), {by}, 'entered', '')"
)


@pytest.mark.parametrize(
    ("ground", "day"),
    [
        ("terminated", "NULL"),
        ("", "current_date"),
        ("bored", "current_date"),
        ("terminated", "current_date - 31"),
        ("called_off", "NULL"),
        ("prolonged", "current_date"),
    ],
    ids=["no day", "no ground", "no such ground", "before it began", "no end to call off", "nothing to prolong"],
)
def test_raw_sql_does_not_enter_what_cannot_be(world: World, ground: str, day: str) -> None:
    decided_before(world, "1", today() - MONTH_AGO)
    facts = {"agreement": world.agreement.pk, "annex": "NULL", "decision": "NULL", "party": world.kommun.pk}

    with pytest.raises(IntegrityError):
        sql(ENTERED.format(**facts, by=world.coordinator.pk, ground=ground, day=day))


def test_raw_sql_does_not_enter_an_end_of_both_or_of_another_partys_agreement(world: World) -> None:
    decision = decided_before(world, "3a", today() - MONTH_AGO)
    mine = {"party": world.kommun.pk, "by": world.coordinator.pk, "day": "current_date"}
    other = make_world()
    decide(other, "1")

    for facts in (
        {"agreement": world.agreement.pk, "annex": world.plan.pk, "decision": decision.pk, "ground": "terminated"},
        {"agreement": "NULL", "annex": "NULL", "decision": "NULL", "ground": "terminated"},
        {"agreement": other.agreement.pk, "annex": "NULL", "decision": "NULL", "ground": "terminated"},
    ):
        with pytest.raises(IntegrityError):
            sql(ENTERED.format(**mine, **facts))
    sql(ENTERED.format(agreement=world.agreement.pk, annex="NULL", decision="NULL", ground="terminated", **mine))
