"""``./dev bench``: how quick the portal is, and whether it stays so. Exits non-zero when a promise is broken.

Promises: the number of queries of a page does not grow with the number of agreements; redline takes at most a
quarter of Wagtail's comparison; the PDF, in a warm process, takes at most 0.85 of Chromium's print of the same HTML.
Sizes: ``--agreements N`` (400) and ``--revisions M`` (20). The data are made once, under var/bench.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("SAMVERKAN_VAR", ROOT / "var")) / "bench"
FEW = 2


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(module: str, *arguments: object, var: Path) -> Any:
    """What a part of the bench found; it runs as a process with a data folder of its own."""
    var.mkdir(parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}  # never in service
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)],
        cwd=ROOT,
        env=environment | {"SAMVERKAN_VAR": str(var), "DJANGO_SETTINGS_MODULE": "samverkan.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.exit(f"The bench's {module} failed.")
    return json.loads(done.stdout)


def pages(many: int, revisions: int) -> bool:
    few = run("pages", FEW, revisions, var=VAR / f"{FEW}x{revisions}")
    full = run("pages", many, revisions, var=VAR / f"{many}x{revisions}")
    say(f"{'page':20} {FEW:>4} agreements                       {many:>4} agreements")
    grown = []
    for name in few:
        cells = [
            f"p50 {found['p50']:6.1f} ms  p95 {found['p95']:6.1f} ms {found['queries']:3} queries"
            for found in (few[name], full[name])
        ]
        say(f"{name:20} {cells[0]}  {cells[1]}")
        if full[name]["queries"] > few[name]["queries"]:
            grown.append(name)
    for name in grown:
        say(f"BROKEN: the queries of {name} grow with the number of agreements.")
    return not grown


def part(module: str) -> bool:
    """A part that tells its lines and the promises it found broken."""
    found = run(module, var=VAR / "example")
    say("")
    for line in found["lines"]:
        say(line)
    for line in found["broken"]:
        say(f"BROKEN: {line}")
    return not found["broken"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--agreements", type=int, default=400)
    parser.add_argument("--revisions", type=int, default=20)
    sizes = parser.parse_args()
    kept = [pages(sizes.agreements, sizes.revisions), part("redline"), part("texts"), part("pdf")]
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
