"""Bytes by their hash, from the default storage."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.storage import default_storage

from agreements.models import Agreement, StoredFile


def read_file(file: StoredFile) -> bytes:
    """The bytes of ``file``. OSError when the storage has lost them."""
    with default_storage.open(file.path) as stream:
        data: bytes = stream.read()
    return data


def assets_of(*agreements: Agreement) -> Callable[[str], tuple[bytes, str]]:
    """A reader of the pictures of ``agreements``: by hash, (bytes, media type). LookupError for others."""
    known = {file.sha256: file for file in StoredFile.objects.filter(agreement__in=agreements, kind="picture")}

    def asset(sha256: str) -> tuple[bytes, str]:
        file = known[sha256]
        return read_file(file), file.media_type

    return asset
