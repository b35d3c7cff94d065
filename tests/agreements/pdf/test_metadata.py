"""The XMP packet."""

from datetime import date

import pytest
from lxml import etree

from agreements.pdf.metadata import About, xmp

ABOUT = About("A & B <1>", 'Till "x"', ("Norrviks kommun", "A < B"), "sv", date(2026, 3, 4))


@pytest.mark.parametrize("is_archived", [True, False])
def test_packet_is_well_formed_whatever_the_title_says(is_archived: bool) -> None:
    root = etree.fromstring(xmp(ABOUT, is_archived=is_archived).encode())
    texts = [text for text in root.itertext() if text.strip()]
    assert {"A & B <1>", 'Till "x"', "A < B", "sv", "2026-03-04T00:00:00Z"} <= set(texts)


def test_only_what_is_archived_says_so() -> None:
    assert "<pdfaid:part>2</pdfaid:part>" in xmp(ABOUT, is_archived=True)
    assert "pdfaid" not in xmp(ABOUT, is_archived=False).replace("pdfuaid", "")
