"""The redline beside Wagtail's comparison of the same texts, as whole pages, in the same run.

Three pairs: a real picture of the situation (3,300 words) with one section in six corrected, seven of it after
each other (23,000 words) with one section in six corrected, and the example's picture in its first and second
version, which is written anew almost throughout. The promise is about the first two; the third is told too.

Wagtail's is the comparison of its page of revisions: a stream of rich text, a block for each section, known by
its id, each flattened to plain text. (Without ids it compares the whole as one text; that takes seconds for the
short one and minutes for the long.) Ours and theirs take turns; told is processor time, which what else the
machine does troubles least. Writes JSON for ``tests.bench``. Uses the data folder in SAMVERKAN_VAR.
"""

import json
import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import django

from manage import start_database
from tests.bench.measuring import Timing

os.environ["DJANGO_SETTINGS_MODULE"] = "samverkan.settings"
os.environ["SAMVERKAN_DEMO"] = os.environ["SAMVERKAN_MIGRATE"] = "1"
ROOT = Path(__file__).resolve().parent.parent.parent
WAGTAIL = Path(os.environ.get("SAMVERKAN_VAR", ROOT / "var")).parent / "wagtail"
AGREEMENT = "norrvik-centrum"
LONG = 23_000  # words
CHANGED = 6  # one section in so many
SHARE = 0.25  # of Wagtail's time
ROUNDS = 30

Section = list[Any]  # blocks


def picture() -> Any:
    """The real picture of the situation where it is, else the example's."""
    from agreements.models import Annex
    from tests.agreements.pdf import real
    from tests.plumbing.real import REAL

    if REAL.exists():
        return real.document(real.word(REAL, "003_1_lagesbild"), "Gemensam lokal lägesbild")
    annex = Annex.objects.get(agreement__slug=AGREEMENT, kind="situational_picture")
    return annex.revisions.earliest("number").document


def pairs() -> Iterator[tuple[str, Any, Any, bool]]:
    """Name, old, new, and whether the promise is about it."""
    from agreements.documents.text import word_count
    from agreements.models import Annex

    short = picture()
    words = word_count(short)
    long = repeated(short, math.ceil((LONG - words / 2) / words))
    for text in (short, long):
        yield f"{word_count(text):,} words, 1/{CHANGED} edited", text, edited(text), True
    versions = Annex.objects.get(agreement__slug=AGREEMENT, kind="situational_picture").revisions.order_by("number")
    old, new = (revision.document for revision in versions[:2])
    yield f"{word_count(new):,} words, written anew", old, new, False


def sections(document: Any) -> list[Section]:
    found: list[Section] = [[]]
    for block in document["blocks"]:
        if block["type"] == "heading":
            found.append([])
        found[-1].append(block)
    return [section for section in found if section]


def repeated(document: Any, times: int) -> Any:
    """The text so many times over, each time with ids of its own."""
    blocks = [block | {"id": f"{n}-{block['id']}"} for n in range(times) for block in document["blocks"]]
    return document | {"blocks": blocks}


def edited(document: Any) -> Any:
    """As after a round of corrections: in one section of six, two words are others and a sentence is new."""
    blocks: list[Any] = []
    for number, section in enumerate(sections(document)):
        texts = [block["id"] for block in section if block["type"] == "rich_text"]
        is_corrected = number % CHANGED == CHANGED // 2 and texts
        blocks += [_corrected(block) if is_corrected and block["id"] == texts[0] else block for block in section]
    return document | {"blocks": blocks}


def _corrected(block: Any) -> Any:
    text = re.sub(r"\b(och|av|för)\b(?![^<]*>)", "liksom", block["html"], count=2)
    return block | {"html": f"{text}<p>Det följs upp varje kvartal.</p>"}


def streamed(document: Any) -> list[tuple[str, str]]:
    """Id and HTML of each section, each note where it is referred to."""
    from agreements.documents.html import to_html

    def html(section: Section) -> str:
        return str(to_html(document | {"blocks": section}, asset_url=str, notes="float"))

    return [(section[0]["id"], html(section)) for section in sections(document)]


@contextmanager
def wagtail(texts: list[tuple[Any, Any]]) -> Iterator[Any]:
    """A function that lets Wagtail compare the pair with that number, and gives the milliseconds it took."""
    python = WAGTAIL / "bin" / "python"
    if not (WAGTAIL / "complete").exists():
        sys.stderr.write("→ Installing Wagtail, to measure against (once)\n")
        subprocess.run([sys.executable, "-m", "venv", "--clear", WAGTAIL], check=True)
        pinned = str(ROOT / "requirements" / "bench.txt")
        install = [str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", pinned]
        subprocess.run(install, check=True, stdout=sys.stderr)
        (WAGTAIL / "complete").touch()
    script = Path(__file__).with_name("wagtail_comparison.py")
    with subprocess.Popen([python, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(question: object) -> Any:
            process.stdin.write(f"{json.dumps(question)}\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return json.loads(process.stdout.readline())  # type: ignore[union-attr]

        ask([(streamed(old), streamed(new)) for old, new in texts])
        yield ask
        process.stdin.close()


def ours(old: Any, new: Any) -> float:
    from agreements.documents.redline import compare

    begun = time.process_time()
    str(compare(old, new).html)
    return (time.process_time() - begun) * 1000


def measured() -> tuple[list[str], list[str]]:
    """Lines to read and promises broken."""
    lines, broken = [], []
    found = list(pairs())
    with wagtail([(old, new) for _, old, new, _ in found]) as theirs:
        for number, (name, old, new, is_promised) in enumerate(found):
            ways = (partial(ours, old, new), partial(theirs, number))
            taken = [[way() for way in ways] for _ in range(ROUNDS + 1)][1:]
            own, other = (Timing(sorted(side)) for side in zip(*taken, strict=True))
            share = own.runs[0] / other.runs[0]  # the best of each: the least disturbed by what else is running
            lines.append(f"redline of {name:31} {own}   Wagtail {other.p50:6.1f} ms   at best {share:.2f} of it")
            if share <= SHARE:
                continue
            if is_promised:
                broken.append(f"the redline of {name} takes {share:.2f} of Wagtail's comparison, not {SHARE}")
            else:
                lines.append(f"{'':10} ({SHARE} is not promised of what is written anew, and not kept)")
    return lines, broken


def main() -> None:
    from django.core.management import call_command

    django.setup()
    start_database("demo_data")
    call_command("demo_data", stdout=sys.stderr)
    lines, broken = measured()
    json.dump({"lines": lines, "broken": broken}, sys.stdout)


if __name__ == "__main__":
    main()
