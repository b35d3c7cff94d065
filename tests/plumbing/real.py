"""The real documents lie beside the repository, in ../shared/real, and are not everywhere.

Where they are missing the tests that read them are skipped. Where they are there, and a machine judges
(CI=true), a test skipped for their sake is a failure: nobody would see that it did not run.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
WORDS = "real document"  # stands in the reason of each such skip

needs_real = pytest.mark.skipif(not REAL.exists(), reason=f"no {WORDS}s here (../shared/real)")


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder with the real documents; the test is skipped where there is none."""
    if not REAL.exists():
        pytest.skip(f"no {WORDS}s here (../shared/real)")
    return REAL


def must_not_skip() -> bool:
    return os.environ.get("CI", "") not in ("", "0", "false") and REAL.exists()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and must_not_skip() and WORDS in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"Skipped, although the real documents are here: {report.longrepr}"
    return report
