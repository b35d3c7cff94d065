"""Comments: whose, about which words, in which part; names are asked about."""

from __future__ import annotations

from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordComment, WordText
from tests.agreements.documents.word_import.docx import (
    NAMESPACES,
    TYPES,
    Docx,
    footnote,
    gone,
    p,
    r,
    tbl,
    text_box,
    tr,
)

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Handläggare, Norrviks kommun</dc:creator>'
    "<cp:lastModifiedBy>Kommunpolis</cp:lastModifiedBy><dc:title>Lägesbild</dc:title></cp:coreProperties>"
)


def comment(comment_id: int, text: str, paragraph_id: str = "") -> str:
    """A comment by the municipal police officer."""
    paragraph = p(r(text)).replace("<w:p>", f'<w:p w14:paraId="{paragraph_id}">' if paragraph_id else "<w:p>")
    date = "2026-02-03T10:15:00Z"
    return f'<w:comment w:id="{comment_id}" w:author="Kommunpolis" w:date="{date}">{paragraph}</w:comment>'


def about(comment_id: int, content: str) -> str:
    """Content with a comment on it."""
    return (
        f'<w:commentRangeStart w:id="{comment_id}"/>{content}<w:commentRangeEnd w:id="{comment_id}"/>'
        f'<w:r><w:commentReference w:id="{comment_id}"/></w:r>'
    )


def read(body: str, comments: str) -> WordText:
    """A file with comments."""
    return read_word(Docx(body, comments=comments).bytes())


def test_a_comment_knows_its_words_and_its_part() -> None:
    body = p("Inledning", style="Heading1") + p("Text.")
    body += p("Metod", style="Heading1") + p(r("Vi har "), about(4, r("frågat ") + r("många")), r("."))
    text = read(body, comment(4, "Hur många?"))
    assert text.comments == (WordComment(1, "frågat många", "Hur många?", "Kommunpolis", "2026-02-03T10:15:00Z"),)
    assert text.parts[1].body == "<p>Vi har frågat många.</p>"
    assert text.report.count("comments") == 1


def test_a_comment_over_several_paragraphs() -> None:
    body = p('<w:commentRangeStart w:id="1"/>', r("Ett.")) + p(r("Två."), '<w:commentRangeEnd w:id="1"/>') + p("Tre.")
    assert [c.quote for c in read(body, comment(1, "Stryk")).comments] == ["Ett. Två."]


def test_a_comment_between_paragraphs_begins_with_the_next() -> None:
    body = p("Ett.") + '<w:commentRangeStart w:id="1"/>' + p("Två.") + '<w:commentRangeEnd w:id="1"/>' + p("Tre.")
    assert [c.quote for c in read(body, comment(1, "Bra")).comments] == ["Två."]


def test_a_comment_on_a_heading_in_a_cell_and_at_a_point() -> None:
    body = p(about(1, r("Metod")), style="Heading1") + tbl(
        tr("<w:tc>" + p(about(2, r("a"))) + "</w:tc>", "b"), tr("c", "d")
    )
    body += p("Syfte", style="Heading1") + p(r("Text."), '<w:r><w:commentReference w:id="3"/></w:r>')
    text = read(body, comment(1, "x") + comment(2, "y") + comment(3, "z"))
    assert [(c.part, c.quote) for c in text.comments] == [(0, "Metod"), (0, "a"), (1, "")]


def test_a_comment_in_an_otherwise_empty_paragraph_goes_with_the_next_words() -> None:
    body = p("Ett.") + p('<w:r><w:commentReference w:id="1"/></w:r>') + p("Två", style="Heading1") + p("Tre.")
    assert [c.part for c in read(body, comment(1, "x")).comments] == [1]


def test_a_comment_on_deleted_words_is_kept_without_a_quotation() -> None:
    body = p("Text.") + p(about(1, gone("borttaget")))
    assert [(c.part, c.quote, c.text) for c in read(body, comment(1, "Varför?")).comments] == [(0, "", "Varför?")]


def test_a_comment_that_stands_nowhere_is_kept() -> None:
    assert [(c.part, c.text) for c in read(p("Text."), comment(1, "Lös")).comments] == [(0, "Lös")]


def test_references_to_comments_that_the_file_does_not_hold_are_nothing() -> None:
    assert read(p(about(8, r("Text."))), "").comments == ()


def test_answered_comments_are_marked() -> None:
    extended = f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0A" w15:done="1"/></w15:commentsEx>'
    source = Docx(
        p(about(1, r("a"))) + p(about(2, r("b"))),
        comments=comment(1, "klart", "0A") + comment(2, "öppet", "0B"),
        ties=f'<Relationship Id="ex" Type="{TYPES}commentsExtended" Target="commentsExtended.xml"/>',
        parts={"word/commentsExtended.xml": extended},
    )
    assert [c.is_resolved for c in read_word(source.bytes()).comments] == [True, False]


def test_names_are_asked_about() -> None:
    text = read_word(Docx(p(about(1, r("a"))), comments=comment(1, "x"), core=CORE).bytes())
    properties = text.properties
    assert (properties.author, properties.last_modified_by) == ("Handläggare, Norrviks kommun", "Kommunpolis")
    assert (properties.comment_authors, properties.title) == (("Kommunpolis",), "Lägesbild")
    asked = [(line.what, line.place) for line in text.report.of("ask")]  # type: ignore[arg-type]
    assert asked == [
        ("author", "Handläggare, Norrviks kommun"),
        ("last_modified_by", "Kommunpolis"),
        ("comment_author", "Kommunpolis"),
    ]


def test_two_comments_of_the_same_number_are_both_kept() -> None:
    comments = "".join(f'<w:comment w:id="1">{p(words)}</w:comment>' for words in ("Varför?", "Stämmer det?"))
    text = read_word(Docx(p(r("ord"), '<w:r><w:commentReference w:id="1"/></w:r>'), comments=comments).bytes())
    assert [comment.text for comment in text.comments] == ["Varför?", "Stämmer det?"]


def test_what_stands_beside_the_words_is_no_part_of_the_quotation() -> None:
    note = f'<w:footnote w:id="2">{p("Notens ord.")}</w:footnote>'
    body = p(about(1, r("före ") + footnote(2) + text_box(p("Rutans ord.")) + r("efter")))
    text = read_word(Docx(body, comments=comment(1, "Hur?"), footnotes=note).bytes())
    assert [c.quote for c in text.comments] == ["före efter"]


def test_a_comment_whose_end_is_not_marked_ends_where_it_is_referred_to() -> None:
    start, reference = '<w:commentRangeStart w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>'
    assert [c.quote for c in read(p(start, r("Ett."), reference) + p("Två."), comment(1, "x")).comments] == ["Ett."]


def extended(*rows: str) -> Docx:
    """A file with three comments on one word, of which ``rows`` say how they belong together."""
    marks = "".join(f'<w:r><w:commentReference w:id="{n}"/></w:r>' for n in (2, 3))
    return Docx(
        p(about(1, r("ord")), marks),
        comments=comment(1, "Varför?", "0A") + comment(2, "Därför.", "0B") + comment(3, "Tack!", "0C"),
        ties=f'<Relationship Id="ex" Type="{TYPES}commentsExtended" Target="commentsExtended.xml"/>',
        parts={"word/commentsExtended.xml": f"<w15:commentsEx {NAMESPACES}>{''.join(rows)}</w15:commentsEx>"},
    )


def ex(paragraph: str, parent: str = "", done: int = 0) -> str:
    above = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{paragraph}"{above} w15:done="{done}"/>'


def test_answers_hang_on_the_comment_that_they_answer() -> None:
    text = read_word(extended(ex("0A", done=1), ex("0B", "0A"), ex("0C", "0B")).bytes())
    (first,) = text.comments
    assert (first.text, first.quote, first.is_resolved) == ("Varför?", "ord", True)
    assert [(one.text, one.quote, one.part) for one in first.answers] == [("Därför.", "", 0), ("Tack!", "", 0)]
    assert text.report.count("comments") == 3


def test_an_answer_to_nothing_and_answers_in_a_ring_are_comments() -> None:
    text = read_word(extended(ex("0A", "0B"), ex("0B", "0A"), ex("0C", "FF")).bytes())
    assert [(one.text, one.answers) for one in text.comments] == [("Varför?", ()), ("Därför.", ()), ("Tack!", ())]


def test_signs_in_a_comment_are_read() -> None:
    signs = f'<w:r><w:sym w:font="Wingdings" w:char="F0FC"/>{"<w:noBreakHyphen/>"}<w:t>klart</w:t></w:r>'
    comments = f'<w:comment w:id="1">{p(signs)}</w:comment>'
    assert [c.text for c in read(p(about(1, r("a"))), comments).comments] == ["✓\u2011klart"]
