"""Canonical rich text is read the same with and without a tree."""

import pytest
from hypothesis import given

from agreements.documents import html_tree, reader, rich_text
from agreements.documents.flow import Flow, Place
from agreements.documents.notes import lift
from agreements.documents.quick_reader import quick_nodes, quick_runs
from agreements.documents.sanitise import clean_rich_text
from tests.agreements.documents.hostile import HTML


def with_a_tree(html: str) -> tuple[rich_text.Node, ...]:
    body = html_tree.parse_canonical(html)
    assert body is not None
    return tuple(reader._gather(body, Flow(Place.TOP)).nodes)


TEXT = (
    '<p>Parterna <a href="https://example.se/?a=1&amp;b=2"><strong>följer <em>det</em></strong></a><br>varje '
    '<span lang="en">quarter</span><sup data-ref="1"></sup>.</p><h4>Läget &lt;nu&gt;</h4>'
    '<ul><li><p>ett</p><ol start="3"><li><p>tre</p></li></ol></li><li><p>två</p></li></ul>'
    "<blockquote><p>Trygghet</p><p>&#824;oro</p></blockquote>"
)


def test_every_kind_of_text_is_read_without_a_tree() -> None:
    nodes = quick_nodes(TEXT)
    assert nodes == with_a_tree(TEXT)
    assert nodes is not None
    assert rich_text.write(nodes) == TEXT


@given(HTML)
def test_what_is_read_without_a_tree_is_what_the_tree_gives(html: str) -> None:
    notes: list[str] = []
    canonical = lift(clean_rich_text(html), notes)
    nodes = quick_nodes(canonical)
    assert nodes is None or nodes == with_a_tree(canonical)
    assert ("<table" in canonical or "<figure" in canonical) == (nodes is None)


@pytest.mark.parametrize(
    "html",
    [
        "ord",
        "<p>ord",
        "<p></p>",
        "<p>ord</p> ",
        "<p><strong>ord</p>",
        "<p>ord</strong></p>",
        "<p><u>ord</u></p>",
        '<p><a href="javascript:alert(1)">ord</a></p>',
        '<p><strong>ord<sup data-ref="1"></sup></strong></p>',
        "<ul><li><p>ord</p></li>",
        "<ul>ord</ul>",
        "<table><tbody><tr><td><p>ord</p></td></tr></tbody></table>",
    ],
)
def test_other_spellings_are_left_to_the_tree(html: str) -> None:
    assert quick_nodes(html) is None


def test_inline_text_is_read_without_a_tree() -> None:
    html = 'Läget<sup data-ref="2"></sup> <em>nu</em>'
    assert quick_runs(html) == reader._joined(with_a_tree(html))
    assert quick_runs("<p>ett</p>") is None
