"""Falsehoods written anew, and facts around a decision rewritten: raw SQL fails too."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import HigherDecision, Manifest, Move, Party, Proposal
from agreements.permissions import Capacity, Role
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.signing import (
    TakenAbove,
    give_up,
    open_manifest,
    record_higher_decision,
    record_signature,
    require_higher_decision,
)
from samverkan.accounts.models import User
from tests.agreements.models.test_truths import _decision_sql, sql, together
from tests.agreements.workflow.test_signing import follow_from_above, registered
from tests.factories import World, decide, make_user, proposal_at, submit
from tests.factories.agreements import seat_in


def _assent(
    proposal: Proposal, party: int, by: User, *, is_entered: bool = False, resolution: str = "Fastställs."
) -> None:
    sql(
        "INSERT INTO agreements_assent (proposal_id, party_id, given_at, given_by_id, name, title, is_entered, "
        "resolution) VALUES (%s, %s, now(), %s, 'x', '', %s, %s)",
        proposal.pk, party, by.pk, is_entered, resolution,
    )  # fmt: skip


def _open(world: World) -> Manifest:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    return open_manifest(world.agreement, effective_from=today(), by=world.coordinator)


def _sign_all(world: World, manifest: Manifest) -> None:
    for who in (world.signatory, world.police_signatory):
        record_signature(manifest.signatories.get(user=who), signed_on=today(), place="Norrvik", by=who)


def test_an_assent_is_given_by_a_decision_maker_of_that_party(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    _assent(proposal, world.kommun.pk, world.anna)

    assert proposal.assents.get().given_by == world.anna


@pytest.mark.parametrize("name", ["pia", "cia", "nils", "member", "police_coordinator", "signatory", "reader"])
def test_nobody_else_assents_for_a_party(world: World, name: str) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    with pytest.raises(IntegrityError, match="not a decision-maker"):
        _assent(proposal, world.kommun.pk, getattr(world, name))


def test_who_left_yesterday_and_who_comes_tomorrow_do_not_assent(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    former, coming = make_user("Förra"), make_user("Nästa")
    seat = (world.agreement, Role.STEERING)
    seat_in(*seat, former, world.kommun, Capacity.DECISION_MAKER, ends_on=today() - timedelta(days=1))
    seat_in(*seat, coming, world.kommun, Capacity.DECISION_MAKER, starts_on=today() + timedelta(days=1))

    for user in (former, coming):
        with pytest.raises(IntegrityError, match="not a decision-maker"):
            _assent(proposal, world.kommun.pk, user)


def test_a_substitute_does_not_assent_beside_a_decision_maker(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    substitute = make_user("Ersättare")
    seat_in(world.agreement, Role.STEERING, substitute, world.kommun, Capacity.SUBSTITUTE)

    with pytest.raises(IntegrityError, match="not a decision-maker"):
        _assent(proposal, world.kommun.pk, substitute)


def test_a_substitute_assents_and_a_closed_account_does_not(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    substitute = make_user("Ersättare")
    seat_in(world.agreement, Role.STEERING, substitute, world.kommun, Capacity.SUBSTITUTE)
    User.objects.filter(pk=world.anna.pk).update(is_active=False)

    with pytest.raises(IntegrityError, match="not a decision-maker"):
        _assent(proposal, world.kommun.pk, world.anna)
    _assent(proposal, world.kommun.pk, substitute)


def test_the_submitter_does_not_assent(world: World) -> None:
    seat_in(world.agreement, Role.STEERING, world.coordinator, world.kommun, Capacity.DECISION_MAKER)
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    with pytest.raises(IntegrityError, match="submitted it"):
        _assent(proposal, world.kommun.pk, world.coordinator)


def test_nobody_assents_for_two_parties(world: World) -> None:
    seat_in(world.agreement, Role.STEERING, world.anna, world.polis, Capacity.DECISION_MAKER)
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    _assent(proposal, world.kommun.pk, world.anna)

    with pytest.raises(IntegrityError, match="two parties"):
        _assent(proposal, world.polis.pk, world.anna)


def _forward(proposal: Proposal, party: Party, user: User, verb: str = Move.Verb.FORWARD) -> None:
    status = ProposalStatus.IN_PREPARATION
    with transaction.atomic():
        Move.objects.create(
            proposal=proposal, verb=verb, from_status=status, to_status=status, moved_by=user, party=party
        )


def test_nobody_forwards_a_version_for_two_parties(world: World) -> None:
    proposal, other = (proposal_at(world, ProposalStatus.IN_PREPARATION, number) for number in ("1", "3a"))
    _forward(proposal, world.kommun, world.preparer)

    with pytest.raises(IntegrityError, match="nobody forwards for two parties"):
        _forward(proposal, world.polis, world.preparer)
    _forward(proposal, world.polis, world.police_preparer)
    _forward(proposal, world.polis, world.preparer, Move.Verb.POSTPONE)
    _forward(other, world.polis, world.preparer)


def test_an_assent_is_to_the_sentence_that_the_other_party_has_said_yes_to(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    _assent(proposal, world.kommun.pk, world.anna)

    with pytest.raises(IntegrityError, match="one sentence"):
        _assent(proposal, world.polis.pk, world.pia, resolution="Fastställs till 2027.")
    with pytest.raises(IntegrityError, match="to a sentence"):
        _assent(proposal, world.polis.pk, world.pia, resolution="")
    _assent(proposal, world.polis.pk, world.pia)


@pytest.mark.parametrize("told", [{"resolution": "Fastställs till 2027."}, {"effective_from": "2031-01-01"}])
def test_a_decision_says_what_the_parties_said_yes_to(world: World, told: dict[str, str]) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    day = today() + timedelta(days=3)
    moves.give_assent(proposal, by=world.anna, resolution="Fastställs.", effective_from=day)
    decided = ("UPDATE agreements_proposal SET status = 'decided' WHERE id = %s", [proposal.pk])
    moved = (
        "INSERT INTO agreements_move (proposal_id, verb, from_status, to_status, reason, moved_at, moved_by_id) "
        "VALUES (%s, 'decide', 'proposed', 'decided', '', now(), %s)",
        [proposal.pk, world.pia.pk],
    )
    second = (
        "INSERT INTO agreements_assent (proposal_id, party_id, given_at, given_by_id, name, title, is_entered, "
        "resolution, effective_from) VALUES (%s, %s, now(), %s, 'x', '', false, 'Fastställs.', %s)",
        [proposal.pk, world.polis.pk, world.pia.pk, day],
    )

    with pytest.raises(IntegrityError, match="not the sentence"):
        together(second, _decision_sql(proposal, **({"effective_from": day} | told)), decided, moved)
    together(second, _decision_sql(proposal, effective_from=day), decided, moved)


def test_no_assent_from_a_meeting_that_nobody_entered(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    with pytest.raises(IntegrityError, match="has been entered"):
        _assent(proposal, world.kommun.pk, world.coordinator, is_entered=True)


@pytest.mark.parametrize(
    "status", [status for status in ProposalStatus if status is not ProposalStatus.PROPOSED], ids=str
)
def test_no_assent_to_what_is_not_before_the_group(world: World, status: ProposalStatus) -> None:
    proposal = proposal_at(world, status)

    with pytest.raises(IntegrityError, match="not proposed"):
        _assent(proposal, world.kommun.pk, world.anna)


def test_an_assent_is_not_withdrawn_after_the_decision(world: World) -> None:
    decide(world)

    with pytest.raises(IntegrityError, match="decided on that assent"):
        sql("UPDATE agreements_assent SET withdrawn_at = now(), withdrawn_by_id = given_by_id")


@pytest.mark.parametrize(
    "change",
    [
        "proposed_decision = 'x'",
        "kind = 'registration'",
        "proposed_effective_from = '2030-01-01'",
        "party_id = NULL",
        "submitted_at = now()",
    ],
)
def test_a_proposal_stays_as_it_was_submitted(world: World, change: str) -> None:
    submit(world)

    with pytest.raises(IntegrityError, match="as it was submitted"):
        sql(f"UPDATE agreements_proposal SET {change}")


def test_what_was_entered_from_a_meeting_stays(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=today(), effective_from=today(), resolution="Fastställs."
    )

    with pytest.raises(IntegrityError, match="written once"):
        sql("UPDATE agreements_meetingentry SET resolution = 'Avslås.'")


def test_what_was_sent_to_signature_is_not_decided_without_signatures(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    decided = ("UPDATE agreements_proposal SET status = 'decided' WHERE id = %s", [proposal.pk])

    with pytest.raises(IntegrityError, match="without signatures"):
        together(_decision_sql(proposal, resolution=proposal.proposed_decision), decided)


@pytest.mark.parametrize(
    ("table", "columns", "values"),
    [
        (
            "move", "verb, from_status, to_status, reason, moved_at, moved_by_id",
            "'reject', '', 'rejected', '', now(), 0",
        ),
        ("opinion", "stance, reason, given_at, given_by_id, name, title", "'dissent', '', now(), 0, 'x', ''"),
        ("consequence", "text, party_id", "'Inget.', 0"),
    ],
)  # fmt: skip
def test_nothing_is_added_to_what_has_been_settled(world: World, table: str, columns: str, values: str) -> None:
    decide(world)

    with pytest.raises(IntegrityError, match="settled|where the proposal is"):
        sql(f"INSERT INTO agreements_{table} (proposal_id, {columns}) SELECT id, {values} FROM agreements_proposal")


def test_nothing_is_decided_on_a_day_to_come(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    with pytest.raises(IntegrityError, match="still to come"):
        sql(*_flat(_decision_sql(proposal, decided_on=today() + timedelta(days=2))))


def _flat(statement: tuple[str, list[Any]]) -> tuple[Any, ...]:
    return statement[0], *statement[1]


def test_a_signing_is_not_written_closed(world: World) -> None:
    with pytest.raises(IntegrityError, match="begins open"):
        sql(
            "INSERT INTO agreements_manifest (agreement_id, number, effective_from, is_registered_afterwards, "
            "created_at, created_by_id, closed_at) VALUES (%s, 1, now(), false, now(), %s, now())",
            world.agreement.pk, world.coordinator.pk,
        )  # fmt: skip


def test_a_signing_does_not_close_before_everybody_has_signed(world: World) -> None:
    manifest = _open(world)
    record_signature(
        manifest.signatories.get(user=world.signatory), signed_on=today(), place="Norrvik", by=world.signatory
    )

    with pytest.raises(IntegrityError, match="not complete"):
        sql("UPDATE agreements_manifest SET closed_at = now()")


def test_nobody_signs_a_signing_that_was_given_up(world: World) -> None:
    manifest = give_up(_open(world), by=world.coordinator)

    with pytest.raises(IntegrityError, match="has ended"):
        sql(
            "INSERT INTO agreements_signature (signatory_id, signed_on, place, recorded_at, recorded_by_id) "
            "SELECT id, current_date, 'Norrvik', now(), %s FROM agreements_signatory WHERE manifest_id = %s LIMIT 1",
            world.coordinator.pk, manifest.pk,
        )  # fmt: skip


def test_a_signing_that_was_given_up_is_not_opened_again(world: World) -> None:
    give_up(_open(world), by=world.coordinator)

    with pytest.raises(IntegrityError, match="given up"):
        sql("UPDATE agreements_manifest SET withdrawn_at = NULL")


def test_an_entry_has_the_hash_of_its_text(world: World) -> None:
    _open(world)

    with pytest.raises(IntegrityError, match="not that text"):
        sql("UPDATE agreements_manifestentry SET sha256 = repeat('0', 64)")


def test_an_entry_of_a_text_above_stands_as_the_annex_that_follows_it(world: World) -> None:
    decision = follow_from_above(world, since=today())
    manifest = _open(world)
    own = world.agreement.annexes.get(number="5")

    for change in (f"stands_as_id = {world.picture.pk}", "stands_as_id = NULL", "is_signed_for = true"):
        with pytest.raises(IntegrityError, match="not that text"):
            sql(f"UPDATE agreements_manifestentry SET {change} WHERE revision_id = {decision.revision_id}")
    assert manifest.entries.get(revision=decision.revision).stands_as == own


@pytest.mark.parametrize("table", ["manifestentry", "signatory"])
def test_nothing_is_carried_from_a_signed_set_to_another(world: World, table: str) -> None:
    first = give_up(_open(world), by=world.coordinator)
    second = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    record_signature(
        second.signatories.get(user=world.signatory), signed_on=today(), place="Norrvik", by=world.signatory
    )

    with pytest.raises(IntegrityError, match="has been signed"):
        sql(f"UPDATE agreements_{table} SET manifest_id = %s WHERE manifest_id = %s", first.pk, second.pk)


@pytest.mark.parametrize("act", ["UPDATE agreements_{} SET id = id", "DELETE FROM agreements_{}"])
@pytest.mark.parametrize("table", ["higherdecision", "originalcopy"])
def test_what_belongs_to_a_closed_signing_stays(world: World, table: str, act: str) -> None:
    manifest = _open(world)
    needed = require_higher_decision(manifest, party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)
    record_higher_decision(needed, TakenAbove(today()), by=world.coordinator)
    _sign_all(world, manifest)
    manifest.refresh_from_db()
    assert manifest.closed_at is not None

    with pytest.raises(IntegrityError, match="has ended"):
        sql(act.format(table))


def _needed(world: World) -> HigherDecision:
    return require_higher_decision(_open(world), party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)


def test_nothing_is_decided_above_on_a_day_to_come(world: World) -> None:
    needed = _needed(world)
    recorded = "UPDATE agreements_higherdecision SET decided_on = %s, recorded_at = now(), recorded_by_id = %s"

    with pytest.raises(IntegrityError, match="still to come"):
        sql(recorded, today() + timedelta(days=2), world.coordinator.pk)

    sql(recorded, today(), world.coordinator.pk)
    needed.refresh_from_db()
    assert needed.decided_on == today()


@pytest.mark.parametrize("act", ["UPDATE agreements_higherdecision SET item_number = 'x'", "DELETE FROM {}"])
def test_a_decision_from_above_is_recorded_once(world: World, act: str) -> None:
    record_higher_decision(_needed(world), TakenAbove(today()), by=world.coordinator)

    with pytest.raises(IntegrityError, match="recorded once"):
        sql(act.format("agreements_higherdecision"))


def test_a_correction_from_above_is_of_what_was_recorded_there(world: World) -> None:
    needed = _needed(world)

    with pytest.raises(IntegrityError, match="corrects nothing"):
        sql(
            "INSERT INTO agreements_higherdecision (manifest_id, party_id, body, decided_on, item_number, "
            "registry_number, recorded_at, recorded_by_id, replaces_id) "
            "VALUES (%s, %s, 'x', current_date, '', '', now(), %s, %s)",
            needed.manifest_id, world.kommun.pk, world.coordinator.pk, needed.pk,
        )  # fmt: skip


def _answer(manifest: Manifest, party: int, by: User, stance: str = "confirmed") -> None:
    sql(
        "INSERT INTO agreements_signinganswer (manifest_id, party_id, stance, reason, answered_at, answered_by_id) "
        "VALUES (%s, %s, %s, 'x', now(), %s)",
        manifest.pk, party, stance, by.pk,
    )  # fmt: skip


def test_a_registered_signing_does_not_close_before_every_party_has_confirmed_it(world: World) -> None:
    manifest = registered(world)
    _answer(manifest, world.polis.pk, world.police_coordinator, "disputed")

    with pytest.raises(IntegrityError, match="not confirmed"):
        sql("UPDATE agreements_manifest SET closed_at = now()")


@pytest.mark.parametrize("name", ["coordinator", "pia", "police_signatory", "cia", "nils"])
def test_nobody_else_answers_for_a_party(world: World, name: str) -> None:
    manifest = registered(world)

    with pytest.raises(IntegrityError, match="not a coordinator"):
        _answer(manifest, world.polis.pk, getattr(world, name))


def test_a_partys_answer_about_a_signing_stays(world: World) -> None:
    registered(world)

    for act in ("UPDATE agreements_signinganswer SET stance = 'disputed'", "DELETE FROM agreements_signinganswer"):
        with pytest.raises(IntegrityError, match="written once"):
            sql(act)


def test_only_what_was_decided_is_looked_over(world: World) -> None:
    submit(world)

    with pytest.raises(IntegrityError, match="looked over"):
        sql(
            "INSERT INTO agreements_review (annex_id, revision_id, reviewed_on, note, recorded_at, recorded_by_id) "
            "SELECT annex_id, id, current_date, '', now(), frozen_by_id FROM agreements_revision"
        )


def test_an_annex_and_a_party_stay_in_their_agreement(world: World) -> None:
    for table in ("annex", "party"):
        with pytest.raises(IntegrityError, match="stays in its agreement"):
            sql(
                f"UPDATE agreements_{table} SET agreement_id = %s WHERE agreement_id = %s",
                world.other.pk, world.agreement.pk,
            )  # fmt: skip


def test_a_party_that_has_decided_stays_the_organisation_that_it_was(world: World) -> None:
    decide(world)

    with pytest.raises(IntegrityError, match="stays in its agreement"):
        sql(
            "UPDATE agreements_party SET organisation_id = %s WHERE id = %s",
            world.other.parties.all()[0].organisation_id, world.kommun.pk,
        )  # fmt: skip


def test_a_stored_file_keeps_its_hash(world: World) -> None:
    world.agreement.files.create(sha256="a" * 64, kind="pdf", media_type="application/pdf", size=1)

    with pytest.raises(IntegrityError, match="stays what it is"):
        sql("UPDATE agreements_storedfile SET sha256 = repeat('b', 64)")


def test_a_session_that_calls_itself_a_replica_is_refused_too(world: World) -> None:
    """A superuser's session may; the embedded server's only user is one."""
    decide(world)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    try:
        with pytest.raises(IntegrityError, match="written once"):
            sql("UPDATE agreements_decision SET resolution = 'x'")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")
