"""What area a text is about goes with it, as plain text and as JSON; what has ended is exported as it last applied."""

import errno
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from agreements.documents.text import word_count
from agreements.models import Annex, StoredFile
from agreements.pdf import render
from agreements.rights import today
from agreements.selectors.exports import agreement_export
from agreements.workflow.annex import describe_annex
from agreements.workflow.picture import store_picture
from agreements.workflow.section import save_section
from tests.agreements.workflow.test_picture import picture, show, upload
from tests.factories import World, decide, decided_before, end, end_agreement
from tests.factories.history import known_since, moment, written
from tests.plumbing.storage import stored_in

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


def test_what_has_ended_is_exported_under_the_names_of_its_last_day(world: World) -> None:
    decided_before(world, "1", today() - timedelta(days=30))
    title, number = world.agreement.title, world.kommun.registry_number
    known_since(today() - timedelta(days=40))
    end_agreement(world, today() - timedelta(days=5))
    written(world.agreement, moment(today() - timedelta(days=5)), title=title)
    written(world.agreement, moment(today() - timedelta(days=4)), title="Ny titel")
    written(world.kommun, moment(today() - timedelta(days=4)), registry_number="KS 2031/9")

    facts = json.loads(exported("export_json", world))

    assert (facts["title"], facts["parties"][0]["registry_number"]) == (title, number)
    assert facts["ends_on"] == facts["as_of"] == (today() - timedelta(days=5)).isoformat()


def test_the_drafts_of_the_whole_are_the_shared_ones(world: World) -> None:
    decided_before(world, "1", today() - timedelta(days=30))
    section = world.picture.sections.get(heading="Syfte")
    save_section(section, heading="Syfte", body="<p>Bara vårt.</p>", version=section.version, by=world.coordinator)

    assert "Bara vårt." in exported("export_text", world, "--draft")
    Annex.objects.filter(pk=world.picture.pk).update(draft_party=world.kommun)
    assert "Bara vårt." not in exported("export_text", world, "--draft")
    assert "förebygga brott" in exported("export_text", world, "--draft")
    assert "Bara vårt." in exported("export_text", world, "--draft", "--annex", "1")


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_annexes(
    world: World, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for annex in ("1", "3a", "4")[:number]:
        decided_before(world, annex, today() - timedelta(days=30))
    agreement_export(world.agreement, today(), with_history=True)

    with django_assert_num_queries(12):
        facts = agreement_export(world.agreement, today(), with_history=True)
    assert len(facts["annexes"]) == len(facts["versions"]) == number


@pytest.fixture
def lost(world: World, tmp_path: Path) -> Iterator[StoredFile]:
    """A picture of the situational picture in force that the storage does not have any more, nor the press."""
    render.forget()
    with stored_in(tmp_path / "files"):
        file = store_picture(world.picture, upload(picture()), by=world.coordinator)
        show(world, file)
        decide(world)
        default_storage.delete(file.path)
        yield file


@pytest.mark.parametrize("options", [[], ["--annex=1"], ["--annex=1", "--redline", "1", "draft"]])
@pytest.mark.parametrize("is_spoiled", [False, True])
def test_a_lost_picture_is_said_in_one_line_and_nothing_is_written(
    world: World, lost: StoredFile, tmp_path: Path, options: list[str], is_spoiled: bool
) -> None:
    if is_spoiled:
        default_storage.save(lost.path, ContentFile(picture(size=(6, 8))))
    out = tmp_path / "a.pdf"
    out.write_bytes(b"what was there")

    with pytest.raises(CommandError) as refusal:
        call_command("export_pdf", world.agreement.slug, f"--out={out}", *options)

    assert str(refusal.value) == (
        f"Nothing was printed: a picture is gone from the storage, or is another than its hash says ({lost.path})."
    )
    assert out.read_bytes() == b"what was there"
    assert {path.name for path in tmp_path.iterdir()} == {"files", "a.pdf"}


def test_a_full_disk_leaves_what_was_there(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.json"
    out.write_text("what was there")

    def half(path: Path, data: bytes) -> None:
        with path.open("wb") as stream:
            stream.write(data[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(CommandError, match=r"^Cannot write .*a\.json: No space left on device$"):
        call_command("export_json", world.agreement.slug, f"--out={out}")

    assert out.read_text() == "what was there"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_file_is_written_over_and_a_folder_is_not(world: World, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    out.write_text("what was there")
    out.chmod(0o600)

    call_command("export_json", world.agreement.slug, f"--out={out}")

    assert json.loads(out.read_text())["slug"] == world.agreement.slug
    assert out.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match=r"Is a directory$"):
        call_command("export_json", world.agreement.slug, f"--out={tmp_path}")
    with pytest.raises(CommandError, match=r"No such file or directory$"):
        call_command("export_json", world.agreement.slug, f"--out={tmp_path / 'no' / 'a.json'}")
