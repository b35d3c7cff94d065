"""Is the Swedish catalogue complete? Run by ``./dev check``; prints what is missing and exits non-zero.

The sources are read again, in a copy of the tree, so the answer holds for the code and not for the last time
that somebody ran makemessages.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polib

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ["samverkan", "agreements", "communication", "templates", "static/js", "manage.py"]
CATALOGUE = Path("samverkan/locale/sv/LC_MESSAGES/django.po")

Key = tuple[str | None, str]


def messages(path: Path) -> dict[Key, polib.POEntry]:
    entries = polib.pofile(str(path)) if path.exists() else []
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def messages_in_sources() -> set[Key]:
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for source in SOURCES:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, copy / source, ignore=shutil.ignore_patterns("dist", "*.mo"))
            else:
                shutil.copy(ROOT / source, copy / source)
        (copy / CATALOGUE).unlink(missing_ok=True)
        (copy / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "manage.py", "makemessages", "-l", "sv", "--no-location", "-v0"]
        subprocess.run(command, cwd=copy, check=True)
        return set(messages(copy / CATALOGUE))


def complaints() -> list[str]:
    known = messages(ROOT / CATALOGUE)
    used = messages_in_sources()
    return [
        *(f"not in the catalogue: {text!r}" for _, text in sorted(used - set(known), key=str)),
        *(f"in the catalogue, but not used: {text!r}" for _, text in sorted(set(known) - used, key=str)),
        *(f"not translated: {entry.msgid!r}" for entry in known.values() if not entry.translated()),
    ]


def main() -> None:
    found = complaints()
    sys.stdout.writelines(f"{line}\n" for line in found or ["The Swedish catalogue is complete."])
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
