"""The real documents through the whole of it: every word, every note, nothing found that is not there."""

import re

import pytest

from agreements.documents.canonical import content_hash
from agreements.documents.checker import findings
from agreements.documents.html import to_html
from agreements.documents.redline import Summary, compare
from agreements.documents.text import to_text
from tests.agreements.documents.real_texts import REAL, manifest, read
from tests.agreements.documents.verdicts import accept_all, read_document, reject_all

FILES = manifest()
PICTURE = "003_1_lagesbild.md"
pytestmark = pytest.mark.skipif(not FILES, reason=f"the real documents are not there ({REAL})")

WORD = re.compile("[0-9A-Za-zÅÄÖåäöÉé]+(?:[-/.:@’][0-9A-Za-zÅÄÖåäöÉé]+)*")  # word_regex of the manifest


@pytest.mark.parametrize("name", FILES)
def test_every_word_of_the_real_texts_is_in_the_plain_text(name: str) -> None:
    head = " ".join(FILES[name][part] or "" for part in ("title", "subtitle") if FILES[name]["title_in_source"])
    words = WORD.findall(head + " " + to_text(read(name)).replace("\u00a0", " "))
    assert len(words) == FILES[name]["counts"]["words"]


@pytest.mark.parametrize("name", FILES)
def test_headings_notes_and_tables_are_all_there(name: str) -> None:
    document, counts = read(name), FILES[name]["counts"]
    types = [block["type"] for block in document["blocks"]]
    assert types.count("heading") == counts["headings"]
    assert types.count("table") == counts["tables"]
    assert types.count("figure") == counts["figures"]
    assert len(document["notes"]) == counts["footnotes"]


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_taken_for_a_person_or_a_report_that_is_none(name: str) -> None:
    found = [finding for finding in findings(read(name)) if finding.code != "heading_jump"]
    errors = [finding for finding in found if finding.severity == "error"]
    assert errors == []
    phones = {finding.quote for finding in found if finding.code == "private_phone"}
    assert all(phone.startswith(("070-174 06 0", "08-465 004 ")) for phone in phones)
    rest = {finding.code for finding in found} - {"private_phone", "open_point"}
    assert rest == set()


def test_the_real_plans_have_their_open_points() -> None:
    quotes = [finding.quote for finding in findings(read("003_3a_atgardsplan.md")) if finding.code == "open_point"]
    assert quotes == [
        "Mötesfrekvens",
        "Stadsdelsförvaltningens övriga deltagare",
        "Stadsdelsförvaltningens åtagande",
        "Polisen åtagande",
        "Övriga deltagare",
    ]


def test_a_year_later_the_real_lagesbild_is_compared_to_the_word() -> None:
    edit = {"drygt 76 000 personer": "drygt 78 500 personer", "är låg, liksom": "är fortsatt låg, liksom"}
    old, new = read(PICTURE), read(PICTURE, edit)
    compared = compare(old, new)
    assert compared.summary == Summary(changed=1)
    assert [(change.section_title[:3], change.kind) for change in compared.changes] == [("2.3", "changed")] * 2
    assert accept_all(compared) == read_document(new)
    assert reject_all(compared) == read_document(old)
    assert content_hash(old) != content_hash(new)


def test_two_real_plans_that_share_nothing_but_their_form_can_be_compared() -> None:
    old, new = (
        read("000_kommunikationsplan_hagersten_liljeholmen.md"),
        read("002_kommunikationsplan_jarva.md"),
    )
    compared = compare(old, new)
    assert accept_all(compared) == read_document(new)
    assert reject_all(compared) == read_document(old)


def test_a_note_in_a_heading_and_one_of_two_paragraphs_are_shown_in_every_way() -> None:
    document = read(PICTURE)
    assert document["notes"][8].count("<p>") == 2
    assert to_html(document, asset_url=str, notes="end").count("note-back") == 22
    assert to_html(document, asset_url=str, notes="float").count('class="footnote"') == 22
    assert to_html(document, asset_url=str, notes="popover").count(" popover>") == 22
