"""The session has ended while somebody filled in a form: nothing is done, and nothing that was typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.models import Comment
from agreements.states import ProposalStatus
from tests.factories import World, make_world, proposal_at

pytestmark = pytest.mark.django_db
QUESTION = 'Vad kostar "Trygg i centrum" & vem betalar? <b>'


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def address(world: World) -> str:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    return reverse("agreements:proposal_step", args=[proposal.pk, "fraga"])


def sent_along(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_what_was_typed_is_on_the_page_and_nothing_is_done(client: Client, address: str) -> None:
    answer = client.post(address, {"text": QUESTION})
    page = answer.content.decode()

    assert answer.status_code == 401
    assert "no-store" in answer["Cache-Control"]
    assert "Det du skrev är inte skickat" in page
    assert f"{QUESTION}</textarea>" in unescape(page)
    assert f'action="{address}"' in page
    assert "<b>" not in page
    assert not Comment.objects.exists()


def test_sent_again_after_signing_in_it_arrives_whole(client: Client, world: World, address: str) -> None:
    page = client.post(address, {"text": QUESTION}).content.decode()
    client.force_login(world.anna)
    again = client.post(address, sent_along(page))

    assert again.status_code == 302
    assert Comment.objects.get().text == QUESTION


def test_a_file_cannot_be_kept_and_the_page_says_so(client: Client, address: str) -> None:
    answer = client.post(address, {"text": "x", "minutes": SimpleUploadedFile("a.pdf", b"%PDF")})

    assert "Filer behöver du välja på nytt." in answer.content.decode()


def test_an_empty_form_or_a_link_leads_to_the_sign_in_page_and_back(client: Client, address: str) -> None:
    for answer in (client.get(address), client.post(address, {"text": " "})):
        assert answer.status_code == 302
        assert answer["Location"] == f"/konto/login/?next={address}"


def test_htmx_is_sent_to_the_sign_in_page_and_back_to_the_page_it_stood_on(client: Client, address: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/overenskommelser/?status=galler"}
    answer = client.get(address, headers=headers)

    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/konto/login/?next=%2Foverenskommelser%2F%3Fstatus%3Dgaller"
