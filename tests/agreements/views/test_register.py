"""A register as a table of fields: what was typed too late is kept, shown and settled."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Definition, SavedAside, Section, Source
from tests.agreements.views.test_annex_pages import table
from tests.factories import World

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


@pytest.fixture
def sources(world: World, client: Client) -> str:
    """The address of a register with two sources; the coordinator is signed in."""
    client.force_login(world.coordinator)
    Source.objects.create(agreement=world.agreement, name="Ett", publisher="Brå", position=1)
    Source.objects.create(agreement=world.agreement, name="Två", position=2)
    return address_of(world, "source_edit", "sources")


def address_of(world: World, name: str, kind: str) -> str:
    section = world.picture.sections.get(heading="Syfte")
    Section.objects.filter(pk=section.pk).update(kind=kind)
    return reverse(f"agreements:{name}", args=[world.agreement.slug, "1", section.pk])


def change(which: str, **facts: Any) -> None:
    """Somebody else saves a row."""
    row = Source.objects.get(name=which)
    for field, value in facts.items():
        setattr(row, field, value)
    row.save()


def names(world: World) -> list[str]:
    return list(world.agreement.sources.values_list("name", flat=True))


def test_what_came_too_late_is_kept_shown_and_settled_by_saving_it_again(
    client: Client, world: World, sources: str
) -> None:
    data = table(client, sources) | {"rad-0-name": "Ett, mitt", "rad-2-name": "Ny"}
    change("Ett", name="Ett, deras")
    answer = client.post(sources, data)
    aside = SavedAside.objects.get()
    assert answer.status_code == 409
    assert ("Ett, mitt" in aside.body, "Ny" in aside.body) == (True, True)
    assert "Där står nu:</strong> Ett, deras" in answer.content.decode()
    assert names(world) == ["Ett, deras", "Två"]

    again = answer.context["formset"].data | {"state": answer.context["state"], "aside": str(aside.pk)}
    assert client.post(sources, again).status_code == 302
    aside.refresh_from_db()
    assert aside.settled_at is not None
    assert names(world) == ["Ett, mitt", "Två", "Ny"]


def test_it_is_also_on_a_page_of_its_own_with_the_way_to_the_list(client: Client, world: World, sources: str) -> None:
    data = table(client, sources) | {"rad-2-name": "Ny"}
    change("Ett", name="Ett, deras")
    client.post(sources, data)
    aside = SavedAside.objects.get()
    own = reverse("agreements:conflict_detail", args=[aside.pk])
    assert own in client.get(sources).content.decode()
    page = client.get(own).content.decode()
    assert "Ny" in page
    assert f'href="{sources}"' in page
    client.post(own, {"choice": "theirs", "version": "0"})
    aside.refresh_from_db()
    assert aside.settled_at is not None
    assert own not in client.get(sources).content.decode()


def test_what_the_other_wrote_in_another_field_of_the_same_row_stays(
    client: Client, world: World, sources: str
) -> None:
    data = table(client, sources) | {"rad-0-period": "2025"}
    change("Ett", publisher="SCB")
    answer = client.post(sources, data)
    client.post(sources, answer.context["formset"].data | {"state": answer.context["state"]})
    row = Source.objects.get(name="Ett")
    assert (row.period, row.publisher) == ("2025", "SCB")


def test_a_row_that_is_not_whole_is_kept_all_the_same_when_it_came_too_late(
    client: Client, world: World, sources: str
) -> None:
    data = table(client, sources) | {"rad-2-publisher": "Brottsförebyggande rådet <b>", "rad-2-link": "ingen länk"}
    change("Ett", name="Ett, deras")
    answer = client.post(sources, data)
    assert answer.status_code == 409
    body = SavedAside.objects.get().body
    assert ("Brottsförebyggande rådet &lt;b&gt;" in body, "ingen länk" in body) == (True, True)
    assert "ingen länk" in answer.content.decode()


def test_a_meaning_that_is_too_long_and_came_too_late_is_kept_as_it_was_typed(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    address = address_of(world, "definition_edit", "definitions")
    data = table(client, address) | {"rad-0-term": "Brott", "rad-0-meaning": "1 < 2 " * 700}
    Definition.objects.create(annex=world.picture, term="Otrygghet", meaning="x")
    assert client.post(address, data).status_code == 409
    assert "1 &lt; 2 1 &lt; 2" in SavedAside.objects.get().body


def test_a_script_hears_whether_the_list_was_saved(client: Client, world: World, sources: str) -> None:
    data = table(client, sources)
    told = client.post(sources, data | {"rad-0-name": "Ett, mitt"}, headers=JSON).json()
    assert "avsnitt=" in told["address"]
    assert client.post(sources, data | {"rad-0-name": "För sent"}, headers=JSON).status_code == 409
    assert "För sent" in SavedAside.objects.get().body
    faulty = table(client, sources) | {"rad-2-publisher": "Brå"}
    assert client.post(sources, faulty, headers=JSON).status_code == 422


def test_what_the_browser_kept_is_put_into_the_table_and_not_saved(client: Client, world: World, sources: str) -> None:
    data = table(client, sources) | {"rad-2-name": "Ny", "again": "1"}
    answer = client.post(sources, data)
    assert answer.status_code == 200
    assert 'value="Ny"' in answer.content.decode()
    assert names(world) == ["Ett", "Två"]


def test_nothing_is_saved_in_the_name_of_another_who_has_signed_in_since(
    client: Client, world: World, sources: str
) -> None:
    data = table(client, sources) | {"rad-2-name": "Ny", "person": str(world.police_coordinator.pk)}
    answer = client.post(sources, data)
    assert answer.status_code == 403
    assert "Ny" in answer.content.decode()
    assert names(world) == ["Ett", "Två"]


def test_a_save_that_says_what_stands_there_already_is_no_conflict(client: Client, world: World, sources: str) -> None:
    data = table(client, sources) | {"rad-0-period": "2025", "rad-1-remove": "on", "rad-2-name": "Ny"}
    for accept in ("text/html", "text/html", "application/json"):
        answer = client.post(sources, data, headers={"Accept": accept})
        assert answer.status_code in (200, 302)
    assert names(world) == ["Ett", "Ny"]
    assert not SavedAside.objects.exists()
    assert client.post(sources, data | {"rad-2-name": "Nyare"}).status_code == 409
    assert "Nyare" in SavedAside.objects.get().body


def test_who_may_no_longer_write_finds_the_words_on_the_page_that_says_so(
    client: Client, world: World, sources: str
) -> None:
    data = table(client, sources) | {"rad-2-name": "Ny"}
    client.force_login(world.preparer)
    answer = client.post(sources, data)
    assert (answer.status_code, "Ny" in answer.content.decode()) == (403, True)
    assert client.post(sources, data, headers=JSON).json()["reason"]
    assert names(world) == ["Ett", "Två"]
