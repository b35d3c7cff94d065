"""Freezing and Word, in one warm process.

Uses the data folder in SAMVERKAN_VAR and loads the example there once. Writes one JSON object:
{"lines": what was found, "broken": promises that do not hold}.
"""

import json
import os
import sys
from pathlib import Path

import django

from manage import start_database
from tests.bench.measuring import timed

os.environ["DJANGO_SETTINGS_MODULE"] = "samverkan.settings"
os.environ["SAMVERKAN_DEMO"] = os.environ["SAMVERKAN_MIGRATE"] = "1"
ROOT = Path(__file__).resolve().parent.parent.parent
REAL = ROOT.parent / "shared" / "real"
AGREEMENT = "norrvik-centrum"

Found = tuple[list[str], list[str]]


def freezing() -> Found:
    from agreements.documents.canonical import content_hash
    from agreements.models import Annex
    from agreements.selectors.working_text import draft_document

    annexes = Annex.objects.filter(agreement__slug=AGREEMENT)
    longest = max(annexes, key=lambda annex: len(str(draft_document(annex))))
    timing = timed(lambda: content_hash(draft_document(Annex.objects.get(pk=longest.pk))), times=20)
    return [f"freeze of {longest.label:35} {timing}"], []


def word() -> Found:
    """The largest of the real documents where they are, else the line says that there are none."""
    from agreements.documents.word_import.reader import read_word

    files = sorted(REAL.glob("*.docx"), key=lambda path: path.stat().st_size)
    if not files:
        return ["Word: not measured, no real documents here"], []
    data = files[-1].read_bytes()
    return [f"Word file of {len(data) // 1024} KiB{'':22} {timed(lambda: read_word(data), times=10)}"], []


def main() -> None:
    from django.core.management import call_command

    django.setup()
    start_database("demo_data")
    call_command("demo_data", stdout=sys.stderr)
    found = [part() for part in (freezing, word)]
    lines = [line for part, _ in found for line in part]
    broken = [line for _, part in found for line in part]
    json.dump({"lines": lines, "broken": broken}, sys.stdout)


if __name__ == "__main__":
    main()
