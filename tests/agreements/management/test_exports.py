"""What area a text is about goes with it, as plain text and as JSON."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from agreements.documents.text import word_count
from agreements.workflow.annex import describe_annex
from tests.factories import World, decide

LINE = "Geografisk avgränsning: Norrvik centrum\n"


def exported(command: str, world: World, *options: str) -> str:
    out = StringIO()
    call_command(command, world.agreement.slug, *options, stdout=out)
    return out.getvalue()


def describe(world: World, scope: str, heading: str = "") -> None:
    describe_annex(
        world.picture, title="Lägesbild", heading=heading, subtitle="", geographic_scope=scope, priority_area=None,
        by=world.coordinator,
    )  # fmt: skip


@pytest.mark.parametrize("is_decided", [True, False])
def test_the_scope_stands_under_the_title(world: World, is_decided: bool) -> None:
    describe(world, "Norrvik centrum")
    if is_decided:
        decide(world)

    assert f"\nBilaga 1 Lägesbild\n{LINE}" in exported("export_text", world)
    assert exported("export_text", world, "--annex", "1").startswith(LINE)
    (row,) = [
        row for row in json.loads(exported("export_json", world))["annexes"] if row["number"] == "1"
    ]  # fmt: skip
    assert row["document"]["scope"] == "Norrvik centrum"


def test_it_follows_a_title_that_belongs_to_the_text(world: World) -> None:
    describe(world, "Norrvik centrum", heading="Lägesbild för Norrvik")

    assert exported("export_text", world, "--annex", "1").startswith(f"Lägesbild för Norrvik\n{LINE}")


def test_a_text_about_no_area_of_its_own_says_nothing_of_it(world: World) -> None:
    revision = decide(world).revision

    assert "Geografisk" not in exported("export_text", world)
    assert "Geografisk" not in revision.plain_text
    assert word_count(revision.document) == revision.word_count
