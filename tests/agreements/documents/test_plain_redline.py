from hypothesis import given
from hypothesis import strategies as st

from agreements.documents.plain_redline import plain_redline

SAME = " ".join(f"ord{number}" for number in range(60))


def test_words_that_differ_are_marked() -> None:
    assert plain_redline("Vi ses på måndag.", "Vi ses på tisdag.") == ("Vi ses på <del>måndag</del><ins>tisdag</ins>.")


def test_what_is_alike_far_from_a_change_is_left_out_on_both_sides() -> None:
    told = plain_redline(f"{SAME} förr {SAME} då {SAME}", f"{SAME} nu {SAME} här {SAME}")

    assert told.startswith("[…] ord48")
    assert told.endswith("ord11 […]")
    assert "ord59 <del>förr</del><ins>nu</ins> ord0" in told
    assert "ord11 […] ord48" in told
    assert "ord30" not in told


def test_a_text_without_changes_is_told_whole() -> None:
    assert plain_redline(SAME, SAME) == SAME


@given(st.text("ab <>&\n", max_size=40), st.text("ab <>&\n", max_size=40))
def test_no_sign_of_the_text_becomes_markup(old: str, new: str) -> None:
    told = str(plain_redline(old, new))
    for tag in ("<ins>", "</ins>", "<del>", "</del>"):
        told = told.replace(tag, "")

    assert "<" not in told
    assert told.count("&") == sum(told.count(sign) for sign in ("&lt;", "&gt;", "&amp;"))
