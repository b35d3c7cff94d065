"""The pictures of a file: judged by their bytes, kept as PNG or JPEG, or replaced by an empty frame of their size."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from agreements.documents.picture_metadata import BrokenPicture, without_metadata
from agreements.documents.word_import.text import WordImage

if TYPE_CHECKING:
    from agreements.documents.word_import.package import Package, Relationship
    from agreements.documents.word_import.report import Finds

KEPT = {"PNG": "image/png", "JPEG": "image/jpeg"}
CONVERTED = ("GIF", "BMP", "TIFF", "WEBP")
MAX_PIXELS = 40_000_000
EMU_PER_PIXEL = 9525
FRAME_WIDTH, FRAME_HEIGHT, FRAME_LIMITS = 640, 360, (48, 1280)
UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(slots=True)
class Pictures:
    """Takes pictures in, each file once."""

    package: Package
    finds: Finds
    images: dict[str, WordImage] = field(default_factory=dict)
    _assets: dict[str, str] = field(default_factory=dict)

    def take(self, tie: Relationship | None, description: str, size: tuple[int, int]) -> str:
        """The hash of a picture that the text refers to; ``size`` (EMU) is for the frame when it cannot be shown."""
        data = None if tie is None or tie.is_external else self.package.data_beside(tie.target)
        name = "" if tie is None else tie.target
        if name not in self._assets:
            image = self._read(data, description, name, size)
            self._assets[name] = self.keep(image)
        return self._assets[name]

    def keep(self, image: WordImage) -> str:
        """Keep an image and return its hash."""
        asset = sha256(image.data).hexdigest()
        self.images.setdefault(asset, image)
        return asset

    def frame(self, size: tuple[int, int], description: str = "") -> str:
        """The hash of an empty frame."""
        return self.keep(frame(size, description))

    def _read(self, data: bytes | None, description: str, name: str, size: tuple[int, int]) -> WordImage:
        place = description or name.rpartition("/")[2]
        if data is None:
            self.finds.at("missing_picture", place)
            return frame(size, description)
        image = readable_image(data, description)
        if image is None:
            self.finds.at("unsupported_picture", place)
            return frame(size, description)
        if image.data is not data:
            self.finds.at("converted_picture", place)
        return replace(image, data=without_metadata(image.data))


def readable_image(data: bytes, description: str) -> WordImage | None:
    """The picture as PNG or JPEG, or None when it is something else or unreasonably large."""
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data)) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > MAX_PIXELS:
                return None
            if image.format in KEPT:
                media_type = KEPT[image.format]
                width, height = image.size
                image.verify()
                if not _is_well_built(data):
                    return _as_png(Image.open(BytesIO(data)), description)
                return WordImage(data, media_type, width, height, description)
            return _as_png(image, description) if image.format in CONVERTED else None
    except UNREADABLE:
        return None


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
