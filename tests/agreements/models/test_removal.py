"""The one path through which content leaves a frozen version, and every near miss beside it: raw SQL fails."""

import hashlib
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import Decision, Proposal, Removal, Revision
from agreements.states import ProposalStatus
from tests.agreements.models.test_truths import sql, together
from tests.factories import World, decide, drive, submit
from tests.factories.removals import ask, name_somebody, remove

LEFT = '{"redacted":true}'


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def asked(world: World) -> Removal:
    """The registrar of the municipality has asked for a removal from a decided version."""
    name_somebody(world)
    return ask(world, decide(world).revision)


def confirmed(world: World, removal: Removal, **changes: Any) -> tuple[str, list[Any]]:
    """The statement that confirms ``removal``, with what is changed in it."""
    values: dict[str, Any] = {
        "status": "confirmed", "redacted_sha256": hash_of(LEFT), "selection": "{}", "answered_at": "2026-11-29T12:00Z",
        "answered_by_id": world.police_coordinator.pk, "answered_for_id": world.polis.pk,
    } | changes  # fmt: skip
    pairs = ", ".join(f"{name} = %s" for name in values)
    return f"UPDATE agreements_removal SET {pairs} WHERE id = %s", [*values.values(), removal.pk]


def emptied(revision_id: int | None, content: str = LEFT, sha256: str = "", **more: Any) -> tuple[str, list[Any]]:
    """The statement that puts an edition in the place of a version's content."""
    values = {"content": content, "sha256": sha256 or hash_of(content), "plain_text": "", "word_count": 0} | more
    pairs = ", ".join(f"{name} = %s" for name in values)
    return f"UPDATE agreements_revision SET {pairs} WHERE id = %s", [*values.values(), revision_id]


def test_a_complete_removal_of_exactly_that_version_is_let_through(world: World, asked: Removal) -> None:
    together(confirmed(world, asked), emptied(asked.revision_id))

    revision = Revision.objects.get(removals=asked)
    assert (revision.content, revision.sha256) == (LEFT, hash_of(LEFT))
    assert Decision.objects.get().sha256 == asked.old_sha256


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"answered_by_id": None}, "removal_answered_at_and_by"),
        ({"answered_for_id": None}, "no party"),
        ({"redacted_sha256": ""}, "removal_leaves_a_redacted_edition"),
        ({"redacted_sha256": "0" * 64}, "written once"),
        ({"reason": ""}, "answered once"),
        ({"old_sha256": "0" * 64}, "answered once"),
        ({"selection": '{"words": ["x"]}'}, "removal_answered_at_and_by"),
        ({"status": "rejected"}, "written once"),
    ],
)
def test_an_incomplete_removal_opens_nothing(
    world: World, asked: Removal, changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(IntegrityError, match=complaint):
        together(confirmed(world, asked, **changes), emptied(asked.revision_id))


def test_one_person_twice_is_refused(world: World, asked: Removal) -> None:
    with pytest.raises(IntegrityError, match="two_persons_of_two_parties"):
        together(confirmed(world, asked, answered_by_id=world.registrar.pk), emptied(asked.revision_id))


def test_two_persons_of_one_party_are_refused(world: World, asked: Removal) -> None:
    same = confirmed(world, asked, answered_by_id=world.coordinator.pk, answered_for_id=world.kommun.pk)

    with pytest.raises(IntegrityError, match="two_persons_of_two_parties"):
        together(same, emptied(asked.revision_id))


def test_a_party_of_another_agreement_is_refused(world: World, asked: Removal) -> None:
    stranger = confirmed(world, asked, answered_for_id=world.other.parties.all()[0].pk)

    with pytest.raises(IntegrityError, match="no party of the agreement"):
        together(stranger, emptied(asked.revision_id))


@pytest.mark.parametrize(
    "statement",
    [
        {"content": LEFT + " "},  # another edition than the one confirmed
        {"content": LEFT + " ", "sha256": hash_of(LEFT)},  # the hash confirmed on another content
        {"sha256": "0" * 64},
        {"change_summary": "x"},
        {"number": 9},
        {"ids": '["x"]'},
    ],
)
def test_content_that_is_not_the_edition_confirmed_is_refused(
    world: World, asked: Removal, statement: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match="written once"):
        together(confirmed(world, asked), emptied(asked.revision_id, **statement))


def test_a_removal_opens_no_other_version(world: World, asked: Removal) -> None:
    other = decide(world, "4").revision

    with pytest.raises(IntegrityError, match="written once"):
        together(confirmed(world, asked), emptied(asked.revision_id), emptied(other.pk))


def test_a_removal_that_is_not_carried_out_is_refused(world: World, asked: Removal) -> None:
    with pytest.raises(IntegrityError, match="not been carried out"):
        together(confirmed(world, asked))


def test_a_request_opens_nothing_and_without_one_nothing_is_open(world: World, asked: Removal) -> None:
    with pytest.raises(IntegrityError, match="written once"):
        sql(*_flat(emptied(asked.revision_id)))


def _flat(statement: tuple[str, list[Any]]) -> tuple[Any, ...]:
    return statement[0], *statement[1]


def test_a_removal_is_carried_out_once(world: World, asked: Removal) -> None:
    was = Revision.objects.get(removals=asked)
    together(confirmed(world, asked), emptied(asked.revision_id))

    with pytest.raises(IntegrityError, match="written once"):
        together(emptied(was.pk, content=was.content))
    with pytest.raises(IntegrityError, match="written once"):
        together(emptied(was.pk, content="{}"))


def test_what_was_removed_does_not_come_back_through_another_removal(world: World, asked: Removal) -> None:
    was = Revision.objects.get(removals=asked)
    together(confirmed(world, asked), emptied(was.pk))
    back = Removal.objects.create(
        agreement=world.agreement, revision=was, old_sha256=hash_of(LEFT), ground="secrecy", reason="x",
        requested_by=world.registrar, party=world.kommun,
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="cannot be removed from now"):
        together(confirmed(world, back, redacted_sha256=was.sha256), emptied(was.pk, content=was.content))


def test_nothing_is_removed_from_what_lies_before_a_group(world: World) -> None:
    revision = submit(world).revision
    removal = Removal.objects.create(
        agreement=world.agreement, revision=revision, old_sha256=revision.sha256, ground="secrecy", reason="x",
        requested_by=world.registrar, party=world.kommun,
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="cannot be removed from now"):
        together(confirmed(world, removal), emptied(revision.pk))


def test_a_decided_proposal_still_has_its_decision_afterwards(world: World) -> None:
    """The decided hash is that of the original: the deferred check of 0002 knows it."""
    name_somebody(world)
    removal = remove(world, decide(world).revision)
    assert removal.revision is not None

    together(("UPDATE agreements_proposal SET status = status WHERE revision_id = %s", [removal.revision.pk]))

    assert Decision.objects.get().sha256 == removal.old_sha256 != removal.revision.sha256
    assert Proposal.objects.get().status == "decided"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"old_sha256": "0" * 64}, "not the hash of what is to be removed"),
        ({"reason": ""}, "removal_has_a_reason"),
        ({"status": "confirmed"}, "begins as a request"),
        ({"redacted_sha256": "0" * 64}, "begins as a request"),
        ({"ground": "other"}, "removal_names_its_law"),
        ({"revision_id": None}, "not the hash of what is to be removed"),
        ({"party_id": None}, "asked for by no party"),
    ],
)
def test_a_false_request_is_refused(world: World, changes: dict[str, Any], complaint: str) -> None:
    revision = decide(world).revision
    facts = {
        "agreement": world.agreement, "revision": revision, "old_sha256": revision.sha256, "ground": "secrecy",
        "reason": "x", "requested_by": world.registrar, "party": world.kommun,
    }  # fmt: skip
    if "party_id" in changes:
        changes = {"party_id": world.other.parties.all()[0].pk}

    removal = Removal(**facts)
    for name, value in changes.items():
        setattr(removal, name, value)

    with pytest.raises(IntegrityError, match=complaint), transaction.atomic():
        removal.save()


def test_one_request_at_a_time_for_a_version(world: World, asked: Removal) -> None:
    copy = "INSERT INTO agreements_removal SELECT nextval('agreements_removal_id_seq'), {} FROM agreements_removal"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM "
            "information_schema.columns WHERE table_name = 'agreements_removal' AND column_name <> 'id'"
        )
        columns = cursor.fetchone()[0]

    with pytest.raises(IntegrityError, match="one_open_removal_per_revision"):
        sql(copy.format(columns))


@pytest.mark.parametrize("table", ["removal", "removedtext"])
@pytest.mark.parametrize("act", ["UPDATE", "DELETE", "TRUNCATE"])
def test_a_tombstone_stays(world: World, table: str, act: str) -> None:
    name_somebody(world)
    remove(world, drive(world, submit(world, change_summary="Kim Provsson ströks."), ProposalStatus.DECIDED).revision)
    column = {"removal": "reason", "removedtext": "column_name"}[table]
    statement = {
        "UPDATE": f"UPDATE agreements_{table} SET {column} = 'x'",
        "DELETE": f"DELETE FROM agreements_{table}",
        "TRUNCATE": f"TRUNCATE agreements_{table} CASCADE",
    }[act]

    with pytest.raises(IntegrityError, match="written once|answered once"):
        sql(statement)


def test_no_text_is_named_afterwards_and_none_but_those_named_changes(world: World) -> None:
    name_somebody(world)
    removal = remove(world, decide(world).revision)
    was = world.agreement.decisions.get().resolution
    named = (
        "INSERT INTO agreements_removedtext (removal_id, table_name, row_id, column_name, old_sha256, new_sha256) "
        "SELECT %s, 'agreements_decision', id, 'resolution', samverkan_hash(resolution), samverkan_hash('x') "
        "FROM agreements_decision"
    )

    with pytest.raises(IntegrityError, match="answered once"):
        sql(named, removal.pk)
    with pytest.raises(IntegrityError, match="written once"):
        sql("UPDATE agreements_decision SET resolution = 'x'")
    assert world.agreement.decisions.get().resolution == was
