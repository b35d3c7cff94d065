"""Only a picture that can be shown whole is taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from PIL import ImageFile

_loading = Lock()


@contextmanager
def whole_or_not_at_all() -> Iterator[None]:
    """Let Pillow refuse what is cut off while something is loaded: WeasyPrint, once imported, makes it forgive that."""
    with _loading:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before
