"""Pictures of every kind come out as PDF/A wants them."""

from hashlib import sha256
from io import BytesIO
from struct import pack
from typing import Any
from zlib import compress, crc32

import pikepdf
import pytest
from PIL import Image

from agreements.pdf import render
from agreements.pdf.picture import MAX_PIXELS, Picture, prepare
from tests.agreements.pdf import sample
from tests.agreements.pdf.reading_back import opened, tree


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def printed(*pictures: bytes) -> pikepdf.Pdf:
    """An annex that consists of these pictures, each under its own hash."""
    known = {sha256(data).hexdigest(): data for data in pictures}
    figures = [sample.figure(1) | {"id": f"f{n}", "asset": sha256(data).hexdigest()} for n, data in enumerate(pictures)]
    annex = sample.annex("Bilaga 9", "Bild", sample.document("other", "", figures))
    return opened(render.render_annex(annex, asset=lambda key: (known[key], "image/png")))


def png(size: tuple[int, int], bits: int, colours: int, interlaced: int, rows: bytes) -> bytes:
    """A PNG file as Pillow does not write them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", crc32(name + data))

    header = pack(">IIBBBBB", *size, bits, colours, 0, 0, interlaced)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def images(pdf: pikepdf.Pdf) -> list[pikepdf.PdfImage]:
    streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    return [pikepdf.PdfImage(stream) for stream in streams if stream.get("/Subtype") == "/Image"]


RED = (200, 10, 20)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (encoded(Image.new("RGB", (40, 30), RED)), RED),
        (encoded(Image.new("RGBA", (40, 30), (*RED, 0))), (255, 255, 255)),
        (encoded(Image.new("P", (40, 30), 0)), (0, 0, 0)),
        (encoded(Image.new("1", (40, 30), 1)), (255, 255, 255)),
        (encoded(Image.new("I;16", (40, 30), 0x8000)), 128),
        (encoded(Image.new("L", (40, 30), 77)), 77),
        (encoded(Image.new("LA", (40, 30), (77, 255))), (77, 77, 77)),
        (encoded(Image.new("RGB", (40, 30), RED), "JPEG", quality=100, subsampling=0), RED),
        (encoded(Image.new("CMYK", (40, 30), (0, 0, 0, 255)), "JPEG", quality=100), (0, 0, 0)),
    ],
    ids=["rgb", "transparent", "palette", "bits", "16 bits", "grey", "grey and alpha", "jpeg", "cmyk"],
)
def test_picture_is_grey_or_rgb_without_transparency(data: bytes, expected: Any) -> None:
    pdf = printed(data)
    (found,) = images(pdf)
    assert str(found.colorspace) in ("/DeviceRGB", "/DeviceGray")
    assert found.bits_per_component == 8
    assert "/SMask" not in found.obj
    assert "/Interpolate" not in found.obj
    pixel = found.as_pil_image().getpixel((5, 5))
    assert pixel == pytest.approx(expected, abs=3)


def test_jpeg_is_taken_as_it_is() -> None:
    data = encoded(Image.new("RGB", (40, 30), RED), "JPEG")
    pdf = printed(data)
    (found,) = images(pdf)
    assert bytes(found.obj.read_raw_bytes()) == data


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_png_is_taken_as_it_is_packed(mode: str) -> None:
    data = encoded(Image.effect_noise((40, 30), 80).convert(mode), compress_level=1)
    pdf = printed(data)
    (found,) = images(pdf)
    assert found.obj.read_raw_bytes() in data
    assert found.as_pil_image().tobytes() == Image.open(BytesIO(data)).tobytes()


def test_png_of_sixteen_bits_or_in_passes_is_packed_anew() -> None:
    deep = png((1, 1), 16, 2, 0, bytes([0, 200, 0, 10, 0, 20, 0]))
    in_passes = png((2, 2), 8, 0, 1, bytes([0, 1, 0, 2, 0, 3, 4]))
    pdf = printed(deep, in_passes)
    found = images(pdf)
    assert found[0].as_pil_image().getpixel((0, 0)) == pytest.approx(RED, abs=1)
    assert list(found[1].as_pil_image().tobytes()) == [1, 2, 3, 4]


def test_turned_jpeg_is_turned_back() -> None:
    image = Image.new("RGB", (40, 30), RED)
    exif = image.getexif()
    exif[0x0112] = 6
    picture = Picture("a", encoded(image, "JPEG", exif=exif))
    assert (picture.width, picture.height) == (30, 40)


def test_large_picture_comes_no_larger_than_print_needs() -> None:
    prepared = prepare(Image.new("RGB", (MAX_PIXELS * 3, MAX_PIXELS), RED))
    assert prepared.size == (MAX_PIXELS, MAX_PIXELS // 3)


def test_picture_is_as_wide_as_the_text_at_most() -> None:
    narrow, wide = (encoded(Image.new("RGB", (width, 100), RED)) for width in (200, 3000))
    boxes = [figure.properties["BBox"] for figure in tree(printed(narrow, wide)).all("Figure")]
    first, second = (float(box[2]) - float(box[0]) for box in boxes)
    assert first == pytest.approx(150)
    assert second == pytest.approx(154 * 72 / 25.4, abs=0.5)


def test_same_picture_twice_is_stored_once() -> None:
    data = encoded(Image.new("RGB", (40, 30), RED))
    assert len(images(printed(data, data))) == 1
