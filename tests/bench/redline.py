"""How long a redline takes: two versions of a text of 3,300 words, and of one of 23,000.

One section in six is edited. ``python -m tests.bench.redline`` prints the medians; the bench calls
``measure``.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import django

from agreements.documents.block_types import Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.html import word_count
from agreements.documents.redline import compare
from agreements.documents.sanitise import clean_rich_text

SIZES = {"3,300 words": 31, "23,000 words": 219}  # sections
VOCABULARY = (
    "trygghet polisen kommunen stadsdelen området invånare ungdomar skolan krogen torget sommaren natten "
    "helgen brott våld stöld inbrott oro anmälningar statistik undersökning resultat andel ökning och i på "
    "minskning åtgärd insats samverkan ansvar uppföljning grannskap näringsliv förening av för med till är "
    "som att den det en ett har inte kan ska där under efter mellan enligt framför ofta sällan"
).split()


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(VOCABULARY, k=words)).capitalize() + "."


def _paragraph(chance: random.Random) -> str:
    text = " ".join(_sentence(chance, chance.randint(8, 20)) for _ in range(3))
    note = f"<sup data-note='<p>{_sentence(chance, 18)}</p>'></sup>" if chance.random() < 0.2 else ""
    return f"<p>{text}{note}</p>"


def _table(chance: random.Random) -> str:
    cells = ((_sentence(chance, 2), chance.randint(5, 900)) for _ in range(6))
    rows = "".join(f"<tr><td>{place}</td><td>{count}</td></tr>" for place, count in cells)
    return f"<table><caption>Antal</caption><tr><th>Plats</th><th>2025</th></tr>{rows}</table>"


def _body(chance: random.Random, number: int) -> str:
    parts = [_paragraph(chance), _paragraph(chance)]
    if number % 4 == 0:
        parts.append(f"<ul>{''.join(f'<li>{_sentence(chance, 5)}</li>' for _ in range(5))}</ul>")
    if number % 9 == 0:
        parts.append(_table(chance))
    return "".join(parts)


def _edited(chance: random.Random, body: str) -> str:
    """Two words in each paragraph, and whatever else has the same words."""
    for _ in range(4):
        body = body.replace(f" {chance.choice(VOCABULARY)} ", f" {chance.choice(VOCABULARY)} nytt ", 1)
    return body


def bench_documents(sections: int) -> tuple[Document, Document]:
    """A document and the same after work on one section in six; the same at each call."""
    chance = random.Random(sections)  # noqa: S311 -- no secret
    olds: list[FrozenSection] = []
    news: list[FrozenSection] = []
    for number in range(sections):
        heading, level = _sentence(chance, 3), 1 if number % 5 == 0 else 2
        body = _body(chance, number)
        after = _edited(chance, body) if number % 6 == 3 else body
        for made, text in ((olds, body), (news, after)):
            made.append(FrozenSection(f"section-{number}", level, heading, True, clean_rich_text(text)))
    facts = AnnexFacts("situational_picture", "Lägesbild")
    return freeze_sections(facts, olds), freeze_sections(facts, news)


def median_seconds(work: Callable[[], object], times: int = 15) -> float:
    """The median of some runs after one that does not count."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure() -> dict[str, tuple[int, float]]:
    """For each size its words and the median seconds of a comparison."""
    measured = {}
    for name, sections in SIZES.items():
        old, new = bench_documents(sections)
        measured[name] = (word_count(new), median_seconds(partial(compare, old, new)))
    return measured


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings_test")
    django.setup()
    for name, (words, seconds) in measure().items():
        sys.stdout.write(f"{name:>14} ({words}): {seconds * 1000:.1f} ms\n")


if __name__ == "__main__":
    main()
