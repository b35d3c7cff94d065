"""Cells of a sheet as plain words, without loss."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agreements.workflow.cell import as_words, clean_cell, from_words


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("", ""),
        ("Bestäms senare", "<p>Bestäms senare</p>"),
        ("Ett\nTvå", "<p>Ett</p><p>Två</p>"),
        ("Så här:\n- Ett\n- Två\nKlart", "<p>Så här:</p><ul><li><p>Ett</p></li><li><p>Två</p></li></ul><p>Klart</p>"),
        ("2 < 3 & 4", "<p>2 &lt; 3 &amp; 4</p>"),
        ("-", "<p>-</p>"),
    ],
)
def test_plain_words_become_paragraphs_and_lists_and_come_back(words: str, html: str) -> None:
    assert from_words(words) == html
    assert as_words(html) == words


@pytest.mark.parametrize(
    "html",
    [
        '<p>Se <a href="https://example.se/">planen</a></p>',
        "<p><strong>Fett</strong></p>",
        "<ol><li><p>Ett</p></li></ol>",
        '<p>Not<sup data-note="&lt;p&gt;x&lt;/p&gt;"></sup></p>',
        "<p>Ett<br>Två</p>",
        "<ul><li><p>Ett</p><ul><li><p>Inre</p></li></ul></li></ul>",
        "<ul><li><p>Ett</p><p>Mer</p></li></ul>",
        "<p>- Inte en punkt</p>",
    ],
)
def test_what_plain_words_cannot_say_is_not_offered_as_words(html: str) -> None:
    assert clean_cell(html) == html
    assert as_words(html) is None


@example("\x1b\xa00")  # a sign that no reader sees stands before a space, or before what makes an item
@example("\x88-a")
@given(st.text(max_size=80))
def test_whatever_is_typed_is_stored_once_and_for_all(words: str) -> None:
    html = from_words(words)
    assert clean_cell(html) == html
    shown = as_words(html)
    assert shown is not None
    assert from_words(shown) == html


def test_a_table_in_a_cell_comes_as_its_words() -> None:
    assert clean_cell("<table><tr><td>Ett</td><td>Två</td></tr></table>") == "<p>Ett</p><p>Två</p>"
