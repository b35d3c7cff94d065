"""One print of everything, shared by the tests that only look."""

from functools import cache

import pikepdf
import pytest

from agreements.pdf import render
from tests.agreements.pdf import sample
from tests.agreements.pdf.reading_back import Element, opened, pages_of, tree


@cache
def _whole() -> bytes:
    return render.render_agreement(sample.agreement(), asset=sample.asset)


@pytest.fixture
def whole() -> bytes:
    """The sample agreement as PDF."""
    return _whole()


@cache
def _whole_pages() -> list[str]:
    return pages_of(_whole())


@pytest.fixture
def whole_pages() -> list[str]:
    return _whole_pages()


@pytest.fixture
def whole_pdf() -> pikepdf.Pdf:
    return opened(_whole())


@pytest.fixture
def whole_tree(whole_pdf: pikepdf.Pdf) -> Element:
    return tree(whole_pdf)
