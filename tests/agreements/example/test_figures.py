import hashlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from agreements.example.figures.canvas import round_top
from agreements.example.figures.charts import CHARTS, draw_chart
from agreements.example.figures.lettering import width, write
from agreements.example.figures.table import Values, values
from agreements.example.shapes import Version

TABLE = values([["År", "Här", "Där"], ["2024", "10", "7"], ["2025", "..", "9"]])


@pytest.mark.parametrize("kind", CHARTS)
def test_same_values_give_the_same_picture_and_others_another(kind: str) -> None:
    other = Values(TABLE.series, TABLE.labels, ((10, 7), (None, 3)))
    assert draw_chart(kind, TABLE) == draw_chart(kind, TABLE)
    assert draw_chart(kind, TABLE) != draw_chart(kind, other)


@pytest.mark.parametrize("kind", CHARTS)
def test_picture_is_a_png_of_the_promised_size(kind: str) -> None:
    with Image.open(BytesIO(draw_chart(kind, TABLE))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 350))


def test_unknown_chart_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw_chart("pie", TABLE)


def test_two_dots_are_a_missing_value_and_not_nothing() -> None:
    assert TABLE.rows == ((10, 7), (None, 9))
    zero = Values(TABLE.series, TABLE.labels, ((10, 7), (0, 9)))
    assert draw_chart("grouped", TABLE) != draw_chart("grouped", zero)


@pytest.mark.parametrize(("plain", "marked"), [("a", "å"), ("a", "ä"), ("o", "ö"), ("A", "Å"), ("e", "é")])
def test_swedish_letters_are_the_plain_ones_with_their_marks(plain: str, marked: str) -> None:
    assert width(plain, 30) == width(marked, 30)
    assert drawn(plain) != drawn(marked)


def test_ring_and_dots_are_told_apart() -> None:
    assert drawn("å") != drawn("ä")


def drawn(text: str) -> bytes:
    image = Image.new("L", (60, 60), 255)
    write(ImageDraw.Draw(image), (20, 20), text, size=30, fill="black")
    return image.tobytes()


@pytest.mark.parametrize(("highest", "top"), [(4, 5), (5, 5), (6, 10), (122, 125), (501, 1000)])
def test_axis_ends_at_a_round_number(highest: int, top: int) -> None:
    assert round_top(highest) == top


def test_assets_are_named_by_the_hash_of_their_content(versions: list[Version]) -> None:
    assets = [asset for version in versions for asset in version.text.assets]
    assert len({asset.sha256 for asset in assets}) >= 15
    for asset in assets:
        assert hashlib.sha256(asset.content).hexdigest() == asset.sha256
        assert len(asset.content) < 40_000
