"""The text of a notice is never changed or lost: raw SQL fails too."""

import pytest
from django.db import IntegrityError, connection, transaction

from communication.models import Notice
from tests.factories import World, submit


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE communication_notice SET title = 'Något annat'",
        "UPDATE communication_notice SET recipient_id = NULL, mailbox = 'x@example.se'",
        "DELETE FROM communication_notice",
        "TRUNCATE communication_notice CASCADE",
    ],
)
def test_a_notice_is_written_once(world: World, statement: str) -> None:
    submit(world)
    before = list(Notice.objects.order_by("pk").values())

    with pytest.raises(IntegrityError, match="written once"):
        run(statement)

    assert before
    assert list(Notice.objects.order_by("pk").values()) == before


def test_a_session_that_calls_itself_a_replica_is_refused_too(world: World) -> None:
    submit(world)

    with pytest.raises(IntegrityError, match="written once"):
        run("SET LOCAL session_replication_role = replica; DELETE FROM communication_notice")


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"mailbox": "", "recipient_id": None}, "notice_is_to_a_person_or_a_mailbox"),
        ({"mailbox": "registrator@example.se"}, "notice_is_to_a_person_or_a_mailbox"),
        ({"path": "https://example.se/"}, "notice_leads_into_the_portal"),
        ({"title": ""}, "notice_says_something"),
    ],
)
def test_the_database_refuses_a_notice_that_is_none(world: World, facts: dict[str, object], constraint: str) -> None:
    submit(world)
    row = Notice.objects.values().first()
    assert row is not None

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Notice.objects.create(**(row | {"id": None} | facts))


def test_notices_of_one_transaction_bear_the_same_time(world: World) -> None:
    submit(world)
    submit(world, "4")

    assert Notice.objects.values("created_at").distinct().count() == 1
