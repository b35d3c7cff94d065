"""Pictures in texts: judged by their content, never by their name, and kept without what is not seen in them."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, UnidentifiedImageError

from agreements.documents.picture_metadata import BrokenPicture, without_metadata
from agreements.documents.whole_picture import whole_or_not_at_all
from agreements.models import Annex, StoredFile
from agreements.policies.annex import may_edit
from agreements.workflow.file import store
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import StrOrPromise, TransitionRefused, refused

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 50_000_000
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}
TURNED = range(5, 9)
"""Values of the EXIF orientation (CIPA DC-008) that lay the picture on its side."""


@dataclass(frozen=True)
class Facts:
    """What a picture is; width and height in pixels, as it is shown."""

    media_type: str
    width: int
    height: int


def judge(data: bytes) -> Facts:
    """What ``data`` is, read whole. Raises TransitionRefused for anything but a PNG or JPEG that can be shown, or
    one of more than 20 MB or 50 million pixels."""
    if len(data) > MAX_BYTES:
        raise too_large()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _read(data)
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _refused("not_picture", _("This is not a picture that can be used. Choose a PNG or a JPEG.")) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _broken() from error


def _read(data: bytes) -> Facts:
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise too_many_pixels()
        media_type = MEDIA_TYPES[picture.format or ""]
        with whole_or_not_at_all():
            picture.load()
        if picture.getexif().get(ExifTags.Base.Orientation) in TURNED:
            width, height = height, width
    return Facts(media_type, width, height)


def _refused(code: str, reason: StrOrPromise) -> TransitionRefused:
    return TransitionRefused(refused(code, reason))


def _broken() -> TransitionRefused:
    return _refused("broken_picture", _("The picture is damaged and cannot be read. Try another file."))


def too_large() -> TransitionRefused:
    """The refusal of a file that is too large to be looked into."""
    return _refused("picture_too_large", _("The picture is larger than 20 MB. Make it smaller and try again."))


def too_many_pixels() -> TransitionRefused:
    """The refusal of a picture that would take too much memory."""
    return _refused("too_many_pixels", _("The picture has more than 50 million pixels. Make it smaller and try again."))


def store_picture(annex: Annex, upload: UploadedFile[bytes], *, by: User) -> StoredFile:
    """Take in a picture for the annex's working text. Raises TransitionRefused with a sentence for the writer.

    In an own draft the picture is its party's alone, until the draft is shared. The same bytes twice are one
    file; once it came from elsewhere too it is nobody's own.
    """
    if not (verdict := may_edit(by, annex)):
        raise TransitionRefused(verdict)
    if upload.size is None or upload.size > MAX_BYTES:
        raise too_large()
    data = upload.read()
    return write_picture(annex, data, name=upload.name or "", by=by)


def _cleaned(data: bytes) -> bytes:
    try:
        return without_metadata(data)
    except BrokenPicture as error:
        raise _broken() from error


@transaction.atomic
def write_picture(annex: Annex, data: bytes, *, name: str, by: User | None) -> StoredFile:
    """Store a picture for the annex without asking who does it (taking in Word, examples)."""
    facts, data = judge(data), _cleaned(data)
    kind, size = StoredFile.Kind.PICTURE, {"width": facts.width, "height": facts.height}
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(agreement=annex.agreement_id, sha256=sha256).first()
    file = store(annex.agreement, data, name=name, kind=kind, media_type=facts.media_type, by=by, **size)
    owner = annex.draft_party_id if known is None or known.draft_party_id == annex.draft_party_id else None
    if file.draft_party_id != owner:
        file.draft_party_id = owner
        remember_why(file, "", by=by)
        file.save(update_fields=["draft_party"])
    return file
