"""Whoever reads, follows every link and opens every form, and sends none, leaves the database as it was."""

import re
from collections import Counter
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404

from agreements.models import Agreement
from samverkan.accounts.models import User
from tests.journeys.page_types import account, wanted_signatures

PEOPLE = [
    "samordnare-kommun", "samordnare-polis", "arbetsgrupp", "kommunikator-kommun", "kommunikator-polis",
    "beredning-kommun", "beredning-polis", "styrgrupp-kommun", "styrgrupp-polis", "undertecknare-kommun",
    "undertecknare-polis", "registrator-kommun", "registrator-polis", "lasare", "central", "admin", "granne",
]  # fmt: skip
ALIKE = 2
"""So many pages of each kind are opened."""
ANSWERS = {200, 302, 403, 405}
"""A page, the way to it, a refusal with its reason, and an address that only takes what is sent; no dead link."""
REMEMBERED = {"django_session", "agreements_printout"}
"""Who is signed in is no content; a fixed PDF is kept the first time somebody asks for it, and changes no text."""
PRINTED = re.compile(r"_print$|_export$|file_detail$")
"""Long work; printed once, by the coordinator."""


def test_everybody_of_the_example_reads(example: Agreement) -> None:
    accounts = User.objects.filter(email__endswith="@example.se", is_active=True)

    assert {user.email.partition("@")[0] for user in accounts} == set(PEOPLE)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("who", PEOPLE)
def test_reading_changes_nothing(example: Agreement, who: str) -> None:
    wanted_signatures(example)
    client = Client()
    client.force_login(account(who))
    before = contents()

    opened = crawl(client, with_prints=who == PEOPLE[0])

    assert contents() == before
    assert len(opened) >= (3 if who in ("admin", "granne", "central") else 10), opened
    assert {address: status for address, status in opened.items() if status not in ANSWERS} == {}


def crawl(client: Client, with_prints: bool) -> dict[str, int]:
    """Address → status of what can be reached by links from the start page, a few of each kind."""
    waiting, opened, seen = ["/"], dict[str, int](), Counter[str]()
    while waiting:
        address = waiting.pop()
        kind = kind_of(address)
        if address in opened or not kind or seen[kind] >= ALIKE or (PRINTED.search(kind) and not with_prints):
            continue
        seen[kind] += 1
        answer = client.get(address)
        opened[address] = answer.status_code
        if answer.get("content-type", "").startswith("text/html"):
            waiting += links(answer.content.decode())
    return opened


def kind_of(address: str) -> str:
    """The name of the address; "" for what is not ours to open."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        return ""
    return "" if found.namespace == "admin" else str(found.url_name)


def links(html: str) -> list[str]:
    """Addresses on the page that a browser would fetch: links, and fragments for htmx."""
    found = re.findall(r'(?:href|hx-get|action)="(/[^"#]*)', html)
    return [unescape(address) for address in found if not address.startswith("/static/")]


def contents() -> dict[str, str]:
    """Table → a fingerprint of all its rows."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - REMEMBERED)
        return {table: _fingerprint(cursor, table) for table in tables}


def _fingerprint(cursor: object, table: str) -> str:
    name = connection.ops.quote_name(table)
    query = f"SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {name} t"
    cursor.execute(query)  # type: ignore[attr-defined]
    return str(cursor.fetchone()[0])  # type: ignore[attr-defined]
