"""A large first letter is a paragraph of its own in the file, and the beginning of a word in the text."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import docx, p, r, tbl, tr

LARGE = '<w:position w:val="-9"/><w:sz w:val="96"/>'


def cap(text: str, kind: str = "drop") -> str:
    """A large first letter as Word writes it."""
    frame = (
        f'<w:keepNext/><w:framePr w:dropCap="{kind}" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>'
    )
    return p(r(text, LARGE), props=frame)


def body(*content: str) -> str:
    """The body of the only part."""
    (part,) = read_word(docx(*content)).parts
    return part.body


@pytest.mark.parametrize("kind", ["drop", "margin"])
def test_it_is_joined_with_the_rest_of_its_word(kind: str) -> None:
    html = body(p("Före."), cap("K", kind), p("ommunen och polisen samverkar."), p("Efter."))
    assert html == "<p>Före.</p><p>Kommunen och polisen samverkar.</p><p>Efter.</p>"


def test_a_whole_word_keeps_its_space() -> None:
    assert body(cap("Vi"), p(" samverkar.")) == "<p>Vi samverkar.</p>"


def test_each_of_several_begins_its_own_paragraph() -> None:
    assert body(cap("E"), p("tt."), cap("T"), p("vå.")) == "<p>Ett.</p><p>Två.</p>"


def test_without_a_paragraph_after_it_nothing_is_lost() -> None:
    assert body(cap("A"), tbl(tr("b", "c"))).startswith("<p>A</p><table>")
    assert body(p("Sist."), cap("A")) == "<p>Sist.</p><p>A</p>"


def test_a_frame_that_is_no_drop_cap_stays_a_paragraph() -> None:
    for frame in ('<w:framePr w:w="2000" w:hSpace="141" w:wrap="around"/>', '<w:framePr w:dropCap="none"/>'):
        assert body(p("K", props=frame), p("ommunen.")) == "<p>K</p><p>ommunen.</p>"
