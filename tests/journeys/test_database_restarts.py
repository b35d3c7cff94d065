"""The database is stopped and started again while people work: a clear page, nothing changed, and no word lost."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, expect

from agreements.models import Assent, Section
from agreements.states import ProposalStatus
from tests.factories import World, make_world, proposal_at
from tests.journeys.people import People
from tests.journeys.steps import in_editor, press, saved
from tests.plumbing.own_server import OwnServer, own_server, portal

pytestmark = pytest.mark.timeout(300)
SENTENCE = "Kommunen har satt upp ny belysning vid Storgatan."
AWAY = "Portalen svarar inte just nu"


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def postgres(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnServer]:
    with own_server(monkeypatch) as server:
        yield server


@pytest.fixture
def visitors(postgres: OwnServer, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[People]:
    with portal() as address:
        people = People(browser, address, browser_context_args)
        yield people
        people.leave()


def test_a_page_says_so_and_comes_back(world: World, visitors: People, postgres: OwnServer) -> None:
    page = visitors(world.reader)
    page.goto(world.agreement.get_absolute_url())
    heading = page.get_by_role("heading", level=1)
    title = heading.inner_text()
    postgres.stop()
    visitors.expected.add(503)
    answer = page.reload()
    assert answer is not None
    assert answer.status == 503
    assert answer.headers["retry-after"] == "60"
    expect(heading).to_have_text(AWAY)
    expect(page.locator("main")).to_contain_text("Vänta en minut och försök igen.")
    page.goto("/konto/login/")
    expect(heading).to_have_text(AWAY)
    assert page.request.get("/healthz").status == 503

    postgres.start()
    visitors.expected.clear()
    page.goto(world.agreement.get_absolute_url())
    expect(heading).to_have_text(title)


def test_a_restart_between_two_pages_costs_nobody_a_page(world: World, visitors: People, postgres: OwnServer) -> None:
    page = visitors(world.reader)
    for _page in range(4):  # every thread has a connection that it keeps
        page.goto(world.agreement.get_absolute_url())
    title = page.get_by_role("heading", level=1).inner_text()
    postgres.stop()
    postgres.start()
    for _page in range(4):
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_what_is_typed_meanwhile_is_kept_and_saved_when_it_is_back(
    world: World, visitors: People, postgres: OwnServer
) -> None:
    section = world.picture.sections.get(heading="Syfte")
    page = visitors(world.coordinator)
    page.goto(f"{section.annex.get_absolute_url()}redigera/?avsnitt={section.pk}")
    in_editor(page)
    press(page, "Control+End", "Enter")
    postgres.stop()
    visitors.expected.add(503)
    page.keyboard.type(SENTENCE)
    status = page.locator("[data-samverkan-save-status]")
    expect(status).to_have_text("Ingen förbindelse – texten finns kvar här")
    postgres.start()

    saved(page)
    connection.close()
    assert SENTENCE in Section.objects.get(pk=section.pk).body


def test_a_form_that_was_posted_changed_nothing_and_can_be_sent_again(
    world: World, visitors: People, postgres: OwnServer, log: StringIO
) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    page = visitors(world.anna)
    page.goto(f"{proposal.get_absolute_url()}bifall/")
    postgres.stop()
    visitors.expected.add(503)
    page.get_by_role("button", name="Bifall").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(AWAY)
    expect(page.locator("main")).to_contain_text("Inget är gjort till hälften.")
    postgres.start()
    connection.close()
    assert not Assent.objects.exists()
    said = log.getvalue()
    assert "django.db.utils.OperationalError from psycopg.OperationalError" in said
    assert world.anna.email not in said
    assert world.anna.name not in said

    page.go_back()
    page.get_by_role("button", name="Bifall").click()
    expect(page.locator(".messages__item")).to_be_visible()
    assert Assent.objects.count() == 1


def test_a_full_disk_of_the_databases_says_so_and_changes_nothing(world: World, log: StringIO) -> None:
    """The server itself refuses, as it does when it cannot lengthen a table's file."""
    section = world.picture.sections.get(heading="Syfte")
    with connection.cursor() as cursor:
        cursor.execute(FULL)
    client = Client(raise_request_exception=False)
    client.force_login(world.coordinator)
    address = f"{section.annex.get_absolute_url()}avsnitt/{section.pk}/"
    answer = client.post(address, {"heading": "Syfte", "body": f"<p>{SENTENCE}</p>", "version": section.version})
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full_disk ON agreements_historicalsection; DROP FUNCTION full_disk")

    assert answer.status_code == 503
    assert "Det finns ingen plats att spara det på" in answer.content.decode()
    assert Section.objects.get(pk=section.pk).body == section.body
    assert "psycopg.errors.DiskFull" in log.getvalue()
    assert SENTENCE not in log.getvalue()


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE 'could not extend file while storing "%"', NEW.body USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON agreements_historicalsection FOR EACH ROW EXECUTE FUNCTION full_disk();
"""
