"""The working text as a Document: a preview is a freeze that is not kept."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agreements.documents.block_types import Document
from agreements.documents.canonical import canonical_json, content_hash
from agreements.documents.text import to_text
from agreements.models import AnnexFile, PriorityArea, Section, StoredFile
from agreements.selectors.working_text import draft_document, preview
from agreements.workflow.annex import create_annex
from agreements.workflow.revision import freeze
from agreements.workflow.structure import add_section
from tests.factories import World, decide

pytestmark = pytest.mark.django_db

NOTE = '<sup data-note="&lt;p&gt;{}&lt;/p&gt;"></sup>'


def write(world: World, *rows: dict[str, object]) -> None:
    """Give the lägesbild these sections and no others."""
    world.picture.sections.all().delete()
    for position, row in enumerate(rows, start=1):
        Section.objects.create(annex=world.picture, position=position, **row)


def headings(document: Document) -> list[tuple[str, int, str]]:
    blocks = document["blocks"]
    return [(block["html"], block["level"], block["number"]) for block in blocks if block["type"] == "heading"]


def test_sections_come_in_order_without_those_left_out(world: World) -> None:
    write(
        world,
        {"heading": "Ett", "body": "<p>a</p>", "is_numbered": True},
        {"heading": "Bort", "body": "<p>b</p>", "is_numbered": True, "is_left_out": True},
        {"heading": "Två", "level": 1, "body": "<p>c</p>", "is_numbered": True},
        {"heading": "Under", "level": 2, "body": "", "is_numbered": True},
    )
    document = draft_document(world.picture)
    assert headings(document) == [("Ett", 1, "1"), ("Två", 1, "2"), ("Under", 2, "2.1")]
    assert to_text(document) == "1 Ett\na\n2 Två\nc\n2.1 Under\n"


def test_notes_are_numbered_through_the_annex_headings_and_rows_included(world: World) -> None:
    write(
        world,
        {"heading": f"Ett{NOTE.format('i rubriken')}", "body": f"<p>a{NOTE.format('i texten')}</p>"},
        {"heading": "Två", "kind": "sources", "body": ""},
        {"heading": "Tre", "body": f"<p>b{NOTE.format('sist')}</p>"},
    )
    world.agreement.sources.create(name="Trygghetsmätning", period="2025", note="Postenkät.\n\nSvar från hälften.")
    document = draft_document(world.picture)
    assert document["notes"] == [
        "<p>i rubriken</p>",
        "<p>i texten</p>",
        "<p>Postenkät.</p><p>Svar från hälften.</p>",
        "<p>sist</p>",
    ]
    last = document["blocks"][-1]
    assert last["type"] == "rich_text"
    assert 'data-ref="4"' in last["html"]


def test_a_section_says_its_language_and_where_it_comes_from(world: World) -> None:
    write(world, {"heading": "Summary", "body": "<p>x</p>", "language": "en", "party": world.polis})
    heading, text = draft_document(world.picture)["blocks"]
    assert (heading["lang"], text["lang"]) == ("en", "en")
    assert heading["party"] == world.polis.organisation.name


def test_head_and_scope_come_along(world: World) -> None:
    world.picture.heading, world.picture.subtitle = "Lägesbild Prov", "Första upplagan"
    world.picture.geographic_scope = "Hela kommunen"
    world.picture.save()
    document = draft_document(world.picture)
    assert (document["format"], document["kind"], document["language"]) == (1, "situational_picture", "sv")
    assert (document["title"], document["subtitle"], document["scope"]) == (
        "Lägesbild Prov",
        "Första upplagan",
        "Hela kommunen",
    )


def test_pictures_are_known_by_their_hash_and_a_missing_one_breaks_nothing(world: World) -> None:
    StoredFile.objects.create(
        agreement=world.agreement, sha256="a" * 64, kind="picture", media_type="image/png", size=9, width=8, height=6
    )
    figure = '<figure data-alt="x" data-asset="{}" data-source=""></figure>'
    write(world, {"heading": "Bilder", "body": figure.format("a" * 64) + figure.format("b" * 64)})
    document = draft_document(world.picture)
    assert document["assets"] == {
        "a" * 64: {"media_type": "image/png", "width": 8, "height": 6},
        "b" * 64: {"media_type": ""},
    }
    assert canonical_json(document)


def test_files_beside_the_annex_are_named_with_their_hashes(world: World) -> None:
    file = StoredFile.objects.create(
        agreement=world.agreement, sha256="c" * 64, kind="pdf", media_type="application/pdf", size=9, pages=12
    )
    AnnexFile.objects.create(annex=world.picture, file=file, title="Enkäten 2025")
    assert draft_document(world.picture)["attachments"] == [{"sha256": "c" * 64, "name": "Enkäten 2025", "pages": 12}]


def test_a_preview_is_what_is_frozen(world: World) -> None:
    document = preview(world.picture)
    revision = freeze(world.picture, by=world.coordinator)
    assert content_hash(document) == revision.sha256
    assert json.loads(json.dumps(document)) == revision.document


def test_the_text_is_swedish_whatever_the_reader_speaks(world: World) -> None:
    write(world, {"heading": "Parter", "kind": "parties"})
    with translation.override("en"):
        in_english = draft_document(world.picture)
    assert in_english == draft_document(world.picture)


def test_what_was_read_for_one_freeze_does_not_outlive_it(world: World) -> None:
    write(world, {"heading": "Parter", "kind": "parties"})
    before = to_text(draft_document(world.picture))
    world.kommun.organisation.name = "Nya kommunen"
    world.kommun.organisation.save()
    assert "Nya kommunen" in to_text(draft_document(world.picture))
    assert "Nya kommunen" not in before


# References


def plan_title(world: World) -> str:
    title = draft_document(world.plan)["title"]
    assert isinstance(title, str)
    return title


def with_areas(world: World) -> None:
    write(world, {"heading": "Områden", "kind": "priority_areas", "is_numbered": True})


def test_an_action_plan_names_its_area_as_the_draft_has_it_while_nothing_is_in_force(world: World) -> None:
    assert plan_title(world) == "Trygga platser"


def test_an_action_plan_names_its_area_as_the_picture_in_force_has_it(world: World) -> None:
    with_areas(world)
    decide(world, "1")
    PriorityArea.objects.filter(pk=world.area.pk).update(title="Nytt namn i utkastet")
    assert plan_title(world) == "Trygga platser"
    assert "Nytt namn i utkastet" in to_text(draft_document(world.picture))


def test_a_heading_of_its_own_goes_before_the_areas_name(world: World) -> None:
    world.plan.heading = "Vår plan"
    world.plan.save()
    assert plan_title(world) == "Vår plan"


# Queries


TYPED = ["parties", "annex_list", "groups", "sources", "priority_areas", "definitions", "contacts"]


def queries(world: World) -> int:
    with CaptureQueriesContext(connection) as captured:
        draft_document(world.picture)
    return len(captured)


@pytest.mark.parametrize("kind", ["text", *TYPED])
def test_the_number_of_queries_does_not_grow_with_the_sections(world: World, kind: str) -> None:
    write(world, {"heading": "1", "kind": kind, "body": "<p>x</p>"})
    one = queries(world)
    rows: list[dict[str, object]] = [{"heading": str(n), "kind": kind, "body": "<p>x</p>"} for n in range(3)]
    write(world, *rows)
    assert queries(world) == one


def test_a_text_of_plain_sections_takes_four_queries(world: World) -> None:
    assert queries(world) == 4


def test_the_number_of_queries_does_not_grow_with_the_sheets(world: World) -> None:
    annex = create_annex(world.agreement, "action_plan", number="3b", title="Plan", by=world.coordinator)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            draft_document(annex)
        return len(captured)

    one = count()
    for _number in range(2):
        add_section(annex, heading="Ark", kind="action_plan_sheet", by=world.coordinator)
    assert count() == one
