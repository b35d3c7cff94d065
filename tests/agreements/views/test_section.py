"""Saving from the editor and from a plain form; what becomes of what was typed when it cannot be saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import SavedAside, Section
from agreements.workflow.section import save_section
from tests.agreements.views.conftest import SignIn
from tests.factories import World

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def section(world: World, number: str = "1") -> Section:
    found: Section = world.annexes[number].sections.get(heading__startswith="Syfte")
    return found


def address(world: World, name: str = "section_edit", number: str = "1") -> str:
    return reverse(f"agreements:{name}", args=[world.agreement.slug, number, section(world, number).pk])


def post(client: Client, world: World, body: str = "<p>Nytt</p>", **facts: Any) -> Any:
    data = {"heading": "Syfte", "body": body, "version": "1", **facts}
    return client.post(address(world), data, headers=JSON)


def test_the_editor_hears_the_new_version_the_time_and_the_text_as_it_stands(as_: SignIn, world: World) -> None:
    answer = post(as_("coordinator"), world, '<p onclick="x">Nytt</p><script>y</script>', person=world.coordinator.pk)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["version"], told["heading"], told["body"]) == (2, "Syfte", "<p>Nytt</p>")
    assert len(told["saved_at"]) == 5
    assert section(world).body == "<p>Nytt</p>"


def test_the_editor_hears_of_a_conflict_and_where_both_texts_are(as_: SignIn, world: World) -> None:
    save_section(section(world), heading="Syfte", body="<p>Deras</p>", version=1, by=world.police_coordinator)
    client = as_("coordinator")
    answer = post(client, world, "<p>Mitt</p>")
    assert answer.status_code == 409
    told = answer.json()
    assert told["version"] == 2
    page = client.get(told["conflict_url"])
    html = page.content.decode()
    assert "Deras" in html
    assert "Mitt" in html


def test_the_editor_hears_why_it_may_not_save(as_: SignIn, world: World) -> None:
    answer = post(as_("preparer"), world)
    assert answer.status_code == 403
    assert answer.json()["code"] == "not_writer"
    assert section(world).version == 1


def test_the_editor_hears_where_to_sign_in_again_and_nothing_is_changed(client: Client, world: World) -> None:
    answer = post(client, world)
    assert answer.status_code == 401
    assert answer.json()["login_url"].startswith("/konto/")
    assert section(world).version == 1


def test_htmx_is_sent_to_the_sign_in_page_instead_of_putting_it_into_the_text(client: Client, world: World) -> None:
    answer = client.get(address(world), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/konto/")


def test_a_plain_form_sent_when_signed_out_gives_the_text_back(client: Client, world: World) -> None:
    answer = client.post(
        address(world), {"heading": "Syfte", "body": "Mitt långa stycke", "plain": "1", "version": "1"}
    )
    assert answer.status_code == 401
    html = answer.content.decode()
    assert "Mitt långa stycke" in html
    assert "/konto/" in html


def test_nobody_signed_out_learns_whether_a_section_is_there(client: Client, world: World) -> None:
    there = client.get(address(world))
    nowhere = client.get(address(world).replace(world.agreement.slug, "finns-inte"))
    assert (there.status_code, nowhere.status_code) == (302, 302)


def test_what_was_typed_is_not_saved_in_the_name_of_somebody_else(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    answer = post(client, world, person=world.police_coordinator.pk)
    assert answer.status_code == 403
    assert answer.json()["code"] == "other_person"
    plain = client.post(address(world), {"heading": "S", "body": "Kvar", "plain": "1", "person": "0", "version": "1"})
    assert plain.status_code == 403
    assert "Kvar" in plain.content.decode()
    assert section(world).version == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "1.0"])
def test_a_version_that_is_none_is_an_old_one(as_: SignIn, world: World, version: str) -> None:
    answer = post(as_("coordinator"), world, version=version)
    assert answer.status_code == 409
    assert SavedAside.objects.get().body == "<p>Nytt</p>"


def test_a_plain_form_writes_paragraphs_and_comes_back_to_the_page(as_: SignIn, world: World) -> None:
    data = {"heading": "Syfte & mål", "body": "Ett <stycke>\r\n\r\nTvå", "plain": "1", "version": "1"}
    answer = as_("coordinator").post(address(world), data)
    assert answer.status_code == 302
    found = section(world)
    assert (found.heading, found.body) == ("Syfte &amp; mål", "<p>Ett &lt;stycke&gt;</p><p>Två</p>")


def test_a_plain_form_on_an_old_version_leads_to_both_texts(as_: SignIn, world: World) -> None:
    save_section(section(world), heading="Syfte", body="<p>Deras</p>", version=1, by=world.police_coordinator)
    answer = as_("coordinator").post(address(world), {"heading": "Syfte", "body": "Mitt", "plain": "1", "version": "1"})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("agreements:conflict_detail", args=[SavedAside.objects.get().pk])


@pytest.mark.parametrize(
    "body",
    [
        "<table><tbody><tr><td><p>1</p></td></tr></tbody></table>",
        '<p>x<sup data-note="&lt;p&gt;n&lt;/p&gt;"></sup></p>',
        f'<figure data-alt="x" data-asset="{"a" * 64}" data-source=""></figure>',
    ],
)
def test_without_javascript_what_plain_text_would_lose_is_read_only(as_: SignIn, world: World, body: str) -> None:
    Section.objects.filter(pk=section(world).pk).update(body=body)
    page = as_("coordinator").get(reverse("agreements:annex_edit", args=[world.agreement.slug, "1"]))
    html: str = page.content.decode()
    assert "<textarea" not in html.split("kommentarer")[0]
    assert "JavaScript" in html


def test_who_else_is_there_is_told_with_name_and_party(as_: SignIn, world: World) -> None:
    url = address(world, "section_presence")
    assert as_("police_coordinator").post(url, headers=JSON).json() == {"others": []}
    told = as_("coordinator").post(url, headers=JSON).json()
    assert told == {"others": [f"Samordnare polis, {world.polis.organisation.name}"]}


def test_a_reader_of_the_draft_is_not_shown_as_writing(as_: SignIn, world: World) -> None:
    url = address(world, "section_presence")
    assert as_("preparer").post(url, headers=JSON).json() == {"others": []}
    assert as_("coordinator").post(url, headers=JSON).json() == {"others": []}


def test_presence_of_somebody_signed_out_is_refused_as_json(client: Client, world: World) -> None:
    answer = client.post(address(world, "section_presence"), headers=JSON)
    assert answer.status_code == 401
