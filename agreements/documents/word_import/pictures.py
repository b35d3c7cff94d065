"""The pictures of a file: judged by their bytes, kept as PNG or JPEG, or replaced by an empty frame of their size."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw

from agreements.documents.picture_metadata import BrokenPicture, without_metadata
from agreements.documents.whole_picture import whole_or_not_at_all
from agreements.documents.word_import.picture_cuts import WHOLE, Cut, cut_out
from agreements.documents.word_import.text import WordImage

if TYPE_CHECKING:
    from agreements.documents.word_import.package import Package, Relationship
    from agreements.documents.word_import.report import Finds

KEPT = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}  # MPO: what telephones write, a JPEG first
CONVERTED = ("GIF", "BMP", "TIFF", "WEBP")
MAX_PIXELS = 40_000_000
MAX_BYTES = 20 * 2**20  # that a picture may have in the portal
EMU_PER_PIXEL = 9525
FRAME_WIDTH, FRAME_HEIGHT, FRAME_LIMITS = 640, 360, (48, 1280)
UNREADABLE = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


class Shown(NamedTuple):
    """How a text shows a picture: ``size`` (EMU) is for the frame when it cannot be shown, ``near`` finds the place."""

    alt: str = ""
    size: tuple[int, int] = (0, 0)
    cut: Cut = WHOLE
    near: str = ""


@dataclass(slots=True)
class Pictures:
    """Takes pictures in, each file once."""

    package: Package
    finds: Finds
    images: dict[str, WordImage] = field(default_factory=dict)
    _assets: dict[tuple[str, Cut], str] = field(default_factory=dict)

    def take(self, tie: Relationship | None, shown: Shown) -> str:
        """The hash of a picture that the text refers to."""
        name = "" if tie is None else tie.target
        key = name or f" {shown.near}", shown.cut
        if key not in self._assets:
            data = None if tie is None or tie.is_external else self.package.data_beside(tie.target)
            image = self._read(data, shown.alt or name.rpartition("/")[2] or shown.near, shown)
            self._assets[key] = self.keep(replace(image, description=shown.alt))
        return self._assets[key]

    def keep(self, image: WordImage) -> str:
        """Keep an image and return its hash."""
        asset = sha256(image.data).hexdigest()
        self.images.setdefault(asset, image)
        return asset

    def frame(self, size: tuple[int, int], description: str = "") -> str:
        """The hash of an empty frame."""
        return self.keep(frame(size, description))

    def _read(self, data: bytes | None, place: str, shown: Shown) -> WordImage:
        if data is None:
            self.finds.at("missing_picture", place)
            return frame(shown.size)
        image = readable_image(data, cut=shown.cut)
        if image is None:
            self.finds.at("unsupported_picture", place)
            return frame(shown.size)
        if image.data is not data:
            self.finds.at("converted_picture" if shown.cut == WHOLE else "cut_picture", place)
        return replace(image, data=without_metadata(image.data))


def readable_image(data: bytes, description: str = "", cut: Cut = WHOLE) -> WordImage | None:
    """What the file shows of the picture as PNG or JPEG; None when it is something else, damaged or unreasonably
    large, so that the portal would not store it."""
    try:
        with warnings.catch_warnings(), whole_or_not_at_all():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _readable(data, description, cut)
    except UNREADABLE:
        return None


def _readable(data: bytes, description: str, cut: Cut) -> WordImage | None:
    with Image.open(BytesIO(data)) as image:
        if image.width * image.height > MAX_PIXELS or image.format not in (*KEPT, *CONVERTED):
            return None
        image.load()
        shown = _shown(image, data, description, cut)
    return shown if len(shown.data) <= MAX_BYTES else None


def _shown(image: Image.Image, data: bytes, description: str, cut: Cut) -> WordImage:
    media_type = KEPT.get(image.format or "", "image/png")
    if cut != WHOLE:
        is_jpeg = media_type == "image/jpeg"
        shown, width, height = cut_out(image, cut, as_jpeg=is_jpeg)
        return WordImage(shown, media_type, width, height, description)
    if image.format in KEPT and _is_well_built(data):
        return WordImage(data, media_type, image.width, image.height, description)
    return _as_png(image, description)


def _is_well_built(data: bytes) -> bool:
    """Whether its metadata can be taken away; what other programs forgive is drawn anew instead."""
    try:
        without_metadata(data)
    except BrokenPicture:
        return False
    return True


def _as_png(image: Image.Image, description: str) -> WordImage:
    has_transparency = "transparency" in image.info or image.mode in ("RGBA", "LA")
    buffer = BytesIO()
    image.convert("RGBA" if has_transparency else "RGB").save(buffer, "PNG")
    return WordImage(buffer.getvalue(), "image/png", image.width, image.height, description)


def frame(size: tuple[int, int], description: str = "") -> WordImage:
    """An empty, crossed frame in the proportions of what it stands for (EMU; 0 when unknown)."""
    width, height = (_pixels(emu, default) for emu, default in zip(size, (FRAME_WIDTH, FRAME_HEIGHT), strict=True))
    picture = Image.new("L", (width, height), 245)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width - 1, height - 1), outline=120, width=2)
    draw.line((0, 0, width - 1, height - 1), fill=200)
    draw.line((0, height - 1, width - 1, 0), fill=200)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return WordImage(buffer.getvalue(), "image/png", width, height, description, is_placeholder=True)


def _pixels(emu: int, default: int) -> int:
    least, most = FRAME_LIMITS
    return min(max(emu // EMU_PER_PIXEL, least), most) if emu > 0 else default
