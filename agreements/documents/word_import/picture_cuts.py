"""What of a picture a file shows: what somebody cut away in Word is not taken in, and it stands as it was turned."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageOps

from agreements.documents.word_import.ooxml import number, q

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.documents.word_import.ooxml import Element

SIDES = ("left", "top", "right", "bottom")
LEAST = 0.005  # of the width or height; less comes of rounding
WHOLE_SIDE = 100_000  # thousandths of a percent (ECMA-376 part 1, 20.1.10.40)
VML_SIDE = 65_536
QUARTER = 90 * 60_000  # sixtieths of a thousandth of a degree (20.1.10.3)
TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
JPEG_QUALITY = 90


class Cut(NamedTuple):
    """The shares of width and height that are cut away at each side, and the quarters that it is turned clockwise."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    quarters: int = 0


WHOLE = Cut()


def cut_of(element: Element) -> Cut:
    """How a ``pic:pic`` or the fill of a shape shows its picture."""
    source = next(element.iter(q("a:srcRect")), None)
    sides = [0.0] * 4 if source is None else [_share(source.get(side[0], "0")) for side in SIDES]
    place = next(element.iter(q("a:xfrm")), None)
    turned = (number(place.get("rot")) or 0) if place is not None else 0
    return _sound(sides, turned // QUARTER % 4 if turned % QUARTER == 0 else 0)


def vml_cut_of(element: Element) -> Cut:
    """How a ``v:imagedata`` shows its picture: "6554f" is a tenth, and so is "0.1"."""
    return _sound(_vml_share(element.get(f"crop{side}", "0")) for side in SIDES)


def cut_out(image: Image.Image, cut: Cut, *, as_jpeg: bool) -> tuple[bytes, int, int]:
    """The bytes of what is shown, with its width and height. The camera's word on which way up it is counts where
    nobody has turned it."""
    width, height = image.size
    right, bottom = width - round(width * cut.right), height - round(height * cut.bottom)
    shown = image.crop((round(width * cut.left), round(height * cut.top), right, bottom))
    shown = shown.transpose(TURNS[cut.quarters]) if cut.quarters else ImageOps.exif_transpose(shown)
    shown.info.pop("exif", None)
    buffer = BytesIO()
    if as_jpeg:
        shown.convert("RGB").save(buffer, "JPEG", quality=JPEG_QUALITY)
    else:
        shown.save(buffer, "PNG")
    return buffer.getvalue(), shown.width, shown.height


def _sound(sides: Iterable[float], quarters: int = 0) -> Cut:
    """The cut without what is too little to be meant, or more than there is."""
    left, top, right, bottom = (side if side >= LEAST else 0 for side in sides)
    left, right = (left, right) if left + right < 1 else (0, 0)
    top, bottom = (top, bottom) if top + bottom < 1 else (0, 0)
    return Cut(left, top, right, bottom, quarters)


def _share(text: str) -> float:
    if text.endswith("%"):  # "strict" files
        return (number(text[:-1]) or 0) / 100
    return (number(text) or 0) / WHOLE_SIDE


def _vml_share(text: str) -> float:
    try:
        return float(text[:-1]) / VML_SIDE if text.endswith("f") else float(text)
    except ValueError:
        return 0
