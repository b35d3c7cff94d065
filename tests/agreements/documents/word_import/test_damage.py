"""Damaged parts beside a sound text: the text comes in, and the report names what could not be read."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.refusals import RefusalCode, WordRefused
from agreements.documents.word_import.report import LineKind
from tests.agreements.documents.word_import.docx import (
    HEADER,
    NAMESPACES,
    TYPES,
    Docx,
    bold,
    footnote,
    p,
    packed,
    picture,
    png,
    r,
)
from tests.agreements.documents.word_import.test_comments import about, comment

CHART = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="3" name="Diagram"/><a:graphic><a:graphicData>'
    '<c:chart r:id="rIdC"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
DIAGRAM = CHART.replace("<c:chart r:id", "<dgm:relIds r:dm").replace("rIdC", "rIdD")
MARGINS = '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:footerReference r:id="f1"/></w:sectPr>'
TIES = "".join(
    f'<Relationship Id="{key}" Type="{TYPES}{kind}" Target="{target}"/>'
    for key, kind, target in (
        ("h1", "header", "header1.xml"),
        ("f1", "footer", "footer1.xml"),
        ("rIdC", "chart", "charts/chart1.xml"),
        ("rIdD", "diagramData", "diagrams/data1.xml"),
    )
)
SOURCE = Docx(
    p(bold("Bakgrund", 32))
    + p("Vi ", about(1, r("förebygger")), r(" brott"), footnote(2), r("."))
    + p(CHART)
    + p(DIAGRAM)
    + p(picture("rId9", "Karta"))
    + p("Slut.", props=MARGINS),
    footnotes=f'<w:footnote w:id="2">{p("En not.")}</w:footnote>',
    comments=comment(1, "Hur?"),
    media={"rId9": png()},
    ties=TIES,
    parts={
        "word/header1.xml": f"{HEADER}<w:hdr {NAMESPACES}>{p('Polisen')}</w:hdr>",
        "word/footer1.xml": f"{HEADER}<w:ftr {NAMESPACES}>{p('Sida')}</w:ftr>",
        "word/charts/chart1.xml": f"{HEADER}<c:chartSpace {NAMESPACES}/>",
        "word/diagrams/data1.xml": f"{HEADER}<dgm:dataModel {NAMESPACES}/>",
    },
).bytes()


def with_part(name: str, content: str | bytes) -> bytes:
    """The file with another content of that part."""
    with ZipFile(BytesIO(SOURCE)) as archive:
        files: dict[str, str | bytes] = {known: archive.read(known) for known in archive.namelist()}
    assert name in files
    return packed({**files, name: content})


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("word/header1.xml", "broken_margin"),
        ("word/footer1.xml", "broken_margin"),
        ("word/styles.xml", "broken_styles"),
        ("word/numbering.xml", "broken_part"),
        ("word/comments.xml", "broken_comments"),
        ("word/charts/chart1.xml", "broken_drawing"),
        ("word/diagrams/data1.xml", "broken_drawing"),
    ],
)
@pytest.mark.parametrize("content", ["<w:hdr", "", b"\x00\xff"])
def test_a_damaged_part_beside_the_text_is_named_and_the_text_comes_in(
    part: str, what: str, content: str | bytes
) -> None:
    text = read_word(with_part(part, content))
    assert [(line.what, line.place) for line in text.report.of(LineKind.NOT_UNDERSTOOD) if "broken" in line.what] == [
        (what, part)
    ]
    assert text.report.names_damage
    assert text.report.count("words") == read_word(SOURCE).report.count("words")


def test_a_sound_file_names_no_damage() -> None:
    report = read_word(SOURCE).report
    assert not report.names_damage
    assert {line.what for line in report.of(LineKind.LEFT_OUT)} == {"header", "footer"}


def test_headings_are_told_by_their_look_where_the_styles_are_damaged() -> None:
    assert read_word(with_part("word/styles.xml", "<")).parts[0].heading == "Bakgrund"


def test_a_picture_that_cannot_be_unpacked_is_an_empty_frame() -> None:
    data = bytearray(SOURCE)
    start = data.index(b"word/media/") + 30
    data[start : start + 20] = bytes(20)
    text = read_word(bytes(data))
    assert [line.place for line in text.report.lines if line.what == "missing_picture"] == ["Karta"]
    assert not text.report.names_damage


@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml", "word/_rels/document.xml.rels"])
def test_a_damaged_text_is_refused_its_notes_and_ties_with_it(part: str) -> None:
    with pytest.raises(WordRefused) as caught:
        read_word(with_part(part, "<"))
    assert caught.value.code == RefusalCode.DAMAGED


@pytest.mark.parametrize("part", ["word/header1.xml", "word/styles.xml", "word/charts/chart1.xml"])
def test_what_is_hostile_is_refused_wherever_it_stands(part: str) -> None:
    bomb = f'<!DOCTYPE a [<!ENTITY b "c">]>{HEADER.partition(chr(10))[2]}<a>&b;</a>'
    with pytest.raises(WordRefused) as caught:
        read_word(with_part(part, bomb))
    assert caught.value.code == RefusalCode.ENTITIES
