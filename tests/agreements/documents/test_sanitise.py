"""Whatever comes in, what goes out is within the schema, says the same words and stays as it is."""

import re
from collections import Counter
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import example, given, settings

from agreements.documents.sanitise import clean_heading, clean_inline, clean_note, clean_rich_text
from tests.agreements.documents.hostile import HTML, WORDY_HTML
from tests.agreements.documents.schema import PHRASING, judge

ASSET = "0123456789abcdef" * 4
THOROUGH = settings(max_examples=400, deadline=None)


@given(HTML)
@THOROUGH
@example("<b>" * 5000 + "djupt")
@example("<ul><li>" * 300 + "djupt")
@example("<table><tr><td>" * 150 + "djupt")
@example("<svg><style><img src=x onerror=alert(1)></style></svg>")
@example("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>")
@example("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>")
def test_rich_text_is_within_the_schema_whatever_comes_in(html: str) -> None:
    judge(clean_rich_text(html))


@given(HTML)
@THOROUGH
def test_inline_content_is_within_the_schema_whatever_comes_in(html: str) -> None:
    judge(clean_inline(html), PHRASING)


@given(HTML)
@THOROUGH
def test_a_heading_holds_text_em_languages_and_notes_only(html: str) -> None:
    judge(clean_heading(html), PHRASING - {"a", "strong", "br"})


@given(HTML)
@THOROUGH
def test_a_note_holds_paragraphs_only(html: str) -> None:
    judge(clean_note(html), {"p"}, in_note=True)


@pytest.mark.parametrize("clean", [clean_rich_text, clean_inline, clean_heading, clean_note])
@given(html=HTML)
@settings(max_examples=250, deadline=None)
def test_cleaning_twice_is_cleaning_once(clean: Callable[[str], str], html: str) -> None:
    once = clean(html)
    assert clean(once) == once


@given(WORDY_HTML)
@THOROUGH
def test_no_word_is_lost_and_none_appears_twice(html: str) -> None:
    assert _words(clean_rich_text(html)) == _words(html)
    assert _words(clean_inline(html)) == _words(html)
    assert _words(clean_note(html)) == _words(html)


def _words(html: str) -> Counter[str]:
    return Counter(re.findall("w[0-9]+", html))


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("Lös text", "<p>Lös text</p>"),
        ("<p>a</p>\n<p> b  c </p>", "<p>a</p><p>b c</p>"),
        ("<p>a\u0085b\u2028c</p>", "<p>a b c</p>"),
        ("<p></p><p>&nbsp;</p><p><br></p>", ""),
        ("<p>20&nbsp;000</p>", "<p>20\u00a0000</p>"),
        ("<p>sam&shy;verkan</p>", "<p>samverkan</p>"),
        ("<p>a\u030a</p>", "<p>å</p>"),
        ("<p>e<strong>\u0338</strong></p>", "<p>e<strong>&#824;</strong></p>"),
        ("<h1>Rubrik</h1><h6>Lägre</h6>", "<h4>Rubrik</h4><h4>Lägre</h4>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<center>a</center>b", "<p>a</p><p>b</p>"),
        ("<p>a<u>b</u><font color=red>c</font></p>", "<p>abc</p>"),
        ("<p><b>a</b><strong>b</strong></p>", "<p><strong>ab</strong></p>"),
        ("<p><em><strong>a</strong></em></p>", "<p><strong><em>a</em></strong></p>"),
        ("<p>a <b> b</b></p>", "<p>a <strong>b</strong></p>"),
        ("<p>a<b> b </b>c</p>", "<p>a <strong>b</strong> c</p>"),
        ("<p><b>a</b><i> </i><b>b</b></p>", "<p><strong>a b</strong></p>"),
        (
            '<p><a href="https://example.se/">a<br>b</a><br>c</p>',
            '<p><a href="https://example.se/">a<br>b</a><br>c</p>',
        ),
        ("<p>a<br></p>", "<p>a</p>"),
        ("<p>a <br> b</p>", "<p>a<br>b</p>"),
        (
            '<p><a href="https://example.se/"><b>a</b>b</a></p>',
            '<p><a href="https://example.se/"><strong>a</strong>b</a></p>',
        ),
        ('<p><a href="javascript:x">a</a></p>', "<p>a</p>"),
        ('<p><a href="//example.se">a</a><a href="/x">b</a><a href="#c">c</a></p>', "<p>abc</p>"),
        ('<p><a href="HTTPS://example.se">a</a></p>', '<p><a href="https://example.se">a</a></p>'),
        ('<p><a href="tel:114 14">a</a></p>', '<p><a href="tel:114%2014">a</a></p>'),
        ('<p><a href="mailto:">a</a><a href="https://">b</a></p>', "<p>ab</p>"),
        (
            "<p lang=en>Hi <span lang=FI-fi>hei</span></p>",
            '<p><span lang="en">Hi</span> <span lang="fi-FI">hei</span></p>',
        ),
        ("<ul>a<li>b</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        (
            "<ul><li>a</li><ul><li>b</li></ul></ul>",
            "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>",
        ),
        ("<ol start=3><li>a</ol>", '<ol start="3"><li><p>a</p></li></ol>'),
        ("<ol start=1><li>a</ol><ul><li></li></ul>", "<ol><li><p>a</p></li></ol>"),
        ("<li>a</li><li>b</li>", "<p>a</p><p>b</p>"),
        ("<blockquote>a<ul><li>b</ul></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<p>a</p><script>x</script><style>y</style><!-- z -->", "<p>a</p>"),
        ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
        ("<template>a</template>", "<p>a</p>"),
        ("<svg><text>a</text></svg><math><mi>b</mi></math>", "<p>ab</p>"),
    ],
)
def test_each_thing_has_one_spelling(html: str, clean: str) -> None:
    assert clean_rich_text(html) == clean


@pytest.mark.parametrize(
    ("rows", "clean"),
    [
        (
            "<tr><th>a<th>b<tr><td>c<td>d",
            '<thead><tr><th scope="col"><p>a</p></th><th scope="col"><p>b</p></th></tr></thead>'
            "<tbody><tr><td><p>c</p></td><td><p>d</p></td></tr></tbody>",
        ),
        (
            "<tr><td><th>a<tr><th>b<td>c",
            '<thead><tr><td></td><th scope="col"><p>a</p></th></tr></thead>'
            '<tbody><tr><th scope="row"><p>b</p></th><td><p>c</p></td></tr></tbody>',
        ),
        ("<tr><td>a<tr><td>b", "<tbody><tr><td><p>a</p></td></tr><tr><td><p>b</p></td></tr></tbody>"),
        (
            "<tr><td>a<td>b<tr><td>c",
            "<tbody><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td><td></td></tr></tbody>",
        ),
        (
            "<tr><td rowspan=9>a<td>b<tr><td>c",
            '<tbody><tr><td rowspan="2"><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td></tr></tbody>',
        ),
        ("<tr><td colspan=3>a", "<tbody><tr><td><p>a</p></td></tr></tbody>"),
        (
            "<tr><td colspan=3>a<tr><td>b<td>c",
            '<tbody><tr><td colspan="2"><p>a</p></td></tr><tr><td><p>b</p></td><td><p>c</p></td></tr></tbody>',
        ),
        ("<tr><td><ul><li>a</ul>", "<tbody><tr><td><ul><li><p>a</p></li></ul></td></tr></tbody>"),
        ("<tr><td><table><tr><td>a</table>", "<tbody><tr><td><p>a</p></td></tr></tbody>"),
        (
            "<tfoot><tr><td>b</tfoot><tbody><tr><td>a</tbody>",
            "<tbody><tr><td><p>a</p></td></tr><tr><td><p>b</p></td></tr></tbody>",
        ),
    ],
)
def test_tables_become_regular_and_get_no_invented_headers(rows: str, clean: str) -> None:
    assert clean_rich_text(f"<table>{rows}</table>") == f"<table>{clean}</table>"


def test_a_table_or_picture_in_a_list_comes_after_it() -> None:
    picture = f'<figure data-alt="" data-asset="{ASSET}" data-source=""></figure>'
    html = f"<ul><li>a<table><tr><td>t</table>{picture}</li><li>b</li></ul>"
    assert clean_rich_text(html) == (
        f"<ul><li><p>a</p></li><li><p>b</p></li></ul><table><tbody><tr><td><p>t</p></td></tr></tbody></table>{picture}"
    )


def test_a_figure_keeps_what_is_needed_to_understand_it() -> None:
    html = (
        f"<figure class=x data-asset={ASSET.upper()} data-alt=' En \"karta\" ' data-source='Brå' onclick=x>"
        "<img src=https://example.se/x.png><figcaption>Figur <b>1</b></figcaption>"
        "<table><caption>Antal</caption><tr><td>7</table><p>Rest</p></figure>"
    )
    assert clean_rich_text(html) == (
        f'<figure data-alt="En &quot;karta&quot;" data-asset="{ASSET}" data-source="Brå">'
        "<figcaption>Figur <strong>1</strong> Antal</figcaption>"
        "<table><tbody><tr><td><p>7</p></td></tr></tbody></table></figure><p>Rest</p>"
    )


def test_a_figure_without_a_picture_is_its_words() -> None:
    assert clean_rich_text("<figure data-asset=x><figcaption>Figur 1</figcaption></figure>") == "<p>Figur 1</p>"


def test_a_note_is_cleaned_inside_its_attribute() -> None:
    note = "<h1>Se <a href=https://example.se onclick=x>här</a><img src=x></h1>två"
    cleaned = clean_rich_text(f"<p>Ord<sup data-note='{note}'>1</sup>.</p>")
    match = re.fullmatch('<p>Ord<sup data-note="([^"]*)"></sup>.</p>', cleaned)
    assert match is not None
    assert unescape(match[1]) == '<p>Se <a href="https://example.se">här</a></p><p>två</p>'


def test_a_note_in_a_note_becomes_words() -> None:
    assert clean_note("a<sup data-note='<p>b</p>'></sup>c") == "<p>a b c</p>"


def test_an_empty_note_is_none() -> None:
    assert clean_rich_text("<p>a<sup data-note='<p> </p>'></sup></p>") == "<p>a</p>"


def test_raised_text_that_is_no_note_keeps_its_words() -> None:
    assert clean_rich_text("<p>m<sup>2</sup></p>") == "<p>m2</p>"


def test_paragraphs_in_a_heading_are_parted_by_a_space() -> None:
    assert clean_heading("<p>Lägesbild</p><p>2026 <b>utkast</b></p>") == "Lägesbild 2026 utkast"
