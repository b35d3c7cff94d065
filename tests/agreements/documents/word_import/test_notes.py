"""Footnotes and endnotes come in at their references, whole, in headings and captions too."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordText
from tests.agreements.documents.word_import.docx import (
    Docx,
    docx,
    footnote,
    link_tie,
    p,
    picture,
    png,
    r,
    relationships,
    tbl,
    tc,
    tr,
)
from tests.agreements.documents.word_import.oracle import words_of_result

REFERENCE_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'


def note(note_id: int, *paragraphs: str, tag: str = "footnote", kind: str = "") -> str:
    """A note; text alone becomes a paragraph."""
    inside = "".join(one if one.startswith("<") else p(REFERENCE_MARK, r(f" {one}")) for one in paragraphs)
    return f'<w:{tag} w:id="{note_id}"{kind}>{inside}</w:{tag}>'


def read(body: str, footnotes: str, **more: object) -> WordText:
    """A file with footnotes."""
    source = Docx(body, footnotes=footnotes)
    for name, value in more.items():
        setattr(source, name, value)
    return read_word(source.bytes())


def test_a_note_stands_at_its_reference() -> None:
    text = read(p(r("Ravefester"), footnote(3), r(" ordnas.")), note(3, "Se polisen.se."))
    assert text.parts[0].body == '<p>Ravefester<sup data-note="&lt;p&gt;Se polisen.se.&lt;/p&gt;"></sup> ordnas.</p>'
    assert text.report.count("notes") == 1


def test_several_paragraphs_lists_tables_and_links_in_a_note() -> None:
    content = note(1, "Ett.", p('<w:hyperlink r:id="rId1">' + r("bra.se") + "</w:hyperlink>"), tbl(tr("a", "b")))
    ties = {"word/_rels/footnotes.xml.rels": relationships(link_tie("rId1", "https://bra.se/"))}
    html = read(p(r("Text"), footnote(1)), content, parts=ties).parts[0].body
    wanted = "<p>Ett.</p><p><a href=&quot;https://bra.se/&quot;>bra.se</a></p><p>a</p><p>b</p>"
    assert wanted in html.replace("&lt;", "<").replace("&gt;", ">")


def test_a_table_in_a_note_gets_a_line_in_the_report() -> None:
    inner = tbl(tr("x", "y"))
    text = read(p(r("Text"), footnote(1)), note(1, "Ett.", tbl(tr(tc(p("a"), inner), "b")), tbl(tr("", ""))))
    lines = [line.place for line in text.report.lines if line.what == "table_in_note"]
    assert lines == ["a x y b"], "the outer table with what stands in it; an empty one is not worth a line"
    assert read(p(r("Text"), footnote(1)), note(1, "Ett.")).report.count("table_in_note") == 0


def test_endnotes_are_notes_too_and_do_not_meet_footnotes_of_the_same_id() -> None:
    text = read(
        p(r("A"), footnote(1), r("B"), footnote(1, "endnote")),
        note(1, "fot"),
        endnotes=note(1, "slut", tag="endnote"),
    )
    assert text.parts[0].body == (
        '<p>A<sup data-note="&lt;p&gt;fot&lt;/p&gt;"></sup>B<sup data-note="&lt;p&gt;slut&lt;/p&gt;"></sup></p>'
    )


def test_a_note_in_a_heading_and_in_a_caption() -> None:
    body = p(r("Befolkning"), footnote(1), style="Heading1") + p(picture("rId9", "Karta"))
    body += p(r("Figur 1: Karta"), footnote(2), style="Caption")
    part = read(body, note(1, "ett") + note(2, "två"), media={"rId9": png()}).parts[0]
    assert part.heading == 'Befolkning<sup data-note="&lt;p&gt;ett&lt;/p&gt;"></sup>'
    assert '<figcaption>Figur 1: Karta<sup data-note="&lt;p&gt;två&lt;/p&gt;"></sup></figcaption>' in part.body


def test_separators_are_no_notes() -> None:
    text = read(p("Text."), note(0, "----", kind=' w:type="separator"'))
    assert text.report.count("orphan_note") == 0


def test_a_note_that_nothing_refers_to_is_named() -> None:
    text = read(p("Text."), note(5, "Glömd not."))
    assert [line.place for line in text.report.lines if line.what == "orphan_note"] == ["Glömd not."]


def test_a_reference_without_a_note_is_reported() -> None:
    text = read_word(docx(p(r("Text här"), footnote(9), r(" och mer."))))
    assert text.parts[0].body == "<p>Text här och mer.</p>"
    assert [line.place for line in text.report.lines if line.what == "missing_note"] == ["Text här"]


def test_a_second_reference_does_not_repeat_the_words() -> None:
    text = read(p(r("A"), footnote(1), r("B"), footnote(1)), note(1, "en gång"))
    assert text.parts[0].body.count("en gång") == 1
    assert text.report.count("repeated_note") == 1


def test_a_note_inside_a_note_is_no_note() -> None:
    text = read(p(r("A"), footnote(1)), note(1, p(r("yttre"), footnote(2))) + note(2, "inre"))
    assert text.parts[0].body == '<p>A<sup data-note="&lt;p&gt;yttre&lt;/p&gt;"></sup></p>'
    assert text.report.count("orphan_note") == 1


def test_a_picture_in_a_note_stands_after_the_paragraph() -> None:
    tie = '<Relationship Id="rId9" Type="x/image" Target="media/n.bin"/>'
    parts = {"word/_rels/footnotes.xml.rels": relationships(tie), "word/media/n.bin": png()}
    text = read(p(r("A"), footnote(1), r("B")), note(1, p(r("se"), picture("rId9", "Karta"))), parts=parts)
    assert text.parts[0].body.startswith('<p>A<sup data-note="&lt;p&gt;se&lt;/p&gt;"></sup>B</p><figure ')
    assert text.report.count("moved_picture") == 1


def test_tracked_changes_count_in_notes() -> None:
    content = note(1, p(r("nu "), '<w:del w:id="1"><w:r><w:delText>då</w:delText></w:r></w:del>', r("gäller")))
    assert "nu gäller" in read(p(r("A"), footnote(1)), content).parts[0].body


def test_a_second_note_of_the_same_number_is_reported() -> None:
    notes = f'<w:footnote w:id="1">{p("Lagen.")}</w:footnote><w:footnote w:id="1">{p("Tvillingen.")}</w:footnote>'
    text = read_word(Docx(p("Se", footnote(1)), footnotes=notes).bytes())
    assert words_of_result(text) == ["Se", "Lagen"]
    assert [line.place for line in text.report.lines if line.what == "orphan_note"] == ["Tvillingen."]


@pytest.mark.parametrize("mark", ["<w:t>*</w:t>", "<w:t>a</w:t>", '<w:sym w:font="Symbol" w:char="F02A"/>'])
def test_a_sign_that_a_note_has_of_its_own_is_no_word_of_the_text(mark: str) -> None:
    reference = f'<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/>{mark}</w:r>'
    text = read(p(r("Text"), reference, r(" och mer.")), note(1, "Noten."))
    assert text.parts[0].body == '<p>Text<sup data-note="&lt;p&gt;Noten.&lt;/p&gt;"></sup> och mer.</p>'
    assert text.report.count("own_marks") == 1


@pytest.mark.parametrize(
    ("mark", "said", "kept"),
    [
        ("*", "* Noten.", "Noten."),
        ("*", " *Noten.", "Noten."),
        ("a", "a Noten.", "Noten."),
        ("a", "allt.", "allt."),
        ("*", "Noten*.", "Noten*."),
        ("*", "*", "*"),
        ("", "Noten.", "Noten."),
    ],
)
def test_the_note_itself_does_not_begin_with_its_sign_either(mark: str, said: str, kept: str) -> None:
    reference = f'<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>{mark}</w:t></w:r>'
    text = read(p(r("Text"), reference), note(1, p(said)))
    assert text.parts[0].body == f'<p>Text<sup data-note="&lt;p&gt;{kept}&lt;/p&gt;"></sup></p>'


def test_the_sign_of_a_note_that_is_missing_stays() -> None:
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="7"/><w:t>*</w:t></w:r>'
    assert read_word(docx(p(r("Text"), reference))).parts[0].body == "<p>Text*</p>"


def test_the_words_of_a_note_that_is_left_out_are_whole() -> None:
    signs = '<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>post</w:t><w:cr/><w:sym w:font="Symbol" w:char="F0A3"/></w:r>'
    text = read(p("Text."), note(5, p(signs)))
    assert [line.place for line in text.report.lines if line.what == "orphan_note"] == ["e\u2011post ≤"]
