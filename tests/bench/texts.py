"""Redline beside Wagtail's comparison, freezing, and Word, in one warm process.

Uses the data folder in SAMVERKAN_VAR and loads the example there once. Writes one JSON object:
{"lines": what was found, "broken": promises that do not hold}.
"""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import django

from manage import start_database
from tests.bench.measuring import timed

os.environ["DJANGO_SETTINGS_MODULE"] = "samverkan.settings"
os.environ["SAMVERKAN_DEMO"] = os.environ["SAMVERKAN_MIGRATE"] = "1"
ROOT = Path(__file__).resolve().parent.parent.parent
REAL = ROOT.parent / "shared" / "real"
WAGTAIL = Path(os.environ.get("SAMVERKAN_VAR", ROOT / "var")).parent / "wagtail"
AGREEMENT = "norrvik-centrum"
CHANGED = 6  # one section in so many
REDLINE_SHARE = 0.25  # of Wagtail's time

Found = tuple[list[str], list[str]]


def pairs() -> list[tuple[str, Any, Any]]:
    """The example's picture of the situation, and all its texts in one, each with one block in six edited.

    People's words: made-up ones repeat too often to say anything about a comparison.
    """
    from agreements.documents.text import word_count
    from agreements.models import Annex

    latest = [revision.document for annex in Annex.objects.all() if (revision := annex.revisions.first())]
    picture = max(latest, key=word_count)
    whole = picture | {
        "blocks": [block | {"id": f"{n}-{block['id']}"} for n, text in enumerate(latest) for block in text["blocks"]],
        "notes": max((text["notes"] for text in latest), key=len),
    }
    return [(f"{word_count(text)} words, 1/{CHANGED} edited", text, edited(text)) for text in (picture, whole)]


def edited(document: Any) -> Any:
    """As after a round of corrections: in one text block of six, two words are others and a sentence is new."""
    blocks = [*document["blocks"]]
    texts = [number for number, block in enumerate(blocks) if block["type"] == "rich_text"]
    for number in texts[::CHANGED]:
        text = re.sub(r"\b(och|av|för)\b", "liksom", blocks[number]["html"], count=2)
        blocks[number] = blocks[number] | {"html": f"{text}<p>Det följs upp varje kvartal.</p>"}
    return document | {"blocks": blocks}


def redline() -> Found:
    """The short text beside Wagtail's comparison, which takes minutes for the long one."""
    from agreements.documents.html import to_html
    from agreements.documents.redline import compare

    def page(document: Any) -> str:
        return str(to_html(document, asset_url=str, notes="end", id_prefix="b-"))

    def marked(old: Any, new: Any) -> str:
        return compare(old, new).html

    (name, old, new), (long_name, *long) = pairs()
    ours, ours_long = timed(partial(marked, old, new), times=15), timed(partial(marked, *long), times=15)
    theirs = wagtail([(page(old), page(new))])[0]
    lines = [
        f"redline of {name:31} {ours}   Wagtail {theirs:6.1f} ms   share {ours.p50 / theirs:.2f}",
        f"redline of {long_name:31} {ours_long}",
    ]
    slow = ours.p50 > REDLINE_SHARE * theirs
    return lines, [f"the redline takes more than {REDLINE_SHARE} of Wagtail's comparison."] if slow else []


def wagtail(texts: list[tuple[str, str]]) -> list[float]:
    """Median milliseconds of Wagtail's comparison, installed in an environment beside ours."""
    python = WAGTAIL / "bin" / "python"
    if not (WAGTAIL / "complete").exists():
        sys.stderr.write("→ Installing Wagtail, to measure against (once)\n")
        subprocess.run([sys.executable, "-m", "venv", "--clear", WAGTAIL], check=True)
        pinned = str(ROOT / "requirements" / "bench.txt")
        install = [str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", pinned]
        subprocess.run(install, check=True, stdout=sys.stderr)
        (WAGTAIL / "complete").touch()
    script = Path(__file__).with_name("wagtail_comparison.py")
    done = subprocess.run([python, script], input=json.dumps(texts), stdout=subprocess.PIPE, text=True, check=True)
    milliseconds: list[float] = json.loads(done.stdout)
    return milliseconds


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
    found = [part() for part in (redline, freezing, word)]
    lines = [line for part, _ in found for line in part]
    broken = [line for _, part in found for line in part]
    json.dump({"lines": lines, "broken": broken}, sys.stdout)


if __name__ == "__main__":
    main()
