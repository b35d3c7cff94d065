"""Nobody changes what fixed prints are made of without saying whether the prints change by it."""

import json
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from agreements.pdf.printing import PRINT_FORMAT_OF

TYPEFACE = "node_modules/@fontsource/source-sans-3"


def made_of() -> Iterator[tuple[str, str]]:
    """Each thing that decides how a print looks by its name: files by their hash, packages by their version."""
    root = Path(settings.BASE_DIR)
    templates = sorted(path for path in (root / "templates" / "pdf").rglob("*") if path.is_file())
    for path in (*templates, root / "static" / "css" / "print.css"):
        yield path.relative_to(root).as_posix(), sha256(path.read_bytes()).hexdigest()
    yield "weasyprint", version("weasyprint")
    yield TYPEFACE, json.loads((root / "package-lock.json").read_text("utf-8"))["packages"][TYPEFACE]["version"]


def test_what_prints_are_made_of_is_what_the_format_was_last_judged_by() -> None:
    digest = sha256(json.dumps(list(made_of())).encode()).hexdigest()

    assert digest == PRINT_FORMAT_OF, (
        "What fixed prints are made of has changed. Raise PRINT_FORMAT in agreements/pdf/printing.py when the print "
        f'changes by it; in either case write PRINT_FORMAT_OF = "{digest}".'
    )
