"""The whole example, as it is on a given day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from agreements.example.clock import Clock
from agreements.example.reading import read_text
from agreements.example.shapes import Agreement, Annex, Example, Version
from agreements.example.tables import build, read_table

AGREEMENTS = ("norrvik-overgripande", "norrvik-centrum", "ekhamra")


def load_example(today: date) -> Example:
    """Read and draw everything; days and years are counted from ``today``. Takes about a second."""
    clock = Clock(today)
    return replace(
        build(Example, read_table("people"), clock),
        agreements=tuple(_agreement(name, clock) for name in AGREEMENTS),
    )


def _agreement(name: str, clock: Clock) -> Agreement:
    agreement = build(Agreement, read_table(name), clock)
    clock = clock.at(agreement.year)
    return replace(agreement, annexes=tuple(_annex(annex, clock) for annex in agreement.annexes))


def _annex(annex: Annex, clock: Clock) -> Annex:
    return replace(annex, versions=tuple(_version(version, clock.at(version.year)) for version in annex.versions))


def _version(version: Version, clock: Clock) -> Version:
    written_on = version.decided_on or version.submitted_on
    return replace(version, text=read_text(f"{version.file}.html", clock, written_on))
