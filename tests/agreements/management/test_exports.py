"""What area a text is about goes with it, as plain text and as JSON; what has ended is exported as it last applied."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agreements.documents.text import word_count
from agreements.rights import today
from agreements.selectors.exports import agreement_export
from agreements.workflow.annex import describe_annex
from tests.factories import World, decide, decided_before, end, end_agreement

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


def in_json(world: World, *options: str) -> dict[str, bool]:
    """Which annexes the export has, and whether each is a preview."""
    rows = json.loads(exported("export_json", world, *options))["annexes"]
    return {row["number"]: row["is_preview"] for row in rows}


def test_an_agreement_that_has_ended_is_exported_as_on_its_last_day(world: World) -> None:
    decided_before(world, "1", today() - timedelta(days=30))
    end_agreement(world, today() - timedelta(days=1))
    world.agreement.refresh_from_db()

    assert in_json(world)["1"] is False
    assert [row["number"] for row in agreement_export(world.agreement, today())["annexes"]] == ["1"]
    assert "förebygga brott" in exported("export_text", world, "--annex", "1")


def test_an_annex_that_has_ended_is_in_no_export_of_the_whole_and_alone_as_it_last_applied(world: World) -> None:
    end(world, "1", today() - timedelta(days=1))

    assert "1" not in in_json(world)
    assert str(world.picture) not in exported("export_text", world)
    assert json.loads(exported("export_json", world, "--annex", "1"))["is_preview"] is False


def test_on_its_last_day_it_is_still_exported(world: World) -> None:
    end(world, "1", today())

    assert in_json(world)["1"] is False


@pytest.mark.parametrize("word", ["²", "9999999999999999999", "x", "-1"])
def test_a_version_that_is_none_is_refused_in_one_line(world: World, tmp_path: Path, word: str) -> None:
    with pytest.raises(CommandError, match=r"^Annex 1 of .* has no version "):
        call_command(
            "export_pdf", world.agreement.slug, "--annex=1", f"--out={tmp_path / 'a'}", "--redline", "draft", word
        )


def test_an_annexs_letter_may_be_written_large(world: World) -> None:
    assert exported("export_text", world, "--annex", "3A") == exported("export_text", world, "--annex", "3a")
