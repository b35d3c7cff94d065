"""Uploaded and made files on this machine's disk."""

import os
import secrets

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = ".part"


class WholeFileStorage(FileSystemStorage):
    """Files are there whole or not at all.

    A file is written beside its name, flushed to the disk, and only then given its name: a full disk or a process
    that is killed leaves nothing that could be taken for the file. Raises OSError when there is no room.
    """

    def _save(self, name: str, content: "File[bytes]") -> str:
        beside = f"{name}.{secrets.token_hex(8)}{UNFINISHED}"
        try:
            super()._save(beside, content)  # type: ignore[misc]  # which the stubs do not know
            with open(self.path(beside), "rb") as written:
                os.fsync(written.fileno())
            os.replace(self.path(beside), self.path(name))
        except BaseException:
            self.delete(beside)
            raise
        return name
