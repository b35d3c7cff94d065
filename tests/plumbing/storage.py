"""Disks for uploaded files, full ones too."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.test import override_settings

from samverkan.storage import WholeFileStorage


class FullDisk(WholeFileStorage):
    """A disk with room for a few bytes more. The error is the kernel's own, and what was written before it lies
    there, as on a real one."""

    room = 100

    def _save(self, name: str, content: File[bytes]) -> str:
        return super()._save(name, FillsUp(content, self.room))


class FillsUp(File[bytes]):
    def __init__(self, content: File[bytes], room: int) -> None:
        super().__init__(content.file, content.name)
        self.room = room

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield self.read(self.room)
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(b"x")


@contextmanager
def stored_in(folder: Path, storage: type[WholeFileStorage] = WholeFileStorage) -> Iterator[None]:
    backend = f"{storage.__module__}.{storage.__qualname__}"
    default = {"BACKEND": backend, "OPTIONS": {"location": folder, "base_url": None}}
    with override_settings(STORAGES=settings.STORAGES | {"default": default}):
        yield


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
