"""The real Östermalm agreement on paper: no word is lost between Word and PDF."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from pypdf import PdfReader

from agreements.documents.blocks import Document
from agreements.documents.text import to_text
from agreements.pdf import render
from tests.agreements.pdf import real as ostermalm
from tests.agreements.pdf.reading_back import opened, painted, tree

WORD = re.compile(r"[A-Za-zÅÄÖåäöÉé]+")  # a number may have that of a note at its heels


@pytest.fixture(scope="module")
def printed(real: Path) -> bytes:
    return render.render_agreement(ostermalm.agreement(real), asset=ostermalm.asset(real))


def test_whole_agreement_has_all_its_parts(printed: bytes) -> None:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(printed)).pages]
    assert 20 <= len(pages) <= 40
    for label, title, _ in ostermalm.FILES:
        assert sum(f"{label} {title} 1 (" in page for page in pages) == 1


def test_everything_in_it_is_tagged(printed: bytes) -> None:
    pdf = opened(printed)
    assert [painted(page)[1] for page in pdf.pages] == [[]] * len(pdf.pages)
    structure = tree(pdf)
    assert len(list(structure.all("Note"))) == 28
    assert len(list(structure.all("Figure"))) == 5
    assert all(figure.properties.get("Alt") for figure in structure.all("Figure"))


@pytest.mark.parametrize("file", ostermalm.FILES, ids=lambda file: file[2])
def test_no_word_is_lost_on_paper(real: Path, file: tuple[str, str, str]) -> None:
    annex = ostermalm.annex(real, *file)
    printed = render.render_annex(annex, asset=ostermalm.asset(real))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages)
    joined, apart = WORD.findall(re.sub(r"-\s*\n\s*", "", text)), WORD.findall(text)
    wanted = Counter(WORD.findall(to_text(cast(Document, annex.document))))
    assert sum(wanted.values()) > 100
    assert wanted - (Counter(joined) | Counter(apart)) == Counter()
