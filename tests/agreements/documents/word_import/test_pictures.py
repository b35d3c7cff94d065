"""Pictures: kept, converted or replaced by a frame; captions and alternative texts once each."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image, ImageFile

from agreements.documents.word_import.charts import chart_values
from agreements.documents.word_import.pictures import frame, readable_image
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordText
from tests.agreements.documents.word_import.docx import (
    NAMESPACES,
    TYPES,
    Docx,
    docx,
    field_,
    link_tie,
    p,
    picture,
    png,
    r,
    text_box,
)

EMF = b"\x01\x00\x00\x00\x6c\x00\x00\x00" + bytes(80)
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>'
    "<c:title><c:tx><c:rich><a:p><a:r><a:t>Anmälda </a:t></a:r><a:r><a:t>brott</a:t></a:r></a:p></c:rich></c:tx>"
    "</c:title>"
    "<c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>Östra</c:v></c:pt></c:strCache>"
    "</c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx='0'><c:v>2023</c:v></c:pt><c:pt idx='1'><c:v>2024</c:v>"
    "</c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx='0'><c:v>12</c:v></c:pt>"
    "<c:pt idx='1'><c:v>4.2999999999999998</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart>"
    "</c:plotArea></c:chart></c:chartSpace>"
)


def read(*content: str, media: dict[str, bytes] | None = None) -> WordText:
    """A file with a picture of the id rId9."""
    return read_word(Docx("".join(content), media={"rId9": png()} if media is None else media).bytes())


def image_as(kind: str) -> bytes:
    """A small picture in a format of Pillow's."""
    buffer = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(buffer, kind, lossless=True)
    return buffer.getvalue()


def figure(alt: str, caption: str = "", data: bytes | None = None) -> str:
    """The figure that is expected."""
    inside = f"<figcaption>{caption}</figcaption>" if caption else ""
    asset = sha256(data or png()).hexdigest()
    return f'<figure data-alt="{alt}" data-asset="{asset}" data-source="">{inside}</figure>'


def test_a_picture_is_named_by_the_hash_of_its_bytes() -> None:
    text = read(p(picture("rId9", "Karta")))
    assert text.parts[0].body == figure("Karta")
    image = text.images[sha256(png()).hexdigest()]
    assert (image.data, image.media_type, image.width, image.height, image.description) == (
        png(), "image/png", 4, 3, "Karta",
    )  # fmt: skip
    assert not image.is_placeholder


def test_names_of_files_are_no_alternative_text() -> None:
    text = read(p(picture("rId9")), p(picture("rId9", "bild.png")))
    assert text.parts[0].body == figure("") * 2
    assert text.report.count("no_alternative_text") == 2


def test_a_caption_is_taken_once_even_where_it_is_the_alternative_text_too() -> None:
    text = read(p(picture("rId9", "Figur 1: Karta")), p("Figur 1: Karta", style="Caption"))
    assert text.parts[0].body == figure("Figur 1: Karta", "Figur 1: Karta")
    assert text.report.count("words") == 3


@pytest.mark.parametrize("style_id", ["Caption", "ImageCaption", "Bildtext", "Beskrivning"])
def test_captions_are_known_by_style(style_id: str) -> None:
    source = Docx(p(picture("rId9", "a")) + p("Över området", style=style_id), media={"rId9": png()}, styles="")
    assert read_word(source.bytes()).parts[0].body == figure("a", "Över området")


def test_captions_are_known_by_their_words() -> None:
    number = field_(" SEQ Figur ", r("1"))
    text = read(p(picture("rId9", "a")), p(r("Figur "), number, r(". Brott")), p("Figur 1 visar att brotten minskar."))
    assert text.parts[0].body == figure("a", "Figur 1. Brott") + "<p>Figur 1 visar att brotten minskar.</p>"


def test_captions_stand_after_or_before_and_belong_to_one_picture_each() -> None:
    one, two = p(picture("rId9", "a")), p(picture("rId9", "b"))
    first, second = p("Första", style="Caption"), p("Andra", style="Caption")
    wanted = figure("a", "Första") + figure("b", "Andra")
    assert read(one, first, two, second).parts[0].body == wanted
    assert read(first, one, second, two).parts[0].body == wanted


def test_a_caption_without_a_picture_is_a_paragraph() -> None:
    assert read(p("Text."), p("Ensam", style="Caption")).parts[0].body == "<p>Text.</p><p><em>Ensam</em></p>"


def test_pictures_stand_before_or_after_the_words_of_their_paragraph() -> None:
    assert read(p(picture("rId9", "a"), r("Text."))).parts[0].body == figure("a") + "<p>Text.</p>"
    inside = read(p(r("Text "), picture("rId9", "a", anchor=True), r("går vidare.")))
    assert inside.parts[0].body == "<p>Text går vidare.</p>" + figure("a")


def test_a_picture_alone_in_the_style_of_a_heading_is_no_heading() -> None:
    text = read(p(picture("rId9", "Logga"), style="Heading1"), p("Text."))
    assert [(part.level, part.body) for part in text.parts] == [(0, figure("Logga") + "<p>Text.</p>")]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_formats_are_converted(kind: str) -> None:
    text = read(p(picture("rId9", "a")), media={"rId9": image_as(kind)})
    (image,) = text.images.values()
    assert image.media_type == "image/png"
    assert Image.open(BytesIO(image.data)).getpixel((3, 3)) == (0, 128, 128)
    assert text.report.count("converted_picture") == 1


def test_jpeg_is_kept_as_it_is() -> None:
    data = image_as("JPEG")
    (image,) = read(p(picture("rId9", "a")), media={"rId9": data}).images.values()
    assert (image.data, image.media_type) == (data, "image/jpeg")


def test_a_jpeg_that_only_other_programs_forgive_is_drawn_anew() -> None:
    whole = image_as("JPEG")
    junk = whole[:20] + b"\0\0" + whole[20:]

    image = readable_image(junk, "")

    assert image is not None
    assert image.media_type == "image/png"
    assert Image.open(BytesIO(image.data)).tobytes() == Image.open(BytesIO(whole)).convert("RGB").tobytes()


@pytest.mark.parametrize("data", [EMF, b"<svg xmlns='http://www.w3.org/2000/svg'/>", png()[:40], b""])
def test_what_cannot_be_shown_keeps_its_place_with_a_frame(data: bytes) -> None:
    text = read(p("Före."), p(picture("rId9", "Diagram")), p("Figur 2: Brott", style="Caption"), media={"rId9": data})
    (image,) = text.images.values()
    assert image.is_placeholder
    assert (image.width, image.height) == (100, 50)
    assert text.parts[0].body == "<p>Före.</p>" + figure("Diagram", "Figur 2: Brott", image.data)
    assert [line.place for line in text.report.lines if line.what == "unsupported_picture"] == ["Diagram"]


def test_a_picture_that_is_missing_keeps_its_place_too() -> None:
    text = read(p(picture("rId404", "Borta")))
    assert [image.is_placeholder for image in text.images.values()] == [True]
    assert text.report.count("missing_picture") == 1


def test_frames_are_the_same_bytes_each_time_and_never_huge() -> None:
    assert frame((0, 0)) == frame((0, 0))
    assert (frame((10**12, 1)).width, frame((10**12, 1)).height) == (1280, 48)


def test_enormous_pictures_are_not_unpacked() -> None:
    huge = BytesIO()
    Image.new("1", (20_000, 20_000)).save(huge, "PNG")
    assert readable_image(huge.getvalue(), "") is None


def test_old_drawings_hold_pictures_too() -> None:
    shape = '<v:shape style="width:30pt;height:15pt" alt="Vapen"><v:imagedata r:id="rId9" o:title="x"/></v:shape>'
    text = read(p(f"<w:r><w:pict>{shape}</w:pict></w:r>"))
    assert text.parts[0].body == figure("Vapen")


def test_an_embedded_object_shows_its_picture() -> None:
    shape = '<v:shape><v:imagedata r:id="rId9"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/>'
    assert read(p(f"<w:r><w:object>{shape}</w:object></w:r>")).parts[0].body == figure("")


def test_drawings_without_words_or_pictures_are_reported() -> None:
    line = '<w:r><w:pict><v:line from="0,0" to="9,9"/></w:pict></w:r>'
    rule = '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>'
    text = read(p(r("Vid pilen"), line), p(rule))
    assert [line.place for line in text.report.lines if line.what == "drawing"] == ["Vid pilen"]


def test_one_of_two_alternatives_is_read() -> None:
    choice = f'<mc:Choice Requires="wpg">{picture("rId9", "ny")[5:-6]}</mc:Choice>'
    fallback = '<mc:Fallback><w:pict><v:shape alt="gammal"><v:imagedata r:id="rId9"/></v:shape></w:pict></mc:Fallback>'
    both = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert read(p(both)).parts[0].body == figure("ny")
    silent = '<mc:Choice Requires="cx"><w:drawing><wp:inline/></w:drawing></mc:Choice>'
    only_old = f"<w:r><mc:AlternateContent>{silent}{fallback}</mc:AlternateContent></w:r>"
    assert read(p(only_old)).parts[0].body == figure("gammal")


def test_a_chart_keeps_its_words_and_values_in_a_table() -> None:
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="D" descr="Stapeldiagram"/><a:graphic><a:graphicData>'
    drawing += '<c:chart r:id="rIdC"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    tie = f'<Relationship Id="rIdC" Type="{TYPES}chart" Target="charts/chart1.xml"/>'
    source = Docx(p(drawing), ties=tie, parts={"word/charts/chart1.xml": CHART})
    text = read_word(source.bytes())
    html = text.parts[0].body
    assert "<figcaption>Anmälda brott</figcaption>" in html
    assert '<th scope="col"><p>Östra</p></th>' in html
    assert '<tr><th scope="row"><p>2024</p></th><td><p>4,3</p></td></tr>' in html
    assert [line.place for line in text.report.lines if line.what == "chart"] == ["Anmälda brott"]


def test_the_words_of_a_diagram_come_in_as_paragraphs() -> None:
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst>'
        + "".join(
            f"<dgm:pt><dgm:t><a:p><a:r><a:t>{word}</a:t></a:r></a:p></dgm:t></dgm:pt>"
            for word in ("Styrgrupp", "Arbetsgrupp")
        )
        + "<dgm:pt><dgm:t><a:p/></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    drawing = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>"
    drawing += '<dgm:relIds r:dm="rIdD"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    tie = f'<Relationship Id="rIdD" Type="{TYPES}diagramData" Target="diagrams/data1.xml"/>'
    source = Docx(p(r("Organisation:"), drawing), ties=tie, parts={"word/diagrams/data1.xml": data})
    text = read_word(source.bytes())
    assert text.parts[0].body == "<p>Organisation:</p><p>Styrgrupp</p><p>Arbetsgrupp</p>"
    assert text.report.count("diagram") == 2


def test_the_words_on_a_canvas_of_another_program_stand_after_the_paragraph() -> None:
    text_on = "".join(f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>" for words in ("Torget", "och parken"))
    canvas = f"<a:graphic><a:graphicData><a:txSp><a:txBody>{text_on}</a:txBody></a:txSp></a:graphicData></a:graphic>"
    text = read_word(docx(p(r("Se"), f"<w:r><w:drawing><wp:inline>{canvas}</wp:inline></w:drawing></w:r>")))
    assert text.parts[0].body == "<p>Se</p><p>Torget</p><p>och parken</p>"
    assert text.report.count("text_box") == 2


def test_the_categories_of_a_chart_in_groups_keep_the_names_of_the_groups() -> None:
    def level(*names: str) -> str:
        points = (f'<c:pt idx="{at}"><c:v>{name}</c:v></c:pt>' for at, name in enumerate(names))
        return f"<c:lvl>{''.join(points)}</c:lvl>"

    levels = level("jan", "feb") + level("2025")
    chart = etree.fromstring(
        f"<c:chart {NAMESPACES}><c:ser><c:cat><c:multiLvlStrRef>{levels}</c:multiLvlStrRef></c:cat>"
        '<c:val><c:pt idx="0"><c:v>4</c:v></c:pt><c:pt idx="1"><c:v>5</c:v></c:pt></c:val></c:ser></c:chart>'
    )
    assert chart_values(chart) == (("", ""), ("2025 jan", "4"), ("feb", "5"))


def mpo() -> bytes:
    """A picture as telephones write it: one JPEG after the other."""
    buffer = BytesIO()
    one, other = (Image.new("RGB", (8, 6), colour) for colour in ("teal", "navy"))
    one.save(buffer, "MPO", save_all=True, append_images=[other])
    return buffer.getvalue()


def test_a_photograph_from_a_telephone_is_its_first_jpeg() -> None:
    text = read(p(picture("rId9", "Torget")), media={"rId9": mpo()})
    (image,) = text.images.values()
    assert (image.media_type, image.is_placeholder) == ("image/jpeg", False)
    with Image.open(BytesIO(image.data)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (8, 6))


def with_broken_pixels() -> bytes:
    """A PNG whose parts are sound and whose pixels cannot be unpacked."""
    whole, start = png(), png().index(b"IDAT")
    length = struct.unpack(">I", whole[start - 4 : start])[0]
    body = b"IDAT" + bytes(length)
    return whole[:start] + body + struct.pack(">I", zlib.crc32(body)) + whole[start + 4 + length + 4 :]


@pytest.mark.parametrize("is_forgiving", [False, True])
@pytest.mark.parametrize("data", [with_broken_pixels(), image_as("JPEG")[:-40], image_as("TIFF")[:60]])
def test_a_picture_that_is_only_partly_there_is_an_empty_frame(
    data: bytes, is_forgiving: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", is_forgiving)
    text = read(p(picture("rId9", "Torget")), media={"rId9": data})
    assert [image.is_placeholder for image in text.images.values()] == [True]
    assert text.report.count("unsupported_picture") == 1


@pytest.mark.parametrize("error", [EOFError, KeyError, struct.error, TypeError, zlib.error])
def test_a_picture_that_breaks_what_reads_it_does_not_break_the_file(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", broken)
    assert readable_image(png()) is None


def test_the_picture_that_a_shape_is_filled_with_stands_beside_its_words() -> None:
    fill = '<wps:spPr><a:blipFill><a:blip r:embed="rId9"/>{}</a:blipFill></wps:spPr>'
    box = text_box(p("Torget")).replace("<wps:txbx>", f"{fill.format('')}<wps:txbx>")
    assert read(p(box)).parts[0].body == figure("") + "<p>Torget</p>"
    tiled = text_box(p("Torget")).replace("<wps:txbx>", f"{fill.format('<a:tile/>')}<wps:txbx>")
    assert read(p(tiled)).parts[0].body == "<p>Torget</p>"


def test_a_picture_in_hidden_text_is_not_kept() -> None:
    hidden = picture("rId9", "Karta").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    text = read(p(r("Synligt."), hidden))
    assert (text.images, text.parts[0].body) == ({}, "<p>Synligt.</p>")
    assert [line.place for line in text.report.lines if line.what == "hidden_text"] == ["Karta"]


def test_the_name_of_a_picture_may_be_spelt_with_signs_for_its_spaces() -> None:
    tie = f'<Relationship Id="rId9" Type="{TYPES}image" Target="media/bild%201.png"/>'
    source = Docx(p(picture("rId9", "Karta")), ties=tie, parts={"word/media/bild 1.png": png()})
    assert read_word(source.bytes()).parts[0].body == figure("Karta")


def test_a_picture_with_a_newer_drawing_beside_it_is_taken_in_as_the_old_one() -> None:
    newer = '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"/></a:extLst></a:blip>'
    shown = picture("rId9", "Karta").replace('r:embed="rId9"/>', f'r:embed="rId9">{newer}')
    assert read(p(shown)).parts[0].body == figure("Karta")


def test_pictures_that_the_file_does_not_even_name_are_told_by_what_stands_before_them() -> None:
    text = read(p(r("Vid torget"), picture("")), p(r("Vid parken"), picture("")))
    assert [line.place for line in text.report.lines if line.what == "missing_picture"] == ["Vid torget", "Vid parken"]


def test_the_link_of_a_picture_is_named() -> None:
    link = '<a:hlinkClick r:id="rId7"/>'
    shown = picture("rId9", "Karta").replace('descr="Karta"/>', f'descr="Karta">{link}</wp:docPr>')
    source = Docx(p(shown), media={"rId9": png()}, ties=link_tie("rId7", "https://example.se/karta"))
    text = read_word(source.bytes())
    assert text.parts[0].body == figure("Karta")
    assert [line.place for line in text.report.lines if line.what == "picture_link"] == ["https://example.se/karta"]
