"""Taking in files: judged by their content, stored once under their hash."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Removal, StoredFile
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, refused

logger = logging.getLogger(__name__)
MAX_PDF_BYTES = 20 * 1024 * 1024

_taken_in: ContextVar[set[str] | None] = ContextVar("taken_in", default=None)
"""The hashes of new bytes since ``without_refused_files`` began; None outside it."""


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


@transaction.atomic
def store(
    agreement: Agreement, data: bytes, *, name: str, kind: str, media_type: str, by: User | None, **facts: int | None
) -> StoredFile:
    """Store ``data`` under its hash; the same bytes twice give the same row. The caller has judged them.

    The bytes are written before the row, so that none is missing for a row; ``without_refused_files`` takes them away
    again when the row is rolled back. Raises TransitionRefused for a file that has been removed from the agreement as
    unlawful.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if Removal.objects.filter(file__agreement=agreement, old_sha256=sha256, status=Removal.Status.CONFIRMED).exists():
        raise TransitionRefused(refused("removed", _("This very file has been removed from the agreement.")))
    row = StoredFile(
        agreement=agreement, sha256=sha256, kind=kind, media_type=media_type, name=name[:200], size=len(data),
        uploaded_by=by, **facts,
    )  # fmt: skip
    if not _is_kept(sha256):
        _lock(sha256)
        if (taken_in := _taken_in.get()) is not None:
            taken_in.add(sha256)
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


@contextmanager
def without_refused_files() -> Iterator[None]:
    """Delete at the end what was taken in within and has no row: what took it in was refused, or failed.

    A removal finds files by their rows (decisions/0008), so bytes without one would lie there out of its reach. Must
    stand around the transaction that is rolled back.
    """
    hashes: set[str] = set()
    outer = _taken_in.set(hashes)
    try:
        yield
    finally:
        _taken_in.reset(outer)
        for sha256 in hashes:
            try:
                _delete_unless_kept(sha256)
            except (DatabaseError, OSError):  # what was answered stands; the file waits for whoever reads the log
                logger.exception("A file that belongs to nothing could not be deleted.")


@transaction.atomic
def _delete_unless_kept(sha256: str) -> None:
    _lock(sha256)
    if not _is_kept(sha256):
        default_storage.delete(StoredFile(sha256=sha256).path)


def _is_kept(sha256: str) -> bool:
    """Whether a row of any agreement needs the bytes; that of a removed file does not."""
    return StoredFile.objects.filter(sha256=sha256).exclude(removals__status=Removal.Status.CONFIRMED).exists()


def _lock(sha256: str) -> None:
    """Wait for whoever takes in or deletes the same bytes, and hold others off until the transaction ends: bytes that
    one has found in the storage must still be there when the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(bytes.fromhex(sha256)[:8], signed=True)])
