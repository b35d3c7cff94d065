"""Source Sans 3 as CSS, with the files in it: as installed from npm, static, in every alphabet that it has.

Each alphabet is a family of its own ("Source Sans 3 cyrillic"): WeasyPrint tells faces apart by family, weight and
style alone, and would draw the letters of one file with the outlines of another.
"""

import base64
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

FACES = ((400, "normal"), (400, "italic"), (600, "normal"), (700, "normal"), (700, "italic"))
FAMILY = "Source Sans 3"
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese")


def faces(subsets: Iterable[str] = SUBSETS) -> str:
    """Return the @font-face rules; raise FileNotFoundError when the npm packages are not installed."""
    return "".join(_face(subset, weight, style) for subset in subsets for weight, style in FACES)


def data(subset: str, weight: int, style: str) -> bytes:
    """The file of one face, in WOFF 2."""
    folder = Path(settings.BASE_DIR) / "node_modules" / "@fontsource" / "source-sans-3" / "files"
    return (folder / f"source-sans-3-{subset}-{weight}-{style}.woff2").read_bytes()


def _face(subset: str, weight: int, style: str) -> str:
    embedded = base64.b64encode(data(subset, weight, style)).decode()
    family = FAMILY if subset == SUBSETS[0] else f"{FAMILY} {subset}"
    return (
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style};"
        f" src: url(data:font/woff2;base64,{embedded}) }}\n"
    )
