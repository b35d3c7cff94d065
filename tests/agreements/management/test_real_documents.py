"""The eleven real documents go in by one command and come out by another: the same words in the same order."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from agreements.models import Annex, Section
from tests.agreements.documents.word_import.oracle import words, words_of_file
from tests.plumbing.real import REAL, needs_real

MANIFEST: dict[str, Any] = (
    json.loads((REAL / "manifest.json").read_text("utf-8"))["files"] if (REAL / "manifest.json").exists() else {}
)
NUMBERS = {
    "000": "4", "001": "4", "002": "4", "003_0": "0", "003_1": "1", "003_3a": "3a", "003_3b": "3b", "003_3c": "3c",
    "003_3d": "3d", "003_4": "4", "004": "6",
}  # fmt: skip
FILES = sorted(MANIFEST)

pytestmark = [needs_real, pytest.mark.django_db]


def number_of(name: str) -> str:
    return next(number for start, number in NUMBERS.items() if name.startswith(f"{start}_"))


def docx(name: str) -> Path:
    return REAL / str(MANIFEST[name]["docx"])


def imported(name: str, agreement: str = "prov", *extra: str) -> str:
    """What the command printed."""
    out = StringIO()
    call_command("import_word", docx(name), f"--agreement={agreement}", f"--annex={number_of(name)}", "--create",
                 *extra, stdout=out)  # fmt: skip
    return out.getvalue()


def exported(name: str, agreement: str = "prov") -> str:
    out = StringIO()
    call_command("export_text", agreement, f"--annex={number_of(name)}", "--draft", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_the_words_come_out_as_they_went_in(name: str) -> None:
    printed = imported(name)
    found = words(exported(name))
    assert found == words_of_file(docx(name).read_bytes())
    assert len(found) == MANIFEST[name]["counts"]["words"]
    assert f"{len(found)} ord" in printed
    assert "allt är med" in printed


@pytest.mark.parametrize("name", FILES)
def test_headings_lists_notes_figures_and_links_are_accounted_for(name: str) -> None:
    printed, counts = imported(name), MANIFEST[name]["counts"]
    nouns = {
        "words": "ord", "headings": "rubrik(er)?", "lists": "list(a|or)", "tables": "tabell(er)?",
        "footnotes": "not(er)?", "figures": "bild(er)?", "links": "länk(ar)?",
    }  # fmt: skip
    summary = printed.splitlines()[1]
    for what, noun in nouns.items():
        given = re.search(rf"(\d+) {noun}\b", summary)
        assert int(given[1] if given else 0) == counts[what], (what, summary)
    for heading in MANIFEST[name]["headings"]:
        assert re.sub(r"^[\d.]+ ", "", heading["text"]) in printed


@pytest.mark.parametrize("name", FILES)
def test_headings_are_numbered_as_they_were_typed(name: str) -> None:
    imported(name)
    text = exported(name).splitlines()
    for heading in MANIFEST[name]["headings"]:
        expected = re.sub(r"^([\d.]+?)\.? ", r"\1 ", heading["text"])
        assert any(re.sub(r" \[.*", "", line) == expected for line in text), expected


@pytest.mark.parametrize("name", ["003_1_lagesbild.md", "003_3a_atgardsplan.md", "003_4_kommunikationsplan.md"])
def test_taken_in_twice_it_is_the_same_text(name: str) -> None:
    imported(name)
    first, ids = exported(name), set(Section.objects.values_list("pk", "version"))
    imported(name)
    assert exported(name) == first
    assert set(Section.objects.values_list("pk", "version")) == ids


def test_another_file_replaces_the_text_and_the_history_keeps_it() -> None:
    first, second = "000_kommunikationsplan_hagersten_liljeholmen.md", "003_4_kommunikationsplan.md"
    imported(first)
    imported(second)
    assert words(exported(second)) == words_of_file(docx(second).read_bytes())
    annex = Annex.objects.get(number="4")
    assert "Målgrupper" in annex.sections.filter(is_left_out=False).values_list("heading", flat=True)
    said = annex.sections.get(template_key="checklist")
    assert said.is_left_out
    assert "fundera igenom" in said.body
    goals = annex.sections.get(template_key="goals_internal")
    reasons = [row.history_change_reason for row in goals.history.all()]
    assert reasons == ["Hämtat från Word", "Avsnitt utelämnat", "Bilaga påbörjad"]
