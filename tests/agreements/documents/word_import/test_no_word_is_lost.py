"""Whatever a document is made of, every word of it comes in, once and in order."""

from __future__ import annotations

from hypothesis import given, note, settings
from hypothesis import strategies as st

from agreements.documents.sanitise import clean_heading, clean_rich_text
from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import docx, item, p
from tests.agreements.documents.word_import.messy import Messy
from tests.agreements.documents.word_import.oracle import words_of_file, words_of_result

SEEDS = st.integers(0, 2**32)


@settings(max_examples=300, deadline=None)
@given(SEEDS, st.integers(1, 12))
def test_no_word_is_lost_and_none_appears_twice(seed: int, size: int) -> None:
    document = Messy(seed, size).document()
    note(document.body)
    data = document.bytes()
    assert words_of_result(read_word(data)) == words_of_file(data)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 12))
def test_what_comes_in_is_canonical_and_the_same_each_time(seed: int, size: int) -> None:
    data = Messy(seed, size).document().bytes()
    text = read_word(data)
    assert text == read_word(data)
    for part in text.parts:
        assert (clean_heading(part.heading), clean_rich_text(part.body)) == (part.heading, part.body)


def test_the_check_itself_sees_a_lost_and_a_doubled_word() -> None:
    data = docx(p("Samverkan i området"), item("punkt"))
    assert words_of_file(data) == ["Samverkan", "i", "området", "punkt"]
    assert words_of_file(docx(p("Samverkan i"), item("punkt"))) != words_of_result(read_word(data))
    assert words_of_file(docx(p("Samverkan i området området"), item("punkt"))) != words_of_result(read_word(data))
