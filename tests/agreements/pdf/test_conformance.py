"""What makes a file PDF/A-2a and PDF/UA-1, as far as it shows in the structure; veraPDF judges the rest."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from agreements.pdf import printed, render
from tests.agreements.pdf import sample
from tests.agreements.pdf.reading_back import opened

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
    "property": "http://www.aiim.org/pdfa/ns/property#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
Make = Callable[[], bytes]


REDLINE = printed.PrintedRedline(sample.IMPRINT, "Bilaga 1", "Läge", "1", "2", "<p>a <ins>b</ins></p>", sample.DAY)


def redline() -> bytes:
    return render.render_redline(REDLINE, asset=sample.asset)


def matter() -> bytes:
    meaning = printed.PrintedMeaning("Ändrat åtagande:", "Kommunen tänder.", "Kommunen släcker.")
    part = printed.PrintedPart("Bilaga 1 antas.", "Nu.", "", (("Kommunen", (meaning,)),), (meaning,), REDLINE)
    days = ((sample.DAY, "Bilaga 1"), (sample.DAY, "Bilaga 2"))
    made = printed.PrintedMatter(sample.IMPRINT, "Våren", sample.DAY, (part,), "Var för sig.", days, sample.DAY)
    return render.render_matter(made, asset=sample.asset)


def annex(**changes: Any) -> bytes:
    return render.render_annex(sample.annex("Bilaga 2", "Struktur", sample.structure(), **changes), asset=sample.asset)


FIXED: dict[str, Make] = {
    "agreement": cache(lambda: render.render_agreement(sample.agreement(), asset=sample.asset)),
    "annex": cache(annex),
    "contacts": cache(lambda: render.render_contact_sheet(sample.contacts())),
    "decision": cache(lambda: render.render_record(sample.record())),
    "parted decision": cache(lambda: render.render_record(sample.record_in_parts())),
}
MOVING: dict[str, Make] = {
    "draft": cache(lambda: annex(is_draft=True, status="Utkast")),
    "redline": cache(redline),
    "matter": cache(matter),
}


def xmp_of(pdf: pikepdf.Pdf) -> Any:
    packet = bytes(pdf.Root.Metadata.read_raw_bytes())
    assert packet.startswith(b"<?xpacket begin=")
    return etree.fromstring(packet)


def said(packet: Any, path: str) -> list[str]:
    return [element.text for element in packet.findall(f".//{path}", NAMES)]


@pytest.mark.parametrize("make", FIXED.values(), ids=FIXED)
def test_fixed_print_says_that_it_is_both_and_describes_what_pdfa_does_not_know(make: Make) -> None:
    packet = xmp_of(opened(make()))
    assert (said(packet, "pdfaid:part"), said(packet, "pdfaid:conformance")) == (["2"], ["A"])
    assert said(packet, "pdfuaid:part") == ["1"]
    assert said(packet, "schema:namespaceURI") == [NAMES["pdfuaid"]]
    assert said(packet, "schema:prefix") == ["pdfuaid"]
    assert said(packet, "property:name") == ["part"]
    assert said(packet, "property:valueType") == ["Integer"]


@pytest.mark.parametrize("make", FIXED.values(), ids=FIXED)
def test_fixed_print_says_what_its_colours_mean(make: Make) -> None:
    pdf = opened(make())
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"
    assert int(intent.DestOutputProfile.N) == 3


@pytest.mark.parametrize("make", MOVING.values(), ids=MOVING)
def test_what_may_change_is_accessible_and_does_not_pose_as_an_archive(make: Make) -> None:
    packet = xmp_of(opened(make()))
    assert said(packet, "pdfuaid:part") == ["1"]
    assert said(packet, "pdfaid:part") == []
    assert said(packet, "schema:prefix") == []


@pytest.mark.parametrize("make", (FIXED | MOVING).values(), ids=FIXED | MOVING)
def test_print_is_tagged_has_a_language_and_shows_its_title(make: Make) -> None:
    pdf = opened(make())
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "sv"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.StructTreeRoot.K[0].S == "/Document"
    assert said(xmp_of(pdf), "dc:title/rdf:Alt/rdf:li") == [str(pdf.docinfo.Title)] != [""]
    assert all(page.Tabs == "/S" for page in pdf.pages)
    assert "/Outlines" in pdf.Root


@pytest.mark.parametrize("make", (FIXED | MOVING).values(), ids=FIXED | MOVING)
def test_every_typeface_is_embedded_and_its_glyphs_have_letters(make: Make) -> None:
    pdf = opened(make())
    fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    for name, font in fonts.items():
        assert "Source-Sans-3" in name
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize("make", (FIXED | MOVING).values(), ids=FIXED | MOVING)
def test_print_runs_nothing_and_holds_nothing_but_pages(make: Make) -> None:
    pdf = opened(make())
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/EmbeddedFiles", "/Launch", "/AA", "/AcroForm"} & set(item.keys())
    assert "/OpenAction" not in pdf.Root


def test_day_of_the_file_is_the_day_of_the_text() -> None:
    pdf = opened(annex())
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20260304000000Z"
    assert said(xmp_of(pdf), "xmp:CreateDate") == ["2026-03-04T00:00:00Z"]


def test_parties_are_the_authors() -> None:
    pdf = opened(annex())
    assert said(xmp_of(pdf), "dc:creator/rdf:Seq/rdf:li") == ["Norrviks kommun", "Lokalpolisområde Norrvik"]
    assert str(pdf.docinfo.Author) == "Norrviks kommun, Lokalpolisområde Norrvik"


@pytest.mark.timeout(300)
def test_same_input_gives_the_same_bytes_from_warm_and_cold_press() -> None:
    first = render.render_agreement(sample.agreement(), asset=sample.asset)
    again = render.render_agreement(sample.agreement(), asset=sample.asset)
    assert first == again
    assert sha256(first).hexdigest() == printed_by_another_process()


def printed_by_another_process() -> str:
    """The hash of the sample's print, made by a process with other hashes of strings than ours."""
    program = (
        "import django; django.setup()\n"
        "from hashlib import sha256\n"
        "from agreements.pdf import render\n"
        "from tests.agreements.pdf import sample\n"
        "data = render.render_agreement(sample.agreement(), asset=sample.asset)\n"
        "print(sha256(data).hexdigest())\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    surroundings = {"DJANGO_SETTINGS_MODULE": "samverkan.settings_test", "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"}
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(command, cwd=root, env=surroundings, capture_output=True, text=True, check=True, timeout=240)
    return done.stdout.strip()


def test_other_words_give_other_bytes() -> None:
    assert annex() != annex(subtitle="Ny")
