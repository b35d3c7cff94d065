"""Which day a page is asked for: one that cannot be read is said to be none, and a day to come is no past one."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape

from agreements.rights import today
from tests.factories import World, as_, decided_before, end_agreement

DAY = timedelta(days=1)
UNREAD = "går inte att läsa som ett datum. Skriv det så här: 2026-03-04. Sidan visar vad som gäller i dag."


def pages(world: World, query: dict[str, str]) -> list[str]:
    """The pages of the agreement and of its situational picture, as a reader meets them."""
    client = as_(world.reader)
    addresses = (world.agreement.get_absolute_url(), world.picture.get_absolute_url())
    answers = [client.get(address, query) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.content.decode() for answer in answers]


@pytest.mark.parametrize("words", ["xx", "2026-02-30", "4 mars 2026", "2026-13-01", "<b>"])
def test_a_day_that_cannot_be_read_is_said_to_be_none(world: World, words: str) -> None:
    decided_before(world, "1", today() - 30 * DAY)

    for page in pages(world, {"den": words}):
        assert f"”{escape(words)}” {UNREAD}" in page
        assert "Du ser" not in page


@pytest.mark.parametrize("query", [{}, {"den": ""}, {"den": " "}, {"den": today().isoformat()}])
def test_who_asks_for_today_or_for_no_day_is_told_of_none(world: World, query: dict[str, str]) -> None:
    decided_before(world, "1", today() - 30 * DAY)

    for page in pages(world, query):
        assert UNREAD not in page
        assert "Visa i dag" not in page


def test_a_day_that_cannot_be_read_is_not_printed_and_stands_in_no_log(world: World, log: StringIO) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    url = reverse("agreements:agreement_print", args=[world.agreement.slug])

    answer = as_(world.reader).get(url, {"den": "Anna Påhitt"})

    assert answer.status_code == 400
    assert "Datumet i adressen går inte att läsa. Skriv det så här: 2026-03-04." in answer.content.decode()
    assert "Påhitt" not in log.getvalue()
    assert as_(world.reader).get(url, {"den": ""})["Content-Type"] == "application/pdf"


def test_a_day_to_come_is_what_has_been_decided_so_far(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    tomorrow = date_format(today() + DAY, "j F Y")

    agreement, annex = pages(world, {"den": (today() + DAY).isoformat()})

    assert f"Du ser det som hittills är beslutat att gälla den {tomorrow}." in agreement
    assert f"Du ser den text som enligt besluten hittills gäller den {tomorrow}." in annex
    assert "gällde" not in agreement + annex


def test_a_past_day_is_what_was_in_force(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)

    for page in pages(world, {"den": (today() - DAY).isoformat()}):
        assert "gällde den" in page
        assert "hittills" not in page


@pytest.mark.parametrize(("days", "begins"), [(-20, False), (0, True), (20, False)])
def test_an_annex_is_begun_today_and_on_no_other_day(world: World, days: int, begins: bool) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    day = (today() + days * DAY).isoformat()

    page = as_(world.coordinator).get(world.agreement.get_absolute_url(), {"den": day}).content.decode()

    assert (reverse("agreements:annex_create", args=[world.agreement.slug]) in page) is begins


@pytest.mark.parametrize(
    ("days", "words"), [(1, "Inget som hittills är beslutat gäller den"), (-1, "Inget gällde den")]
)
def test_where_nothing_is_in_force_the_page_says_it_of_its_day(world: World, days: int, words: str) -> None:
    address = world.picture.get_absolute_url()
    day = today() + days * DAY

    page = as_(world.coordinator).get(address, {"den": day.isoformat()}).content.decode()

    assert f"{words} {date_format(day, 'j F Y')}" in page


@pytest.mark.parametrize(("ended", "said"), [(False, "Sista dagen är"), (True, "Upphörde")])
def test_what_will_have_ended_by_a_day_to_come_has_not_ended_yet(world: World, ended: bool, said: str) -> None:
    last = today() - DAY if ended else today() + DAY
    end_agreement(world, last)
    asked = {} if ended else {"den": (last + DAY).isoformat()}

    page = as_(world.reader).get(world.agreement.get_absolute_url(), asked).content.decode()

    assert f"{said} {date_format(last, 'j F Y')}." in page


def test_from_an_annex_of_another_day_one_comes_back_to_that_day(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    day, address = today() - DAY, world.agreement.get_absolute_url()

    page = as_(world.reader).get(world.picture.get_absolute_url(), {"den": day.isoformat()}).content.decode()

    assert f'href="{address}?den={day}"' in page
    assert f'href="{address}?den' not in as_(world.reader).get(world.picture.get_absolute_url()).content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_can_be_asked_for(world: World, day: str) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    client, url = as_(world.reader), reverse("agreements:agreement_print", args=[world.agreement.slug])

    agreement = client.get(world.agreement.get_absolute_url(), {"den": day})
    annex = client.get(world.picture.get_absolute_url(), {"den": day})

    assert (agreement.status_code, annex.status_code) == (200, 200)
    assert client.get(url, {"den": day}).status_code == (200 if day > "2026" else 404)
