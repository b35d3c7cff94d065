"""What must never be false is kept by the database: raw SQL fails too."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import Proposal
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow.proposal import give_assent
from agreements.workflow.revision import freeze
from agreements.workflow.signing import open_manifest, record_signature
from tests.factories import World, decide, proposal_at, submit


def sql(statement: str, *values: Any) -> None:
    """Run ``statement`` with its deferred checks, in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was done before is right, and settled
        cursor.execute(statement, values)


def together(*statements: tuple[str, list[Any]]) -> None:
    """Run the statements as one, their deferred checks at the end, as a commit would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for statement, values in statements:
            cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


WRITTEN_ONCE = {
    "revision": "change_summary = 'x'",
    "decision": "resolution = 'x'",
    "move": "reason = 'x'",
    "assent": "name = 'x'",
}


@pytest.mark.parametrize("table", WRITTEN_ONCE)
@pytest.mark.parametrize("act", ["UPDATE", "DELETE", "TRUNCATE"])
def test_what_was_decided_cannot_be_changed_deleted_or_emptied(world: World, table: str, act: str) -> None:
    decide(world)
    statement = {
        "UPDATE": f"UPDATE agreements_{table} SET {WRITTEN_ONCE[table]}",
        "DELETE": f"DELETE FROM agreements_{table}",
        "TRUNCATE": f"TRUNCATE agreements_{table} CASCADE",
    }[act]

    with pytest.raises(IntegrityError, match="written once"):
        sql(statement)


def test_no_decided_version_without_a_decision(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    with pytest.raises(IntegrityError, match="without a decision"):
        sql("UPDATE agreements_proposal SET status = 'decided' WHERE id = %s", proposal.pk)


def _decision_sql(proposal: Proposal, **changes: object) -> tuple[str, list[Any]]:
    values: dict[str, Any] = {
        "revision_id": proposal.revision_id,
        "annex_id": proposal.annex_id,
        "agreement_id": proposal.annex.agreement_id,
        "year": 2026,
        "number": 99,
        "basis": "steering_group",
        "method": "meeting",
        "resolution": "Fastställs.",
        "sha256": proposal.revision.sha256,
        "decided_on": today(),
        "effective_from": today(),
        "item_number": "",
        "attendance": "",
        "is_registered_afterwards": False,
        "imprint": "{}",
        "written_at": proposal.submitted_at,
        "written_by_id": proposal.submitted_by_id,
    } | changes
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    insert = f"INSERT INTO agreements_decision ({names}) VALUES ({marks})"
    return insert, list(values.values())


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sha256": "0" * 64}, "not about that text"),
        ({}, "has not assented"),
        ({"basis": "signatures"}, "signed_decision_has_its_manifest"),
        ({"resolution": ""}, "decision_is_in_writing"),
    ],
)
def test_no_decision_without_ground(world: World, changes: dict[str, object], complaint: str) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    decided = ("UPDATE agreements_proposal SET status = 'decided' WHERE id = %s", [proposal.pk])

    with pytest.raises(IntegrityError, match=complaint):
        together(_decision_sql(proposal, **changes), decided)


def test_signatures_count_only_when_the_set_is_complete(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    first = manifest.signatories.get(party=world.kommun)
    record_signature(first, signed_on=today(), place="Norrvik", by=world.signatory)
    decision = _decision_sql(proposal, basis="signatures", method="signing", manifest_id=manifest.pk)
    closed = ("UPDATE agreements_manifest SET closed_at = now() WHERE id = %s", [manifest.pk])
    decided = ("UPDATE agreements_proposal SET status = 'decided' WHERE id = %s", [proposal.pk])

    with pytest.raises(IntegrityError, match="not complete"):
        together(decision, closed, decided)


def test_what_was_signed_keeps_its_signatories(world: World) -> None:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    record_signature(
        manifest.signatories.get(party=world.kommun), signed_on=today(), place="Norrvik", by=world.signatory
    )

    with pytest.raises(IntegrityError, match="has been signed"):
        sql("UPDATE agreements_signatory SET name = 'x'")


def test_one_version_on_its_way_per_annex(world: World) -> None:
    submit(world)
    second = freeze(world.picture, by=world.coordinator)

    with pytest.raises(IntegrityError, match="one_revision_on_its_way_per_annex"):
        sql(
            "INSERT INTO agreements_proposal (revision_id, annex_id, kind, status, status_since, proposed_decision, "
            "submitted_at, submitted_by_id) SELECT %s, annex_id, kind, 'proposed', now(), 'x', now(), submitted_by_id "
            "FROM agreements_proposal",
            second.pk,
        )


@pytest.mark.parametrize("to", ["in_preparation", "proposed", "withdrawn"])
def test_a_decided_version_moves_nowhere(world: World, to: str) -> None:
    decision = decide(world)

    with pytest.raises(IntegrityError, match="no move"):
        sql("UPDATE agreements_proposal SET status = %s WHERE revision_id = %s", to, decision.revision_id)


def test_one_decided_version_per_annex_and_day(world: World) -> None:
    decide(world)
    proposal = submit(world)
    statement, values = _decision_sql(proposal)

    with pytest.raises(IntegrityError, match="one_decided_per_annex_and_day"):
        sql(statement, *values)


def test_the_hash_is_that_of_the_content(world: World) -> None:
    revision = submit(world).revision

    with pytest.raises(IntegrityError, match="not that of the content"):
        sql(
            "INSERT INTO agreements_revision (annex_id, number, format_version, content, ids, sha256, plain_text, "
            "word_count, change_summary, frozen_at, frozen_by_id) SELECT annex_id, 9, format_version, content || ' ', "
            "ids, sha256, '', 0, '', now(), frozen_by_id FROM agreements_revision WHERE id = %s",
            revision.pk,
        )


def test_pairs_are_set_together(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    give_assent(proposal, by=world.anna)

    with pytest.raises(IntegrityError, match="assent_withdrawn_at_and_by"):
        sql("UPDATE agreements_assent SET withdrawn_at = now() WHERE proposal_id = %s", proposal.pk)
