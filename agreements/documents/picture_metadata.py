"""What a picture says about where, when and by whom it was taken is not kept; its pixels stay byte for byte.

A photograph's EXIF and XMP hold position, time and camera; PNG has texts. What is kept is what changes how the
picture looks: colour profile, gamma, transparency, density, and which way up it is. What follows the picture's
end is not part of it, and goes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

JPEG_START, PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"

SOS, EOI, COM, APP1 = 0xDA, 0xD9, 0xFE, 0xE1
APPLICATION = range(0xE0, 0xF0)
STANDALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers without a length (ITU-T T.81, B.1.1)."""

KEPT_APPLICATION = {0xE0: (b"JFIF\0", b"JFXX\0"), 0xE2: (b"ICC_PROFILE\0",), 0xEE: (b"Adobe",)}
"""What an application segment begins with when it tells how to show the picture."""

KEPT_CHUNKS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs", b"cICP",
}  # fmt: skip

EXIF = b"Exif\0\0"
ORIENTATION = 0x0112
UPRIGHT = 1
SHORT = 3


class BrokenPicture(ValueError):
    """The file ends, or goes on, where a picture does not."""


def without_metadata(data: bytes) -> bytes:
    """A JPEG or PNG without what is not seen; again changes nothing. Other data are returned as they are.

    Raises BrokenPicture when it has no end or is not built of segments.
    """
    if data.startswith(JPEG_START):
        return b"".join(_jpeg(data))
    if data.startswith(PNG_START):
        return b"".join(_png(data))
    return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    turned, kept = UPRIGHT, list[bytes]()
    for marker, segment in _segments(data):
        body = segment[4:]
        if marker == APP1 and body.startswith(EXIF):
            turned = _orientation(body[len(EXIF) :]) or turned
        elif marker in APPLICATION:
            if body.startswith(KEPT_APPLICATION.get(marker, ())):
                kept.append(segment)
        elif marker != COM:
            kept.append(segment)
    yield JPEG_START
    if turned != UPRIGHT:
        exif = EXIF + _exif(turned)
        yield struct.pack(">BBH", 0xFF, APP1, len(exif) + 2) + exif
    yield from kept


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, the segment with its marker) up to the end of the first image; a scan comes with its data."""
    at = len(JPEG_START)
    while True:
        if data[at : at + 1] != b"\xff":
            raise BrokenPicture
        while data[at + 1 : at + 2] == b"\xff":  # fill bytes
            at += 1
        marker = data[at + 1] if at + 1 < len(data) else None
        if marker is None:
            raise BrokenPicture
        if marker == EOI:
            yield marker, data[at : at + 2]
            return
        end = at + 2 if marker in STANDALONE else at + 2 + _length(data, at + 2)
        if marker == SOS:
            end = _end_of_scan(data, end)
        if end > len(data):
            raise BrokenPicture
        yield marker, data[at:end]
        at = end


def _length(data: bytes, at: int) -> int:
    length = int.from_bytes(data[at : at + 2], "big")
    if length < 2:  # the length counts its own two bytes
        raise BrokenPicture
    return length


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker is: entropy-coded data have ff only before 00 and in restart markers."""
    while (at := data.find(b"\xff", at)) != -1 and at + 1 < len(data):
        if data[at + 1] not in (0x00, 0xFF) and data[at + 1] not in STANDALONE:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    raise BrokenPicture


def _png(data: bytes) -> Iterator[bytes]:
    yield PNG_START
    at, turned = len(PNG_START), UPRIGHT
    while True:
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if len(kind) < 4 or end > len(data):
            raise BrokenPicture
        if kind == b"eXIf":
            turned = _orientation(data[at + 8 : end - 4]) or turned
        if kind == b"IEND" and turned != UPRIGHT:
            yield _chunk(b"eXIf", _exif(turned))
        if kind in KEPT_CHUNKS:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _exif(turned: int) -> bytes:
    """EXIF with one field: which way up (TIFF, big-endian, one directory)."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, turned, 0, 0)


def _orientation(tiff: bytes) -> int | None:
    """The orientation that EXIF names, 1 to 8; None when there is none."""
    order = {b"MM": ">", b"II": "<"}.get(tiff[:2])
    try:
        if order is None:
            return None
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(count):
            tag, kind, _values, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * entry)
            if tag == ORIENTATION and kind == SHORT:
                return int(value) if 1 <= value <= 8 else None  # CIPA DC-008
    except struct.error:
        return None
    return None
