"""The editing page and its parts, as the people of the cast meet them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Section
from tests.factories import World

pytestmark = pytest.mark.django_db


def signed_in(client: Client, world: World, person: str) -> Client:
    client.force_login(getattr(world, person))
    return client


def edit_url(number: str, world: World) -> str:
    return reverse("agreements:annex_edit", args=[world.agreement.slug, number])


def test_the_page_shows_the_outline_and_the_first_section(client: Client, world: World) -> None:
    page = signed_in(client, world, "coordinator").get(edit_url("1", world))
    html = page.content.decode()
    assert page.status_code == 200
    assert "Parterna arbetar tillsammans" in html
    assert "Arbetet leds av styrgruppen" not in html
    assert "Arbetssätt" in html
