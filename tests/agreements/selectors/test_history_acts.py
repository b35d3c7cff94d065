"""What is told in a history of what stands in rows of its own."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from agreements.models import Task
from agreements.permissions import Role
from agreements.rights import today
from agreements.selectors.history import agreement_history, annex_history
from agreements.states import ProposalStatus
from agreements.workflow.decision import correct, finish_task, record_review
from agreements.workflow.ending import confirm_ending, dispute_ending, withdraw_ending
from agreements.workflow.signing import give_up, open_manifest, record_signature
from samverkan.accounts.models import User
from tests.factories import World, decide, decided_before, entered_ending, proposal_at
from tests.factories.agreements import make_organisation, make_user, seat_in

pytestmark = pytest.mark.django_db
MONTH_AGO = timedelta(days=30)


def of_picture(world: World) -> list[tuple[str, str, str]]:
    """(who, what, why) of the situational picture's events, newest first."""
    return [(event.who, str(event.what), event.reason) for event in annex_history(world.picture, world.anna).events]


def test_an_end_is_told_with_who_entered_and_who_confirmed_it(world: World) -> None:
    confirm_ending(entered_ending(world, "1", date(2099, 12, 31)), by=world.police_coordinator)

    what = f"Upphörande av {world.picture}, sista dag 31 december 2099"
    assert of_picture(world)[:2] == [
        (f"Samordnare polis, {world.polis}", f"Bekräftat: {what}", ""),
        (
            f"Samordnare kommun, {world.kommun}",
            f"Infört: {what}",
            "Området är inte längre prioriterat.",
        ),
    ]


def test_an_end_that_is_disputed_or_taken_back_is_told_with_the_reason(world: World) -> None:
    decision = decided_before(world, "1", today() - MONTH_AGO)
    dispute_ending(entered_ending(world, "1", today(), decision), reason="Inte avtalat.", by=world.police_coordinator)
    withdraw_ending(entered_ending(world, "1", today(), decision), by=world.coordinator)

    told, what = of_picture(world), f"Upphörande av {world.picture}, sista dag {date_format(today(), 'j F Y')}"
    assert told[0] == ("Samordnare kommun", f"Återtaget: {what}", "")
    assert ("Samordnare polis", f"Bestritt: {what}", "Inte avtalat.") in told


def test_a_review_a_correction_and_a_task_that_is_done_are_told(world: World) -> None:
    decision = decide(world)
    record_review(world.picture, reviewed_on=today(), note="Inget nytt.", by=world.coordinator)
    correct(decision, text="Datumet ska vara den 4 mars.", by=world.coordinator)
    kind = Task.Kind.FOLLOW_UP
    task = Task.objects.create(agreement=world.agreement, annex=world.picture, kind=kind, decision=decision)
    finish_task(task, by=world.coordinator)

    assert of_picture(world)[:3] == [
        ("Samordnare kommun", f"Klart: {task}", ""),
        ("Samordnare kommun", f"Rättelse av {decision}", "Datumet ska vara den 4 mars."),
        ("Samordnare kommun", f"Genomgången den {date_format(today(), 'j F Y')}, står sig utan ändring", "Inget nytt."),
    ]


def test_a_signing_is_told_from_its_preparation_to_its_end(world: World) -> None:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    first = manifest.signatories.get(party=world.kommun)
    record_signature(first, signed_on=today(), place="Norrvik", by=world.signatory)
    give_up(manifest, by=world.police_coordinator)

    told = [
        (event.who, str(event.what))
        for event in agreement_history(world.agreement, world.anna).events
        if str(event.what).startswith("Underskrift 1")
    ]
    assert told == [
        ("Samordnare polis", "Underskrift 1 avbruten"),
        ("Undertecknare kommun", f"Underskrift 1: underskriften av {first}, {world.kommun} antecknad"),
        ("Samordnare kommun", "Underskrift 1 förberedd"),
    ]


def test_who_only_reads_is_told_nothing_of_how_it_came_about(world: World) -> None:
    entered_ending(world, "1", today())

    assert annex_history(world.picture, world.reader).events == []
    assert agreement_history(world.agreement, world.reader).events == []


def _join(world: World) -> None:
    seat_in(world.agreement, Role.READER, make_user(), world.kommun)
    world.agreement.participants.create(organisation=make_organisation())


def _describe(world: World) -> None:
    world.picture.title += " igen"
    world.picture.save()


@pytest.mark.parametrize("do", [_join, _describe])
def test_three_changes_cost_as_many_queries_as_one(world: World, do: Callable[[World], None]) -> None:
    def queries() -> int:
        user = User.objects.get(pk=world.coordinator.pk)  # whose rights nobody has asked for yet
        with CaptureQueriesContext(connection) as asked:
            agreement_history(world.agreement, user)
            annex_history(world.picture, user)
        return len(asked)

    do(world)
    one = queries()
    do(world)
    do(world)
    assert queries() == one
