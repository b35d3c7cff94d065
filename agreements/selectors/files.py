"""Bytes by their hash, from the default storage."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.files.storage import default_storage

from agreements.models import Agreement, StoredFile
from samverkan.failures import FileLost


def read_file(file: StoredFile) -> bytes:
    """The bytes of ``file``. FileLost when the storage does not have them, or has others than the hash says."""
    try:
        with default_storage.open(file.path) as stream:
            data: bytes = stream.read()
    except OSError as error:
        raise FileLost(file.path) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileLost(file.path)
    return data


def assets_of(*agreements: Agreement) -> Callable[[str], tuple[bytes, str]]:
    """A reader of the pictures of ``agreements``: by hash, (bytes, media type). FileLost for others, and for those that
    the storage has lost."""
    known = {file.sha256: file for file in StoredFile.objects.filter(agreement__in=agreements, kind="picture")}

    def asset(sha256: str) -> tuple[bytes, str]:
        file = known.get(sha256)
        if file is None:
            raise FileLost(sha256)
        return read_file(file), file.media_type

    return asset
