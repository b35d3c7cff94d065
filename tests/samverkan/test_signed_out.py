"""The session has ended while somebody filled in a form, or the token is from before they signed in: nothing is done,
nothing that was typed is lost, and nothing that another site posts comes back with a token."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.models import Comment
from agreements.states import ProposalStatus
from tests.factories import World, proposal_at

pytestmark = pytest.mark.django_db
QUESTION = 'Vad kostar "Trygg i centrum" & vem betalar? <b>'
OURS, SISTER = "http://testserver", "http://sister.example.se"
OLD = "a" * 32
"""A token as it was before signing in."""


@pytest.fixture
def address(world: World) -> str:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    return reverse("agreements:proposal_step", args=[proposal.pk, "fraga"])


@pytest.fixture
def careful() -> Client:
    """A browser whose forms need their token, as in service."""
    return Client(enforce_csrf_checks=True)


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def sent_along(page: str) -> dict[str, str]:
    return {name: value for name, value in hidden(page).items() if name != "csrfmiddlewaretoken"}


def sign_in(client: Client, email: str) -> None:
    """By the form, which changes the token."""
    page = client.get("/konto/login/").text
    typed = {"login": email, "password": "hemligt-losenord"}
    assert client.post("/konto/login/", hidden(page) | typed).status_code == 302


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


def test_what_else_was_filled_in_is_on_the_page_too(client: Client, address: str) -> None:
    page = client.post(address, {"text": QUESTION, "why": "Ja", "empty": ""}).text

    assert "<li>why: Ja</li>" in page
    assert "<li>empty" not in page


PASSWORDS = ("oldpassword", "password1", "password2")


def test_a_password_is_never_on_the_page(client: Client) -> None:
    answer = client.post("/konto/password/change/", dict.fromkeys(PASSWORDS, "korrekt hast batteri"))

    assert answer.status_code == 302
    assert answer["Location"] == "/konto/login/?next=/konto/password/change/"


@pytest.mark.parametrize("page", ["login", "password/change", "reauthenticate"])
def test_every_password_is_known_by_the_name_of_its_field(client: Client, world: World, page: str) -> None:
    if page != "login":
        client.force_login(world.anna)
    inputs = re.findall(r'<input type="password"[^>]*>', client.get(f"/konto/{page}/").text)

    assert inputs
    assert all(re.search(r' name="[^"]*password', found) for found in inputs)


@pytest.mark.parametrize("headers", [{}, {"origin": OURS}, {"origin": "https://hostile.example.org"}])
def test_what_another_site_posts_to_nobody_does_not_come_back(
    careful: Client, address: str, headers: dict[str, str]
) -> None:
    careful.get("/konto/login/")
    answer = careful.post(address, {"text": QUESTION}, headers=headers)

    assert answer.status_code == 403
    assert hidden(answer.text) == {}
    assert "Trygg i centrum" not in unescape(answer.text)


def test_signed_in_again_a_second_click_sends_it_without_javascript(
    careful: Client, world: World, address: str
) -> None:
    careful.force_login(world.anna)
    form = hidden(careful.get(address).text) | {"text": QUESTION}
    careful.cookies.pop("sessionid")
    kept = careful.post(address, form, headers={"origin": OURS})
    assert kept.status_code == 401

    sign_in(careful, world.anna.email)
    again = careful.post(address, hidden(kept.text), headers={"origin": OURS})

    assert again.status_code == 403
    assert "Du har troligen loggat in på nytt" in again.text
    assert f"{QUESTION}</textarea>" in unescape(again.text)
    assert "no-store" in again["Cache-Control"]
    assert again["X-Frame-Options"] == "DENY"
    assert not Comment.objects.exists()
    assert careful.post(address, hidden(again.text), headers={"origin": OURS}).status_code == 302
    assert Comment.objects.get().text == QUESTION


@pytest.fixture
def signed_in(careful: Client, world: World) -> Client:
    sign_in(careful, world.anna.email)
    return careful


def late(client: Client, address: str, typed: dict[str, Any], **headers: str) -> str:
    """Send a form with a token from before signing in; returns the page, which is a refusal."""
    answer = client.post(
        address, typed | {"csrfmiddlewaretoken": OLD}, headers={"origin": OURS, "accept": "text/html"} | headers
    )
    assert answer.status_code == 403
    return unescape(answer.text)


def test_a_late_form_comes_back_whole(signed_in: Client, address: str) -> None:
    page = late(signed_in, address, {"text": QUESTION, "why": "Ja"}, **{"sec-fetch-site": "same-origin"})

    assert sent_along(page).keys() == {"text", "why"}
    assert hidden(page)["csrfmiddlewaretoken"] != OLD
    assert "Filer" not in page


def test_a_late_file_cannot_be_kept_and_the_page_says_so(signed_in: Client, address: str) -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF")

    assert "Filer behöver du välja på nytt." in late(signed_in, address, {"text": QUESTION, "minutes": file})


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://hostile.example.org"},
        {"origin": SISTER},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:8000"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"accept": "application/json"},
        {"hx-request": "true"},
    ],
    ids=str,
)
def test_only_what_a_page_of_ours_sent_comes_back_to_a_person(
    signed_in: Client, address: str, headers: dict[str, str], settings: Any
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = [SISTER]
    page = late(signed_in, address, {"text": QUESTION}, **headers)

    assert hidden(page) == {}
    assert "Trygg i centrum" not in page


def test_without_an_origin_nothing_comes_back(signed_in: Client, address: str) -> None:
    answer = signed_in.post(address, {"text": QUESTION, "csrfmiddlewaretoken": OLD})

    assert answer.status_code == 403
    assert hidden(answer.text) == {}


def test_nothing_comes_back_to_somebody_who_is_not_signed_in(careful: Client, address: str) -> None:
    careful.get("/konto/login/")

    assert hidden(late(careful, address, {"text": QUESTION})) == {}


@pytest.mark.parametrize("typed", [{"text": " "}, {"login": "anna@example.se", "password": "korrekt hast batteri"}])
def test_neither_an_empty_form_nor_a_password_comes_back(signed_in: Client, typed: dict[str, Any]) -> None:
    page = late(signed_in, "/konto/login/", typed)

    assert hidden(page) == {}
    assert "batteri" not in page


def test_of_a_large_form_what_was_typed_is_shown_and_all_of_it_is_sent_again(client: Client, address: str) -> None:
    sent = {"text": QUESTION, "initial-text": "", "owner": "Vår ekonomichef", "initial-owner": "Vår ekonomichef"}
    page = client.post(address, sent).content.decode()
    assert page.count("</textarea>") == 1
    assert f"{QUESTION}</textarea>" in unescape(page)
    assert sent_along(page) == sent
