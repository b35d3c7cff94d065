"""Writing without JavaScript: paragraphs go to a text area and come back the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agreements.documents.sanitise import clean_rich_text
from samverkan.plain_text import from_plain, to_plain


def test_paragraphs_and_breaks_become_lines() -> None:
    assert to_plain("<p>ett &amp; två</p><p>tre<br>fyra</p>") == "ett & två\n\ntre\nfyra"


def test_nothing_is_an_empty_text() -> None:
    assert to_plain("") == ""
    assert from_plain("  \r\n ") == ""


@pytest.mark.parametrize(
    "body",
    [
        "<p>ett <strong>fett</strong></p>",
        "<ul><li><p>ett</p></li></ul>",
        '<p>a<sup data-note="&lt;p&gt;n&lt;/p&gt;"></sup></p>',
        "<p>a</p><table><tbody><tr><td></td></tr></tbody></table>",
        f'<figure data-alt="" data-asset="{"a" * 64}" data-source=""></figure>',
        '<p><a href="https://example.se">a</a></p>',
    ],
)
def test_whatever_is_more_than_paragraphs_is_not_for_a_text_area(body: str) -> None:
    assert to_plain(body) is None


def test_what_is_typed_is_text_and_never_markup() -> None:
    assert from_plain("<b>a</b>\r\n\r\nb\r\nc") == "<p>&lt;b&gt;a&lt;/b&gt;</p><p>b<br>c</p>"


@example("\x1b\xa00")  # a sign that no reader sees stands before a space that does not break
@given(st.text())
def test_a_text_comes_back_as_it_is_stored(text: str) -> None:
    stored = clean_rich_text(from_plain(text))
    plain = to_plain(stored)
    assert plain is not None
    assert clean_rich_text(from_plain(plain)) == stored
