"""Dataclasses made from the tables of a TOML file: same names, days counted from today, tokens written out."""

from __future__ import annotations

import tomllib
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from agreements.example.clock import Clock

Shape = TypeVar("Shape")

DATA = Path(__file__).parent / "data"


def read_table(name: str) -> dict[str, Any]:
    """What stands in one TOML file of the example, named without its ending."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def build(shape: type[Shape], row: dict[str, Any], clock: Clock) -> Shape:
    """Make ``shape`` of ``row``; a row with a year of its own counts the years of its texts from there.

    TypeError for a name that the shape does not have.
    """
    clock = clock.at(row["year"]) if "year" in row else clock
    hints = get_type_hints(shape)
    return shape(**{name: _value(hints.get(name), value, clock) for name, value in row.items()})


def _value(hint: Any, value: Any, clock: Clock) -> Any:
    """The hint tells a day (an int for a date) from a number, and what the rows of a list are."""
    if isinstance(value, str):
        return clock.fill(value)
    if isinstance(value, int) and date in (hint, *get_args(hint)):
        return clock.day(value)
    if isinstance(value, list):
        return tuple(_value(get_args(hint)[0], item, clock) for item in value)
    if isinstance(value, dict) and isinstance(hint, type) and is_dataclass(hint):
        return build(hint, value, clock)
    if isinstance(value, dict):
        return {name: clock.fill(text) for name, text in value.items()}
    return value
