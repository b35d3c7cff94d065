"""Joining two texts passage by passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.selectors.passages import BOTH, MINE, THEIRS, Passage, joined, passages

ONE = "<p>Ett</p><p>Två</p><p>Tre</p>"
OTHER = "<p>Ett</p><p>Två, ändrat</p><p>Tre</p><ul><li><p>Ny</p></li></ul>"


def test_texts_are_parted_where_they_differ() -> None:
    assert passages(ONE, OTHER) == [
        Passage("<p>Ett</p>", "<p>Ett</p>"),
        Passage("<p>Två</p>", "<p>Två, ändrat</p>"),
        Passage("<p>Tre</p>", "<p>Tre</p>"),
        Passage("", "<ul><li><p>Ny</p></li></ul>"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (THEIRS, THEIRS, ONE),
        (MINE, MINE, OTHER),
        (THEIRS, MINE, "<p>Ett</p><p>Två</p><p>Tre</p><ul><li><p>Ny</p></li></ul>"),
        (BOTH, THEIRS, "<p>Ett</p><p>Två</p><p>Två, ändrat</p><p>Tre</p>"),
    ],
)
def test_each_difference_is_chosen_by_itself(first: str, second: str, text: str) -> None:
    assert joined(passages(ONE, OTHER), {1: first, 3: second}) == text


def test_nothing_is_chosen_for_the_writer() -> None:
    with pytest.raises(KeyError):
        joined(passages(ONE, OTHER), {1: MINE})


PARAGRAPHS = st.lists(st.sampled_from(["<p>a</p>", "<p>b</p>", "<p>c</p>", "<p>d</p>"]), max_size=8).map("".join)


@given(PARAGRAPHS, PARAGRAPHS)
def test_choosing_one_side_throughout_gives_that_text(theirs: str, mine: str) -> None:
    found = passages(theirs, mine)
    assert joined(found, dict.fromkeys(range(len(found)), THEIRS)) == theirs
    assert joined(found, dict.fromkeys(range(len(found)), MINE)) == mine
