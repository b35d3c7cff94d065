"""Pictures as PDF wants them: three or one channel of eight bits, no transparency, no more than print needs.

Whatever was uploaded becomes sRGB or grey: CMYK, 16 bits and transparency have no place beside PDF/A's sRGB
output intent. WeasyPrint would pack a picture anew for every document; ours is packed once and kept.
"""

from io import BytesIO
from typing import Any

import pydyf
from PIL import Image, ImageOps

MAX_PIXELS = 1800  # along the longer side: 300 dpi over the width of the text
PNG_SIGNATURE = 8  # bytes before the first chunk
GREY, RGB = 0, 2  # PNG's colour types
ORIENTATION = 0x0112  # the EXIF tag


class Picture:
    """A picture that WeasyPrint can lay out and draw in any number of documents.

    ``key`` tells it from every other one. Raises ``OSError`` when ``data`` is no picture that Pillow can read.
    """

    def __init__(self, key: str, data: bytes) -> None:
        original = Image.open(BytesIO(data))
        prepared = prepare(original)
        self.id = key
        self.width, self.height = prepared.size
        if _is_usable_jpeg(original, prepared):
            self._pixels = data
            self._described = _description(prepared) | {"Filter": "/DCTDecode"}
        else:
            self._pixels = _pixels(data if _is_usable_png(data, original, prepared) else _packed(prepared))
            self._described = _description(prepared) | _png_coding(prepared)

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and their ratio; asked by layout."""
        return self.width / resolution, self.height / resolution, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, style: object) -> None:
        """Put the picture on the page; PDF/A forbids to smooth it (ISO 19005-2, 6.2.8)."""
        name = stream.add_image(self, interpolate=False, ratio=1)
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> pydyf.Stream:
        """Return the picture as an object for one PDF."""
        return pydyf.Stream([self._pixels], pydyf.Dictionary(self._described))


def prepare(image: Image.Image) -> Image.Image:
    """Turn upright, flatten on white, bring to grey or RGB of eight bits, and make it no larger than print."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        upright = upright.point(lambda value: value / 256).convert("L")
    if upright.mode not in ("RGB", "L") or upright.has_transparency_data:
        upright = _on_white(upright) if upright.has_transparency_data else upright.convert("RGB")
    if max(upright.size) > MAX_PIXELS:
        upright = ImageOps.contain(upright, (MAX_PIXELS, MAX_PIXELS))
    return upright


def _on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _is_usable_jpeg(original: Image.Image, prepared: Image.Image) -> bool:
    same = prepared.size == original.size and prepared.mode == original.mode
    return original.format == "JPEG" and same and original.getexif().get(ORIENTATION, 1) == 1


def _description(image: Image.Image) -> dict[str, object]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": "/DeviceGray" if image.mode == "L" else "/DeviceRGB",
        "BitsPerComponent": 8,
    }


def _png_coding(image: Image.Image) -> dict[str, object]:
    colours = 1 if image.mode == "L" else 3
    parameters = {"Predictor": 15, "Colors": colours, "Columns": image.width}
    return {"Filter": "/FlateDecode", "DecodeParms": pydyf.Dictionary(parameters)}


def _is_usable_png(data: bytes, original: Image.Image, prepared: Image.Image) -> bool:
    """Whether the file packs its pixels as PDF wants them: eight bits of grey or RGB, row after row. Packing them
    anew takes twice as long as reading them."""
    if original.format != "PNG" or prepared.size != original.size or prepared.mode != original.mode:
        return False
    bits, colours, interlaced = data[24], data[25], data[28]
    return bits == 8 and colours in (GREY, RGB) and not interlaced


def _packed(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


def _pixels(png: bytes) -> bytes:
    """The pixels as PNG packs them, which PDF reads as they are: the data of the IDAT chunks, one after another."""
    pixels, position = b"", PNG_SIGNATURE
    while position < len(png):
        length = int.from_bytes(png[position : position + 4], "big")
        if png[position + 4 : position + 8] == b"IDAT":
            pixels += png[position + 8 : position + 8 + length]
        position += length + 12
    return pixels
