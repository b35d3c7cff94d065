"""The eleven real documents: the same words in the same order as their truth, and everything else counted."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordText
from tests.agreements.documents.word_import.oracle import NOTE, plain, words, words_of_file, words_of_result

REAL = Path(__file__).resolve().parents[5] / "shared" / "real"
MANIFEST: dict[str, Any] = (
    json.loads((REAL / "manifest.json").read_text("utf-8"))["files"] if (REAL / "manifest.json").exists() else {}
)
FILES = sorted(MANIFEST)

pytestmark = pytest.mark.skipif(not FILES, reason=f"the real documents are not there ({REAL})")


def truth(name: str) -> list[str]:
    """The words of the restored text, its notes where they are referred to."""
    _, front, text = (REAL / name).read_text("utf-8").split("---\n", 2)
    text, *notes = re.split(r"^(?=\[\^\d+\]:)", text, flags=re.MULTILINE)
    for note in notes:
        mark, _, content = note.partition(":")
        text = text.replace(mark, f" {content} ")
    text = re.sub(r"!\[(.*?)\]\([^)]*\)", r"\1", text)  # a picture: its caption
    text = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1", text)
    text = re.sub(r"^\|:[-|:]+$", "", text, flags=re.MULTILINE)  # the rule of a table
    text = re.sub(r"^\d\. ", "", text, flags=re.MULTILINE)  # the number of an item, which the list counts itself
    text = re.sub(r"[*\\<>|#]", " ", text)
    return words(_head(front) + text)


def _head(front: str) -> str:
    if "title_in_source: true" not in front:
        return ""
    fields = dict(re.findall(r'^(title|subtitle): "?(.*?)"?$', front, re.MULTILINE))
    return f"{fields['title']} {fields.get('subtitle', '')}\n"


@pytest.fixture(scope="module")
def taken() -> dict[str, WordText]:
    """All files, read once."""
    return {name: read_word((REAL / MANIFEST[name]["docx"]).read_bytes()) for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_every_word_comes_in_once_and_in_order(name: str, taken: dict[str, WordText]) -> None:
    assert words_of_result(taken[name]) == words_of_file((REAL / MANIFEST[name]["docx"]).read_bytes())
    assert len(words_of_result(taken[name])) == MANIFEST[name]["counts"]["words"]


@pytest.mark.parametrize("name", FILES)
def test_words_are_those_of_the_restored_text(name: str, taken: dict[str, WordText]) -> None:
    found = words_of_result(taken[name])
    wanted = truth(name)
    assert found == wanted


@pytest.mark.parametrize("name", FILES)
def test_headings_stand_on_their_levels(name: str, taken: dict[str, WordText]) -> None:
    found = [
        (part.level, " ".join(words(f"{part.typed_number} {plain(NOTE.sub('', part.heading))}")))
        for part in taken[name].parts
        if part.level
    ]
    assert found == [(h["level"], " ".join(words(h["text"]))) for h in MANIFEST[name]["headings"]]


@pytest.mark.parametrize("name", FILES)
def test_title_is_taken_from_the_head(name: str, taken: dict[str, WordText]) -> None:
    entry = MANIFEST[name]
    wanted = (entry["title"], entry.get("subtitle") or "") if entry["title_in_source"] else ("", "")
    assert (taken[name].title, taken[name].subtitle) == wanted


def _lists(html: str) -> list[tuple[str, int]]:
    """Kind and number of items of each list, in the order in which they open."""
    found: list[list[Any]] = []
    open_lists: list[list[Any]] = []
    for closing, tag in re.findall(r"<(/?)(ul|ol|li)\b", html):
        if tag == "li" and not closing:
            open_lists[-1][1] += 1
        elif tag != "li" and closing:
            open_lists.pop()
        elif tag != "li":
            open_lists.append([{"ul": "bullet", "ol": "ordered"}[tag], 0])
            found.append(open_lists[-1])
    return [(kind, count) for kind, count in found]


@pytest.mark.parametrize("name", FILES)
def test_lists_have_their_items(name: str, taken: dict[str, WordText]) -> None:
    found = [one for part in taken[name].parts for one in _lists(part.body)]
    assert found == [(one["type"], one["items"]) for one in MANIFEST[name]["lists"]]


@pytest.mark.parametrize("name", FILES)
def test_tables_have_their_rows_and_labels(name: str, taken: dict[str, WordText]) -> None:
    tables = [table for part in taken[name].parts for table in re.findall(r"<table>.*?</table>", part.body)]
    wanted = MANIFEST[name]["tables"]
    assert len(tables) == len(wanted)
    for table, entry in zip(tables, wanted, strict=True):
        head, _, body = table.rpartition("</thead>")
        assert head.count("<tr>") == entry["header_rows"]
        rows = re.findall(r"<tr>(.*?)</tr>", body)
        assert len(rows) == entry["body_rows"]
        cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]
        assert {len(row) for row in cells} == {entry["columns"]}
        assert [plain(row[0]).strip() for row in cells] == entry["first_column"]


@pytest.mark.parametrize("name", FILES)
def test_notes_pictures_and_links_are_all_there(name: str, taken: dict[str, WordText]) -> None:
    html = "".join(part.heading + part.body for part in taken[name].parts)
    entry = MANIFEST[name]
    notes = [" ".join(plain(note).split()) for note in map(_unescaped, NOTE.findall(html))]
    assert [words(note) for note in notes] == [words(note) for note in entry["footnotes"]]
    captions = [re.sub("<.*?>", "", NOTE.sub("", c)) for c in re.findall(r"<figure.*?</figure>", html)]
    assert [caption or None for caption in captions] == [figure["caption"] for figure in entry["figures"]]
    assert re.findall(r'<a href="([^"]*)"', html + "".join(map(_unescaped, NOTE.findall(html)))) == entry["links"]


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


@pytest.mark.parametrize("name", FILES)
def test_pictures_are_those_beside_the_text(name: str, taken: dict[str, WordText]) -> None:
    wanted = {(REAL / figure["file"]).read_bytes() for figure in MANIFEST[name]["figures"]}
    assert {image.data for image in taken[name].images.values()} == wanted
    assert all(image.media_type == "image/png" and image.width > 100 for image in taken[name].images.values())


@pytest.mark.parametrize("name", FILES)
def test_report_counts_what_the_truth_counts(name: str, taken: dict[str, WordText]) -> None:
    report, counts = taken[name].report, MANIFEST[name]["counts"]
    pairs = {"words": "words", "headings": "headings", "lists": "lists", "items": "list_items", "tables": "tables",
             "notes": "footnotes", "figures": "figures", "links": "links"}  # fmt: skip
    assert {what: report.count(what) for what in pairs} == {what: counts[key] for what, key in pairs.items()}


def test_the_longest_one_is_read_in_a_moment() -> None:
    data = (REAL / "003_1_lagesbild.docx").read_bytes()
    read_word(data)
    times = []
    for _ in range(3):
        start = time.process_time()
        read_word(data)
        times.append(time.process_time() - start)
    assert min(times) < 0.3
