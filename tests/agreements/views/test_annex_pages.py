"""Beginning an annex, fetching a text, sharing a draft, registers, areas, pictures: the pages around the text."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from agreements import section_kinds
from agreements.models import Annex, DraftSharing, PriorityArea, SavedAside, Section, Source, StoredFile
from agreements.workflow.revision import freeze
from tests.agreements.views.conftest import SignIn
from tests.factories import World

pytestmark = pytest.mark.django_db


def address(name: str, world: World, *more: object) -> str:
    return reverse(f"agreements:{name}", args=[world.agreement.slug, *more])


def kind_of(world: World, kind: str) -> Section:
    section = world.picture.sections.get(heading="Syfte")
    Section.objects.filter(pk=section.pk).update(kind=kind)
    return section


# Beginning


def begin(client: Client, world: World, **facts: Any) -> Any:
    data = {"kind": "other", "number": "9", "title": "Ny bilaga", **facts}
    return client.post(address("annex_create", world), data)


def test_an_annex_is_begun_from_its_template(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    assert client.get(address("annex_create", world)).status_code == 200
    answer = begin(client, world, kind="action_plan", number="3B", priority_area=str(world.area.pk))
    assert answer["Location"] == address("annex_edit", world, "3b")
    annex = Annex.objects.get(agreement=world.agreement, number="3b")
    assert (annex.kind, annex.priority_area, annex.draft_party) == ("action_plan", world.area, None)
    assert client.get(answer["Location"]).status_code == 200


def test_an_annex_is_begun_as_an_own_draft_or_from_another_text(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    data = {"kind": "situational_picture", "own_of": str(world.kommun.pk), "source": f"utkast-{world.picture.pk}"}
    begin(client, world, **data)
    annex = Annex.objects.get(agreement=world.agreement, number="9")
    assert annex.draft_party == world.kommun
    assert list(annex.sections.values_list("heading", flat=True)) == ["Syfte", "Arbetssätt"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": "1"}, "number"),
        ({"number": ""}, "number"),
        ({"number": "0"}, "number"),
        ({"number": "3ab"}, "number"),
        ({"title": ""}, "title"),
        ({"kind": "annat"}, "kind"),
        ({"source": "version-999"}, "source"),
        ({"own_of": "POLIS"}, "own_of"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    as_: SignIn, world: World, facts: dict[str, str], field: str
) -> None:
    if facts.get("own_of"):
        facts = {"own_of": str(world.polis.pk)}
    answer = begin(as_("coordinator"), world, **facts)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert facts.get("title", "Ny bilaga") in answer.content.decode()
    assert not Annex.objects.filter(agreement=world.agreement, number="9").exists()


def test_a_text_of_another_kind_is_no_beginning(as_: SignIn, world: World) -> None:
    answer = begin(as_("coordinator"), world, source=f"utkast-{world.picture.pk}")
    assert list(answer.context["form"].errors) == ["source"]


def test_a_double_click_begins_one_annex(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    assert begin(client, world).status_code == 302
    assert begin(client, world).status_code == 422
    assert Annex.objects.filter(agreement=world.agreement, number="9").count() == 1


@pytest.mark.parametrize(
    ("person", "status"), [("bo", 403), ("preparer", 403), ("reader", 403), ("cia", 404), ("nils", 404)]
)
def test_only_coordinators_meet_the_page(as_: SignIn, world: World, person: str, status: int) -> None:
    client = as_(person)
    assert client.get(address("annex_create", world)).status_code == status
    assert begin(client, world).status_code == status


# Fetching


def test_an_earlier_version_is_fetched(as_: SignIn, world: World) -> None:
    revision = freeze(world.picture, by=world.coordinator)
    world.picture.sections.update(body="<p>Sämre</p>")
    client = as_("coordinator")
    assert f"version-{revision.pk}" in client.get(address("annex_fetch", world, "1")).content.decode()
    client.post(address("annex_fetch", world, "1"), {"source": f"version-{revision.pk}"})
    assert not world.picture.sections.filter(body="<p>Sämre</p>").exists()


def test_the_drafts_of_the_other_party_are_not_offered(as_: SignIn, world: World) -> None:
    mine = Annex.objects.create(
        agreement=world.agreement, kind="situational_picture", number="9", title="Hemlig", draft_party=world.polis
    )
    client = as_("coordinator")
    assert "Hemlig" not in client.get(address("annex_fetch", world, "1")).content.decode()
    assert "Hemlig" not in client.get(address("annex_create", world)).content.decode()
    answer = client.post(address("annex_fetch", world, "1"), {"source": f"utkast-{mine.pk}"})
    assert answer.status_code == 422


# Sharing


def test_the_page_says_what_sharing_means_and_does_it(as_: SignIn, world: World) -> None:
    Annex.objects.filter(pk=world.picture.pk).update(draft_party=world.kommun)
    client = as_("coordinator")
    edit = client.get(address("annex_edit", world, "1")).content.decode()
    assert f"Syns bara för {world.kommun.organisation.name}." in edit
    page = client.get(address("annex_share", world, "1")).content.decode()
    assert world.polis.organisation.name in page
    assert "allmän handling" in page
    assert client.post(address("annex_share", world, "1"), {}).status_code == 422
    assert not DraftSharing.objects.exists()
    client.post(address("annex_share", world, "1"), {"purpose": "comment", "message": "Vad saknas?"})
    assert DraftSharing.objects.get().message == "Vad saknas?"
    assert "Delat för synpunkter" in client.get(address("annex_edit", world, "1")).content.decode()
    assert client.get(address("annex_share", world, "1")).status_code == 403


def test_the_page_names_what_is_left_out_and_comes_along(as_: SignIn, world: World) -> None:
    Annex.objects.filter(pk=world.picture.pk).update(draft_party=world.kommun)
    make = world.picture.sections.create
    make(position=90, heading="Struket", body="<p>Ord.</p>", is_left_out=True)
    make(position=91, heading="Tomt", is_left_out=True)
    page = as_("coordinator").get(address("annex_share", world, "1")).content.decode()
    assert "Utelämnade avsnitt följer med och kan återtas av den andra parten: Struket." in page


def test_only_a_coordinator_of_the_owner_meets_the_page(as_: SignIn, world: World) -> None:
    Annex.objects.filter(pk=world.picture.pk).update(draft_party=world.kommun)
    for person, status in (("preparer", 403), ("police_coordinator", 404), ("bo", 404), ("cia", 404)):
        assert as_(person).get(address("annex_share", world, "1")).status_code == status


# Registers


def table(client: Client, url: str) -> dict[str, Any]:
    """What the browser would send if nobody had typed anything."""
    context = client.get(url).context
    formset = context["formset"]
    data: dict[str, Any] = {"state": context["state"], "rad-TOTAL_FORMS": str(formset.total_form_count())}
    data["rad-INITIAL_FORMS"] = str(formset.initial_form_count())
    for form in formset:
        for bound in form:
            for key, shown in ((bound.html_name, bound.value()), (bound.html_initial_name, bound.initial)):
                if shown not in (None, False, ""):
                    data[key] = str(shown)
    return data


def test_sources_are_written_in_a_table(as_: SignIn, world: World) -> None:
    url = address("source_edit", world, "1", kind_of(world, "sources").pk)
    client = as_("coordinator")
    data = table(client, url) | {"rad-0-name": "Mätning", "rad-0-link": "example.se/x", "rad-1-name": "Enkät"}
    assert client.post(url, data).status_code == 302
    assert list(world.agreement.sources.values_list("name", "link")) == [
        ("Mätning", "https://example.se/x"),
        ("Enkät", ""),
    ]
    data = table(client, url) | {"rad-0-remove": "on", "rad-1-name": "Enkäten"}
    client.post(url, data)
    assert list(world.agreement.sources.values_list("name", flat=True)) == ["Enkäten"]


def test_a_table_that_nobody_touched_changes_nothing(as_: SignIn, world: World) -> None:
    Source.objects.create(agreement=world.agreement, name="Mätning", note="Rad ett.\n\nRad två.")
    url = address("source_edit", world, "1", kind_of(world, "sources").pk)
    client = as_("coordinator")
    client.post(url, table(client, url))
    assert Source.objects.get().history.count() == 1


def test_a_faulty_row_says_so_and_keeps_what_was_typed(as_: SignIn, world: World) -> None:
    url = address("source_edit", world, "1", kind_of(world, "sources").pk)
    client = as_("coordinator")
    answer = client.post(url, table(client, url) | {"rad-0-publisher": "Brå", "rad-1-name": "Enkät"})
    assert answer.status_code == 422
    assert "Brå" in answer.content.decode()
    assert not Source.objects.exists()


def test_when_somebody_else_has_saved_the_table_nothing_of_either_is_lost(as_: SignIn, world: World) -> None:
    first = Source.objects.create(agreement=world.agreement, name="Ett", position=1)
    Source.objects.create(agreement=world.agreement, name="Två", position=2)
    url = address("source_edit", world, "1", kind_of(world, "sources").pk)
    client = as_("coordinator")
    data = table(client, url) | {"rad-1-name": "Två, mitt", "rad-2-name": "Ny, min"}
    first.name = "Ett, deras"
    first.save()
    Source.objects.create(agreement=world.agreement, name="Ny, deras", position=3)
    answer = client.post(url, data)
    assert answer.status_code == 409
    formset = answer.context["formset"]
    again = formset.data | {"state": answer.context["state"]}
    assert client.post(url, again).status_code == 302
    assert list(world.agreement.sources.values_list("name", flat=True)) == [
        "Ett, deras",
        "Två, mitt",
        "Ny, deras",
        "Ny, min",
    ]


def test_what_was_typed_in_a_row_that_somebody_else_removed_is_offered_as_a_new_one(as_: SignIn, world: World) -> None:
    gone = Source.objects.create(agreement=world.agreement, name="Ett", position=1)
    Source.objects.create(agreement=world.agreement, name="Två", position=2)
    url = address("source_edit", world, "1", kind_of(world, "sources").pk)
    client = as_("coordinator")
    data = table(client, url) | {"rad-0-name": "Ett, mitt"}
    gone.delete()

    answer = client.post(url, data)

    assert answer.status_code == 409
    assert "Ett, mitt" in answer.content.decode()
    again = answer.context["formset"].data | {"state": answer.context["state"]}
    assert client.post(url, again).status_code == 302
    assert set(world.agreement.sources.values_list("name", flat=True)) == {"Två", "Ett, mitt"}


def test_sources_that_another_annex_shows_are_written_in_the_picture(world: World) -> None:
    kind = section_kinds.get("sources")
    shown = world.text.sections.create(position=9, heading="Källor", kind="sources")
    assert kind.edit_url(shown) is None
    assert kind.edit_url(kind_of(world, "sources")) is not None


def test_definitions_are_written_in_a_table_and_keep_what_plain_words_would_lose(as_: SignIn, world: World) -> None:
    url = address("definition_edit", world, "1", kind_of(world, "definitions").pk)
    client = as_("coordinator")
    rich = 'Se <a href="https://example.se/">lagen</a>'
    row = world.picture.definitions.create(term="Otrygghet", meaning=rich)
    client.post(url, table(client, url) | {"rad-0-source": "Brå", "rad-1-term": "Brott", "rad-1-meaning": "1 < 2"})
    row.refresh_from_db()
    assert (row.meaning, row.source) == (rich, "Brå")
    assert world.picture.definitions.get(term="Brott").meaning == "1 &lt; 2"
    answer = client.post(url, table(client, url) | {"rad-2-term": "brott", "rad-2-meaning": "x"})
    assert answer.status_code == 422
    assert "Ett begrepp kan bara stå en gång." in answer.content.decode()


def test_registers_are_for_writers_and_in_their_own_section(as_: SignIn, world: World) -> None:
    section = kind_of(world, "text")
    for name in ("source_edit", "definition_edit", "priority_area_list"):
        assert as_("coordinator").get(address(name, world, "1", section.pk)).status_code == 404
    Section.objects.filter(pk=section.pk).update(kind="sources")
    for person, status in (("preparer", 403), ("bo", 404), ("cia", 404)):
        assert as_(person).get(address("source_edit", world, "1", section.pk)).status_code == status


# Areas


def test_areas_are_added_moved_and_left_out(as_: SignIn, world: World) -> None:
    section = kind_of(world, "priority_areas")
    client = as_("coordinator")
    answer = client.post(address("priority_area_add", world, "1", section.pk), {"title": "Unga i risk"})
    area = PriorityArea.objects.get(title="Unga i risk")
    assert answer["Location"] == address("priority_area_edit", world, "1", section.pk, area.pk)
    move = address("priority_area_move", world, "1", section.pk, area.pk)
    client.post(move, {"do": "up"})
    html = client.get(address("priority_area_list", world, "1", section.pk)).content.decode()
    assert html.index("Unga i risk") < html.index("Trygga platser")
    client.post(move, {"do": "leave-out"})
    assert PriorityArea.objects.get(pk=area.pk).is_left_out
    client.post(move, {"do": "restore"})
    assert not PriorityArea.objects.get(pk=area.pk).is_left_out
    assert client.post(address("priority_area_add", world, "1", section.pk), {"title": ""}).status_code == 422


def test_an_area_is_written_in_the_same_editor_as_a_section(as_: SignIn, world: World) -> None:
    section = kind_of(world, "priority_areas")
    url = address("priority_area_edit", world, "1", section.pk, world.area.pk)
    client = as_("coordinator")
    assert "data-samverkan-section" in client.get(url).content.decode()
    json = {"Accept": "application/json"}
    data = {"heading": "Trygga <em>torg</em>", "body": "<p>Text</p>", "version": "1"}
    other = data | {"person": str(world.police_coordinator.pk)}
    assert client.post(url, other, headers=json).status_code == 403  # who has signed in since the page was opened
    assert client.post(url, data, headers=json).json()["version"] == 2
    assert client.post(url, data | {"body": "<p>Gammalt</p>"}, headers=json).status_code == 409
    world.area.refresh_from_db()
    assert (world.area.title, world.area.description) == ("Trygga torg", "<p>Text</p>")
    aside = SavedAside.objects.get()
    page = client.get(reverse("agreements:conflict_detail", args=[aside.pk]))
    assert "Gammalt" in page.content.decode()
    foreign = PriorityArea.objects.create(agreement=world.other, title="Deras")
    assert client.get(address("priority_area_edit", world, "1", section.pk, foreign.pk)).status_code == 404


# Pictures


def png() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (8, 6)).save(stream, "PNG")
    return SimpleUploadedFile("karta.png", stream.getvalue())


def test_a_picture_is_taken_in_and_handed_out(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    upload = png()
    told = client.post(address("image_upload", world, "1"), {"file": upload}).json()
    assert (told["width"], told["height"]) == (8, 6)
    assert told["url"] == address("image_detail", world, "1", told["asset"])
    shown: Any = client.get(told["url"])
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert shown["Cache-Control"].startswith("private")
    again = client.get(told["url"], headers={"If-None-Match": shown["ETag"]})
    assert again.status_code == 304


def test_what_is_no_picture_is_refused_with_a_sentence(as_: SignIn, world: World) -> None:
    client = as_("coordinator")
    answer = client.post(address("image_upload", world, "1"), {"file": SimpleUploadedFile("karta.png", b"%PDF-1.7")})
    assert answer.status_code == 422
    assert answer.json()["error"] == "Det här är ingen bild som kan användas. Välj en PNG eller en JPEG."
    assert client.post(address("image_upload", world, "1")).status_code == 422


def test_pictures_are_for_those_who_may_read_a_text_that_shows_them(as_: SignIn, world: World) -> None:
    url = as_("coordinator").post(address("image_upload", world, "1"), {"file": png()}).json()["url"]
    for person in ("police_coordinator", "preparer", "bo", "reader", "cia"):
        assert as_(person).get(url).status_code == 404
    sha256 = StoredFile.objects.get().sha256
    figure = f'<figure data-alt="x" data-asset="{sha256}" data-source=""></figure>'
    world.picture.sections.filter(heading="Syfte").update(body=figure)
    assert as_("preparer").get(url).status_code == 200
    for person in ("bo", "reader", "cia"):
        assert as_(person).get(url).status_code == 404


def test_writers_only_add_pictures_and_signed_out_ones_hear_it_as_json(
    as_: SignIn, client: Client, world: World
) -> None:
    assert client.post(address("image_upload", world, "1"), headers={"Accept": "application/json"}).status_code == 401
    assert as_("preparer").post(address("image_upload", world, "1"), {"file": png()}).status_code == 403
    assert as_("cia").post(address("image_upload", world, "1"), {"file": png()}).status_code == 404
    assert not StoredFile.objects.exists()
