"""The report: sentences for people, counts for programs, and what was left out by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from agreements.documents.word_import import messages
from agreements.documents.word_import.messages import ALL, sentence
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.report import KIND_OF, Finds, LineKind, shortened
from tests.agreements.documents.word_import.docx import (
    HEADER,
    NAMESPACES,
    TYPES,
    Docx,
    docx,
    field_,
    item,
    p,
    picture,
    r,
    tbl,
    tc,
    tr,
)


@pytest.mark.parametrize("what", sorted(ALL))
@pytest.mark.parametrize("count", [1, 2])
def test_every_sentence_can_be_said(what: str, count: int) -> None:
    with translation.override("en"):
        text = sentence(what, count, "en plats")
    assert "%(" not in text
    assert ("en plats" in text) or (str(count) in text) or what == "own_template"


def test_every_kind_of_finding_has_one_sentence() -> None:
    assert set(KIND_OF) == set(ALL)


@pytest.mark.parametrize("what", sorted(ALL))
def test_every_sentence_is_used(what: str) -> None:
    folder = Path(messages.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*.py") if path.name != "messages.py"]
    assert any(f'"{what}"' in source for source in sources)


def test_lines_are_sorted_by_what_they_are_about() -> None:
    text = read_word(docx(p("Text "), item("punkt"), p(r("Dolt", "<w:vanish/>"), "synligt"), p("• a")))
    assert [(line.kind, line.what, line.count) for line in text.report.lines] == [
        (LineKind.FOUND, "words", 4),
        (LineKind.FOUND, "lists", 2),
        (LineKind.FOUND, "items", 2),
        (LineKind.CHANGED, "typed_bullets", 1),
        (LineKind.LEFT_OUT, "hidden_text", 1),
    ]


def test_page_headers_and_footers_are_left_out_and_named() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="default" r:id="f1"/>'
    section += '<w:footerReference w:type="first" r:id="f1"/></w:sectPr>'
    header = f"{HEADER}<w:hdr {NAMESPACES}>{p(r('Polisen'), picture('rId1'))}</w:hdr>"
    footer = p("Diarienummer: KS 2026/12") + p(r("Sida "), field_(" PAGE ", r("1")))
    source = Docx(
        p("Text.", props=section),
        ties="".join(
            f'<Relationship Id="{key}" Type="{TYPES}{kind}" Target="{kind}1.xml"/>'
            for key, kind in (("h1", "header"), ("f1", "footer"))
        ),
        parts={"word/header1.xml": header, "word/footer1.xml": f"{HEADER}<w:ftr {NAMESPACES}>{footer}</w:ftr>"},
    )
    text = read_word(source.bytes())
    assert text.parts[0].body == "<p>Text.</p>"
    found = {line.what: line.place for line in text.report.of(LineKind.LEFT_OUT)}
    assert found == {"header": "Polisen", "footer": "Diarienummer: KS 2026/12 · Sida 1"}
    assert text.report.count("missing_picture") == 0


def test_words_are_counted_with_notes_and_without_numbers_that_word_makes() -> None:
    text = read_word(docx(item("Ett mål", list_id=2), p("Icke\u2011våld, 2025-2026 och 4,5 %")))
    assert text.report.count("words") == 2 + 5


def test_what_is_left_out_is_told_whole_and_what_came_in_by_its_beginning() -> None:
    words = "Dolt stycke om samverkan. " * 20
    text = read_word(docx(p(r(words, "<w:vanish/>"), "Synligt."), tbl(tr(tc(p(words), tbl(tr("a", "b")), p())))))
    [hidden] = text.report.of(LineKind.LEFT_OUT)
    assert hidden.place == words.strip()
    assert hidden.message.count("Dolt stycke") == 20
    assert hidden.opening.count("Dolt stycke") < 6
    assert all(len(line.place) < 130 for line in text.report.of(LineKind.CHANGED))


def test_a_short_line_is_not_folded() -> None:
    [hidden] = read_word(docx(p(r("Dolt", "<w:vanish/>"), "Synligt."))).report.of(LineKind.LEFT_OUT)
    assert (hidden.message, hidden.opening) == ("Dold text, togs inte med: ”Dolt”", "")


def test_the_same_place_is_told_once() -> None:
    finds = Finds()
    finds.at("drawing", "här")
    finds.at("drawing", " här ")
    assert finds.report().count("drawing") == 1


def test_long_places_are_cut_between_words() -> None:
    text = shortened("samverkan " * 40)
    assert len(text) <= 122
    assert text.endswith("samverkan …")
