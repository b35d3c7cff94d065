"""What a command makes is a file that is whole, or none."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from django.core.management import CommandError


def write_out(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``: a full disk leaves what was there before. CommandError in one line when it cannot be
    written."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a pipe or a device, which cannot be exchanged
        else:
            _exchange(path.resolve(), data)
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}") from None


def _exchange(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
