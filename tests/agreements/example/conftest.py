from datetime import date

import pytest

from agreements.example.content import load_example
from agreements.example.shapes import Agreement, Example, Version

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def example() -> Example:
    return load_example(TODAY)


@pytest.fixture(scope="session")
def centrum(example: Example) -> Agreement:
    return example.agreement("norrvik-centrum")


@pytest.fixture(scope="session")
def versions(example: Example) -> list[Version]:
    """Every text of the example, the oldest first within each annex."""
    return [version for agreement in example.agreements for annex in agreement.annexes for version in annex.versions]
