"""Letters of other alphabets, and signs that nobody can print."""

import pytest

from agreements.pdf import render
from tests.agreements.pdf import sample
from tests.agreements.pdf.reading_back import opened, pages_of

UNKNOWN = "\U0010fffd"  # private use: no typeface has it


def printed(words: str) -> bytes:
    annex = sample.annex("Bilaga 9", "Tecken", sample.document("other", "", [sample.rich("r", f"<p>{words}</p>")]))
    return render.render_annex(annex, asset=sample.asset)


def typefaces(data: bytes) -> set[str]:
    """The names of the typefaces in a print."""
    pdf = opened(data)
    return {str(font.BaseFont).partition("+")[2] for page in pdf.pages for font in page.Resources.Font.values()}


@pytest.mark.parametrize(
    ("words", "alphabet"),
    [("Łódź şi București", "latin-ext"), ("привет", "cyrillic"), ("καλημέρα", "greek"), ("Việt", "vietnamese")],
)
def test_letters_of_another_alphabet_come_from_the_file_that_has_them(words: str, alphabet: str) -> None:
    data = printed(f"Svenska åäö. {words}.")
    assert f"Svenska åäö. {words}." in pages_of(data)[0]
    assert f"Source-Sans-3-{alphabet}" in typefaces(data)


def test_sign_that_no_typeface_has_is_printed_as_its_code_point() -> None:
    data = printed(f"Före {UNKNOWN} efter.")
    assert "Före [U+10FFFD] efter." in pages_of(data)[0]
    assert UNKNOWN not in "".join(pages_of(data))


def test_signs_of_ordinary_swedish_come_from_the_typeface_alone() -> None:
    data = printed("”Ja” – sa hon … 25 °C, § 12, ½ och 3 × 4; 1 000 kr, é ü æ ø • · µ €")
    assert all(name.startswith("Source-Sans-3") for name in typefaces(data))
    assert not any("latin-ext" in name or "greek" in name for name in typefaces(data))


def test_hard_space_and_hyphen_are_read_as_such_whatever_came_first() -> None:
    assert "1 000 kr i 3a-d" in pages_of(printed("1\u00a0000 kr i 3a-d"))[0]
