"""A photograph does not tell where it was taken, and looks as it did."""

from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from agreements.documents.picture_metadata import BrokenPicture, without_metadata

HOME = "Norrvik, 59.3293 N"
SECRETS = (b"59.3293", b"Norrvik", b"Kamera", b"http://ns.adobe.com", b"exif:GPS")


def photograph(form: str = "JPEG", *, turned: int = 1, **options: Any) -> bytes:
    """A picture with a position, a camera, a comment and XMP in it."""
    picture = Image.effect_mandelbrot((120, 80), (-2, -1, 1, 1), 40).convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    exif[ExifTags.Base.Make] = "Kamera"
    exif[ExifTags.Base.ImageDescription] = HOME
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (59.0, 19.0, 45.48)
    stream = BytesIO()
    if form == "PNG":
        texts = PngInfo()
        texts.add_text("Comment", HOME)
        texts.add_itxt("XML:com.adobe.xmp", "<x exif:GPSLatitude='59.3293'/>")
        picture.save(stream, "PNG", exif=exif, pnginfo=texts, **options)
    else:
        xmp = b"http://ns.adobe.com/xap/1.0/ exif:GPSLatitude='59.3293'"
        picture.save(stream, "JPEG", exif=exif, comment=HOME, xmp=xmp, quality=80, **options)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("turned", [1, 6])
def test_nothing_tells_where_it_was_taken(form: str, turned: int) -> None:
    before = photograph(form, turned=turned)
    assert any(secret in before for secret in SECRETS)

    after = without_metadata(before)

    assert [secret for secret in SECRETS if secret in after] == []
    assert dict(opened(after).getexif()) == ({} if turned == 1 else {ExifTags.Base.Orientation: turned})


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("turned", [1, 3, 8])
def test_it_looks_as_it_did(form: str, turned: int) -> None:
    before = photograph(form, turned=turned)

    after = without_metadata(before)

    shown = [ImageOps.exif_transpose(opened(data)) for data in (before, after)]
    assert shown[0].size == shown[1].size
    assert shown[0].tobytes() == shown[1].tobytes()


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 0}, {"restart_marker_rows": 1}], ids=str)
def test_other_ways_to_write_a_jpeg_stay_whole(options: dict[str, Any]) -> None:
    before = photograph(**options)

    assert opened(without_metadata(before)).tobytes() == opened(before).tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_colour_profile_is_kept(form: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    after = without_metadata(photograph(form, icc_profile=profile))

    assert opened(after).info["icc_profile"] == profile


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_follows_the_picture_is_no_part_of_it(form: str) -> None:
    before = photograph(form)

    assert without_metadata(before + b"<script>alert(1)</script>") == without_metadata(before)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_taking_metadata_out_again_changes_nothing(form: str) -> None:
    once = without_metadata(photograph(form, turned=6))

    assert without_metadata(once) == once


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_that_breaks_off_is_refused_or_whole(form: str) -> None:
    whole = photograph(form)

    for length in range(2, len(whole) - 1, 7):
        part = whole[:length]
        if part.startswith((b"\xff\xd8", b"\x89PNG\r\n\x1a\n")):
            with pytest.raises(BrokenPicture):
                without_metadata(part)


def test_other_data_are_left_alone() -> None:
    assert without_metadata(b"GIF89a...") == b"GIF89a..."
