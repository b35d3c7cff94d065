"""Timing, and how a figure is told."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each run, in ascending order."""

    runs: list[float]

    @property
    def p50(self) -> float:
        return self.at(0.50)

    @property
    def p95(self) -> float:
        return self.at(0.95)

    def at(self, share: float) -> float:
        """The smallest run that at least this share of the runs did not exceed (nearest rank)."""
        return self.runs[max(0, math.ceil(share * len(self.runs)) - 1)]

    def __str__(self) -> str:
        return f"p50 {self.p50:8.1f} ms   p95 {self.p95:8.1f} ms"


def timed(work: Callable[[], Any], *, times: int, warm_up: int = 1) -> Timing:
    for _ in range(warm_up):
        work()
    runs = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        runs.append((time.perf_counter() - begun) * 1000)
    return Timing(sorted(runs))
