"""What somebody cut away of a picture in Word is not taken in, and it stands as it was turned."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from agreements.documents.word_import.pictures import readable_image
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordText
from tests.agreements.documents.word_import.docx import Docx, p, picture

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)


def quarters(kind: str = "PNG", *, orientation: int = 1) -> bytes:
    """A picture of 40 × 20 in four colours: red and green above, blue and white below."""
    image = Image.new("RGB", (40, 20))
    for colour, place in ((RED, (0, 0)), (GREEN, (20, 0)), (BLUE, (0, 10)), (WHITE, (20, 10))):
        image.paste(colour, (*place, place[0] + 20, place[1] + 10))
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = BytesIO()
    image.save(buffer, kind, exif=exif.tobytes() if orientation > 1 else b"", quality=100, subsampling=0)
    return buffer.getvalue()


def read(data: bytes, *, source: str = "", turned: int = 0, times: int = 1) -> WordText:
    """A file that shows the picture so, as often as it is said."""
    shown = picture("rId9", "Karta").replace("</pic:blipFill>", f"{source}</pic:blipFill>")
    place = f'<pic:spPr><a:xfrm rot="{turned}"/></pic:spPr></pic:pic>'
    return read_word(Docx(p(shown.replace("</pic:pic>", place)) * times, media={"rId9": data}).bytes())


def colours(text: WordText) -> tuple[tuple[int, int], list[tuple[int, int, int]]]:
    """The size of the only picture, and the colours near its corners: above left and right, below left and right."""
    (image,) = text.images.values()
    with Image.open(BytesIO(image.data)) as opened:
        assert (image.width, image.height) == opened.size
        wide, high = opened.size
        shown = opened.convert("RGB")
        corners = [shown.getpixel((x, y)) for y in (2, high - 3) for x in (2, wide - 3)]
    near = [
        min((RED, GREEN, BLUE, WHITE), key=lambda one: sum(abs(a - b) for a, b in zip(one, found, strict=True)))
        for found in corners
        if isinstance(found, tuple)
    ]
    return (wide, high), near


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_what_is_cut_away_is_not_in_the_portal(kind: str) -> None:
    text = read(quarters(kind), source='<a:srcRect l="50000" b="50000"/>')
    assert colours(text) == ((20, 10), [GREEN] * 4)
    assert [line.place for line in text.report.lines if line.what == "cut_picture"] == ["Karta"]
    assert text.report.count("converted_picture") == 0
    assert next(iter(text.images.values())).media_type == ("image/jpeg" if kind == "JPEG" else "image/png")


@pytest.mark.parametrize(
    ("turned", "corners"),
    [
        (5_400_000, [BLUE, RED, WHITE, GREEN]),
        (10_800_000, [WHITE, BLUE, GREEN, RED]),
        (-5_400_000, [GREEN, WHITE, RED, BLUE]),
    ],
)
def test_a_picture_stands_as_it_was_turned(turned: int, corners: list[tuple[int, int, int]]) -> None:
    size = (40, 20) if turned == 10_800_000 else (20, 40)
    assert colours(read(quarters(), turned=turned)) == (size, corners)


def test_a_photograph_that_word_has_turned_upright_is_not_turned_twice() -> None:
    text = read(quarters("JPEG", orientation=6), turned=5_400_000)
    assert colours(text) == ((20, 40), [BLUE, RED, WHITE, GREEN])
    (image,) = text.images.values()
    with Image.open(BytesIO(image.data)) as opened:
        assert 0x0112 not in opened.getexif()


def test_a_photograph_that_is_only_cut_stands_as_the_camera_says() -> None:
    text = read(quarters("JPEG", orientation=3), source='<a:srcRect r="50000"/>')
    assert colours(text) == ((20, 20), [BLUE, BLUE, RED, RED])


@pytest.mark.parametrize(
    ("source", "turned"),
    [
        ("", 0),
        ("<a:srcRect/>", 0),
        ('<a:srcRect l="300" t="0"/>', 0),  # comes of rounding
        ('<a:srcRect l="-20000" r="-20000"/>', 0),  # an edge around it
        ('<a:srcRect l="60000" r="60000"/>', 0),  # more than there is
        ('<a:srcRect l="x" t="1e999"/>', 0),
        ("", 2_700_000),  # askew
    ],
)
def test_a_whole_picture_is_kept_as_it_is(source: str, turned: int) -> None:
    data = quarters()
    text = read(data, source=source, turned=turned)
    assert [image.data for image in text.images.values()] == [data]
    assert text.report.count("cut_picture") == 0


def test_the_same_picture_cut_in_two_ways_is_two_pictures_and_in_one_way_one() -> None:
    cut = '<a:srcRect l="50000"/>'
    assert len(read(quarters(), source=cut, times=2).images) == 1
    shown = picture("rId9", "Karta")
    both = p(shown) + p(shown.replace("</pic:blipFill>", f"{cut}</pic:blipFill>"))
    assert len(read_word(Docx(both, media={"rId9": quarters()}).bytes()).images) == 2


@pytest.mark.parametrize("half", ["32768f", "0.5", ".5"])
def test_old_drawings_are_cut_too(half: str) -> None:
    shape = (
        f'<v:shape alt="Karta"><v:imagedata r:id="rId9" cropleft="{half}" croptop="{half}" cropright="x"/></v:shape>'
    )
    text = read_word(Docx(p(f"<w:r><w:pict>{shape}</w:pict></w:r>"), media={"rId9": quarters()}).bytes())
    assert colours(text) == ((20, 10), [WHITE] * 4)


def test_what_strict_files_call_half_is_half() -> None:
    assert colours(read(quarters(), source='<a:srcRect r="50%" b="50%"/>')) == ((20, 10), [RED] * 4)


def test_nothing_of_what_is_cut_away_is_left_in_the_bytes() -> None:
    whole = quarters("JPEG", orientation=3)
    text = read(whole, source='<a:srcRect r="50000"/>')
    (image,) = text.images.values()
    assert b"Exif" not in image.data
    assert readable_image(image.data) is not None
