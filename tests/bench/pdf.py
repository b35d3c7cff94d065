"""The print of a whole agreement against Chromium's of the same HTML, in the same run.

The promise is about a warm process: one that has printed before, and keeps what it laid out (``press``). It is judged
when an annex has changed and the rest is as it was, which is how the portal mostly prints; an agreement printed again
unchanged comes from storage and is not measured. Told beside it, and not promised: with every page laid out anew,
which takes about as long as Chromium's command, and what a browser that is already open takes.
Writes JSON for ``tests.bench``: ``lines`` to read, ``broken`` promises. Run alone: ``python -m tests.bench.pdf``.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
django.setup()

from django.conf import settings  # after setup, as everything below
from django.utils.translation import override
from playwright.sync_api import sync_playwright

from agreements.pdf import press, render, sheets
from agreements.pdf.printed import PrintedAgreement
from agreements.pdf.typeface import faces
from tests.agreements.pdf import real, sample
from tests.bench.measuring import Timing, timed
from tests.plumbing.real import REAL

SHARE = 0.85
TIMES = 7
ANEW, AGAIN, COMMAND, OPEN = (
    "all pages laid out anew",
    "one annex changed",
    "Chromium's command",
    "Chromium already open",
)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
Asset = Callable[[str], tuple[bytes, str]]


def html_of(agreement: PrintedAgreement, asset: Asset) -> str:
    """What is printed, as one page with its style sheet, typeface and pictures in it."""
    with override("sv"):
        found = [sheets.cover_sheet(agreement, []), *sheets.agreement_sheets(agreement)]
    bodies = "".join(re.sub(r"(?s).*<body(.*)</body>.*", r"<div\1</div>", sheet.html) for sheet in found)
    pictures = {key: asset(key) for key in set(re.findall("asset:([0-9a-f]{64})", bodies))}
    for key, (data, media_type) in pictures.items():
        address = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
        bodies = bodies.replace(f"asset:{key}", address)
    style = faces(["latin"]) + (settings.BASE_DIR / "static" / "css" / "print.css").read_text("utf-8")
    return f'<!DOCTYPE html><html lang="sv"><meta charset="utf-8"><title>x</title><style>{style}</style>{bodies}'


def anew(agreement: PrintedAgreement, asset: Asset) -> None:
    press.forget()
    render.render_agreement(agreement, asset=asset)


def again(numbers: Any, agreement: PrintedAgreement, asset: Asset) -> None:
    """Print after the last annex got a new version."""
    *others, last = agreement.annexes
    changed = replace(last, status=f"Fastställd 2026-03-04, version {next(numbers)}")
    render.render_agreement(replace(agreement, annexes=(*others, changed)), asset=asset)


def command(chromium: str, folder: Path) -> None:
    """Chromium's print of the page in ``folder``, as its command does it."""
    page, pdf = folder / "page.html", folder / "page.pdf"
    subprocess.run([chromium, *SWITCHES, f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True)


def open_browser(page: Any, html: str) -> None:
    page.set_content(html)
    page.pdf(prefer_css_page_size=True, tagged=True, outline=True)


def measured(agreement: PrintedAgreement, asset: Asset) -> dict[str, Timing]:
    """All four ways in turn, round after round, so that what else the machine does troubles them alike."""
    chromium = next(path for name in CHROMIUM if (path := shutil.which(name)))
    html = html_of(agreement, asset)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "page.html").write_text(html, "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        ways = {
            ANEW: partial(anew, agreement, asset),
            AGAIN: partial(again, count(4), agreement, asset),
            COMMAND: partial(command, chromium, Path(folder)),
            OPEN: partial(open_browser, browser.new_page(), html),
        }
        rounds = [{way: timed(work, times=1, warm_up=0).p50 for way, work in ways.items()} for _ in range(TIMES + 1)]
        browser.close()
    return {way: Timing(sorted(taken[way] for taken in rounds[1:])) for way in ways}


def compare(name: str, agreement: PrintedAgreement, asset: Asset) -> tuple[list[str], list[str]]:
    """Lines to read and promises broken for one agreement."""
    found = measured(agreement, asset)
    best = {way: timing.runs[0] for way, timing in found.items()}  # the least disturbed by what else is running
    share, whole = best[AGAIN] / best[COMMAND], best[ANEW] / best[COMMAND]
    lines = [f"PDF, {name:9} {way:27} {timing}" for way, timing in found.items()]
    lines.append(
        f"PDF, {name}: at best {share:.2f} of Chromium's command after a change, and {best[AGAIN] / best[OPEN]:.2f} of "
        f"an open Chromium; {whole:.2f} of the command with all pages laid out anew"
    )
    return lines, [f"the PDF of {name} takes {share:.2f} of Chromium's print"] if share > SHARE else []


def main() -> None:
    found = [compare("sample", sample.agreement(), sample.asset)]
    if REAL.exists():
        found.append(compare("Östermalm", real.agreement(REAL), real.asset(REAL)))
    lines, broken = ([line for part in parts for line in part] for parts in zip(*found, strict=True))
    json.dump({"lines": lines, "broken": broken}, sys.stdout)


if __name__ == "__main__":
    main()
