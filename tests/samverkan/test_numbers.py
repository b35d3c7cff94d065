import pytest

from samverkan.numbers import paragraph, whole_number


@pytest.mark.parametrize(("word", "number"), [("0", 0), ("7", 7), ("007", 7), ("999999999", 999_999_999)])
def test_at_most_nine_digits_are_a_number(word: str, number: int) -> None:
    assert whole_number(word) == number


@pytest.mark.parametrize("word", ["", "²", "٣", "-1", "1.0", " 1", "1\x00", "1000000000", "9" * 5000])
def test_what_is_not_at_most_nine_digits_is_no_number(word: str) -> None:
    assert whole_number(word) is None


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("4", "§ 4"), ("§4", "§ 4"), ("§ 112", "§ 112"), (" 4  a ", "§ 4 a"), ("", ""), ("§§ 4-7", "§§ 4-7")]
    + [(reference, reference) for reference in ("2026/45", "KS 12", "4-7", "§", "12345", "punkt 4")],
)
def test_a_paragraph_gets_its_sign_and_another_reference_stays(typed: str, printed: str) -> None:
    assert paragraph(typed) == printed
