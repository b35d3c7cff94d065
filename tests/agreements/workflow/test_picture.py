"""Pictures are judged by their content and seen through a text that shows them."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from agreements.models import StoredFile
from agreements.policies.picture import may_see_picture
from agreements.workflow.picture import MAX_BYTES, judge, store_picture
from agreements.workflow.section import save_section
from agreements.workflow.sharing import share_draft
from samverkan.verdict import TransitionRefused
from tests.factories import World, decide

pytestmark = pytest.mark.django_db


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6), **extra: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "navy").save(stream, kind, **extra)
    return stream.getvalue()


def upload(data: bytes, name: str = "bild.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/png")


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_png_and_jpeg_are_taken_whatever_they_are_called(world: World, kind: str, media_type: str) -> None:
    data = picture(kind)
    file = store_picture(world.picture, upload(data, "rapport.docx"), by=world.coordinator)
    assert (file.media_type, file.width, file.height, file.size) == (media_type, 8, 6, len(data))
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert default_storage.open(file.path).read() == data


def test_the_size_is_that_of_the_picture_as_it_is_shown() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    facts = judge(picture("JPEG", (8, 6), exif=exif))
    assert (facts.width, facts.height) == (6, 8)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_picture"),
        (b"%PDF-1.7 hej", "not_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "not_picture"),
        (picture("GIF"), "not_picture"),
        (picture("WEBP"), "not_picture"),
        (picture(size=(200, 200))[:80], "broken_picture"),
        (picture("JPEG", (200, 200))[:400], "broken_picture"),
        (png_claiming(8000, 7000), "too_many_pixels"),
        (png_claiming(100_000, 100_000), "too_many_pixels"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(world: World, data: bytes, code: str) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        store_picture(world.picture, upload(data), by=world.coordinator)
    assert refusal.value.verdict.code == code
    assert str(refusal.value.verdict.reason).endswith(".")
    assert not StoredFile.objects.exists()


def test_a_file_over_20_mb_is_refused_before_it_is_read(world: World) -> None:
    large = upload(b"x")
    large.size = MAX_BYTES + 1
    with pytest.raises(TransitionRefused) as refusal:
        store_picture(world.picture, large, by=world.coordinator)
    assert refusal.value.verdict.code == "picture_too_large"


def test_the_same_bytes_twice_are_one_file(world: World) -> None:
    first = store_picture(world.picture, upload(picture()), by=world.coordinator)
    assert store_picture(world.plan, upload(picture(), "annat.png"), by=world.bo) == first


def test_only_writers_add_pictures(world: World) -> None:
    for person in (world.bo, world.cia, world.reader, world.preparer):
        with pytest.raises(TransitionRefused):
            store_picture(world.picture, upload(picture()), by=person)


# Who sees it


def show(world: World, file: StoredFile, number: str = "1") -> None:
    section = world.annexes[number].sections.get(heading="Syfte")
    body = f'<p>x</p><figure data-alt="Karta" data-asset="{file.sha256}" data-source=""></figure>'
    save_section(section, heading="Syfte", body=body, version=section.version, by=world.coordinator)


def sees(world: World, file: StoredFile, number: str = "1") -> set[str]:
    people = ("coordinator", "police_coordinator", "preparer", "bo", "anna", "reader", "registrar", "cia", "nils")
    file.refresh_from_db()
    return {one for one in people if may_see_picture(getattr(world, one), world.annexes[number], file)}


def test_until_it_stands_in_the_text_only_the_one_who_added_it_sees_it(world: World) -> None:
    file = store_picture(world.picture, upload(picture()), by=world.coordinator)
    assert sees(world, file) == {"coordinator"}


def test_readers_of_the_draft_see_what_stands_in_it_and_not_through_another_annex(world: World) -> None:
    file = store_picture(world.picture, upload(picture()), by=world.coordinator)
    show(world, file)
    assert sees(world, file) == {"coordinator", "police_coordinator", "preparer", "registrar"}
    assert sees(world, file, "3a") == {"coordinator"}


def test_a_picture_in_an_own_draft_is_its_partys_alone_until_it_is_shared(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    file = store_picture(world.picture, upload(picture()), by=world.coordinator)
    show(world, file)
    assert file.draft_party == world.kommun
    world.picture.refresh_from_db()
    assert sees(world, file) == {"coordinator", "preparer", "registrar"}
    share_draft(world.picture, purpose="comment", by=world.coordinator)
    world.picture.refresh_from_db()
    assert sees(world, file) == {"coordinator", "police_coordinator", "preparer", "registrar"}


def test_a_picture_that_both_have_added_is_nobodys_own(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    file = store_picture(world.picture, upload(picture()), by=world.coordinator)
    store_picture(world.communication, upload(picture()), by=world.police_coordinator)
    file.refresh_from_db()
    assert file.draft_party is None
    assert "police_coordinator" not in sees(world, file)


def test_everybody_who_reads_a_decided_text_sees_its_pictures(world: World) -> None:
    file = store_picture(world.picture, upload(picture()), by=world.coordinator)
    show(world, file)
    decide(world, "1")
    assert sees(world, file) >= {"anna", "bo", "reader"}
    assert sees(world, file).isdisjoint({"cia", "nils"})


def test_a_cut_off_picture_is_refused_also_where_pdfs_have_been_made() -> None:
    """WeasyPrint tells Pillow to forgive such pictures, for the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with pytest.raises(TransitionRefused):
            judge(picture(size=(200, 200))[:80])
        assert ImageFile.LOAD_TRUNCATED_IMAGES, "what others have set stays set"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
