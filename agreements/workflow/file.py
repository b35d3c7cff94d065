"""Taking in files: judged by their content, stored once under their hash."""

from __future__ import annotations

import hashlib
import io
import logging

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Removal, StoredFile
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

logger = logging.getLogger(__name__)
MAX_PDF_BYTES = 20 * 1024 * 1024


def store_pdf(agreement: Agreement, upload: UploadedFile[bytes], *, by: User) -> StoredFile:
    """Store an uploaded PDF (minutes, a scan, an annex of its own) beside the agreement.

    Raises TransitionRefused when it is no PDF that can be opened, is encrypted, or is over 20 MB, and when the
    storage has no room.
    """
    if upload.size is None or upload.size > MAX_PDF_BYTES:
        raise TransitionRefused(refused("file_too_large", _("The file is larger than 20 MB. Make it smaller.")))
    data = upload.read()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise TransitionRefused(refused("file_encrypted", _("The PDF is locked with a password."))) from error
    except pikepdf.PdfError as error:
        raise TransitionRefused(refused("not_pdf", _("This is not a PDF that can be opened."))) from error
    try:
        return store(
            agreement, data, name=upload.name or "", kind=StoredFile.Kind.PDF, media_type="application/pdf", by=by,
            pages=pages,
        )  # fmt: skip
    except OSError as error:
        logger.exception("A PDF could not be stored.")
        reason = _("The file could not be stored just now. Nothing has been changed. Try again later.")
        raise TransitionRefused(refused("no_room", reason)) from error


def store(
    agreement: Agreement, data: bytes, *, name: str, kind: str, media_type: str, by: User | None, **facts: int | None
) -> StoredFile:
    """Store ``data`` under its hash; the same bytes twice give the same row. The caller has judged them.

    Raises TransitionRefused for a file that has been removed from the agreement as unlawful.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if Removal.objects.filter(file__agreement=agreement, old_sha256=sha256, status="confirmed").exists():
        raise TransitionRefused(refused("removed", _("This very file has been removed from the agreement.")))
    row = StoredFile(
        agreement=agreement, sha256=sha256, kind=kind, media_type=media_type, name=name[:200], size=len(data),
        uploaded_by=by, **facts,
    )  # fmt: skip
    if not default_storage.exists(row.path):
        default_storage.save(row.path, ContentFile(data))
    found, _made = StoredFile.objects.get_or_create(
        agreement=agreement,
        sha256=sha256,
        defaults={
            "kind": kind, "media_type": media_type, "name": name[:200], "size": len(data), "uploaded_by": by, **facts,
        },
    )  # fmt: skip
    return found
