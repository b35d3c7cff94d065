"""Source Sans 3 as CSS, with the files in it: as installed from npm, static, in every alphabet that it has."""

import base64
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

FACES = ((400, "normal"), (400, "italic"), (600, "normal"), (700, "normal"), (700, "italic"))
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese")


def faces(subsets: Iterable[str] = SUBSETS) -> str:
    """Return the @font-face rules; raise FileNotFoundError when the npm packages are not installed."""
    return "".join(_face(subset, weight, style) for subset in subsets for weight, style in FACES)


def _face(subset: str, weight: int, style: str) -> str:
    folder = Path(settings.BASE_DIR) / "node_modules" / "@fontsource" / "source-sans-3" / "files"
    data = base64.b64encode((folder / f"source-sans-3-{subset}-{weight}-{style}.woff2").read_bytes()).decode()
    return (
        f"@font-face {{ font-family: 'Source Sans 3'; font-weight: {weight}; font-style: {style};"
        f" src: url(data:font/woff2;base64,{data}) }}\n"
    )
