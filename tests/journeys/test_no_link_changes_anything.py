"""To follow a link is to read: no page writes anything but that somebody has been here."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from tests.journeys.page_types import PAGES, PageType, account

WRITING = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
VISITS = {"django_session", "accounts_user", "samverkan_cache"}
"""Who is signed in, and when somebody was last here."""


@pytest.mark.timeout(400)
def test_no_page_writes_anything_when_it_is_opened(example: Agreement) -> None:
    wrote = {str(kind): found for kind in PAGES if not kind.sent and (found := writes_of(kind, example))}

    assert wrote == {}


def writes_of(kind: PageType, example: Agreement) -> set[str]:
    """The tables that opening the page writes to. What its stage changed is taken back."""
    with transaction.atomic():
        client, address = Client(), kind.prepare(example)
        if kind.who:
            client.force_login(account(kind.who))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, follow=True)
        transaction.set_rollback(True)
    assert (str(kind), answer.status_code) == (str(kind), kind.status)
    found = (WRITING.match(query["sql"]) for query in queries)
    return {match[2] for match in found if match} - VISITS
