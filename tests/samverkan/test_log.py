import errno
import logging
import sys

import pytest

from samverkan.log import PrivateFormatter


@pytest.fixture
def line() -> str:
    try:
        raise ValueError("Key (email)=(anna@example.se) already exists")
    except ValueError:
        record = logging.LogRecord("django", logging.ERROR, __file__, 1, "It failed: %s", ("/konto/",), sys.exc_info())
    return PrivateFormatter("{levelname} {message}", style="{").format(record)


def test_the_log_says_where_and_what_kind(line: str) -> None:
    assert line.startswith("ERROR It failed: /konto/\n")
    assert "test_log.py" in line
    assert line.endswith("builtins.ValueError")


def test_the_log_does_not_say_what_the_error_quotes(line: str) -> None:
    assert "anna@example.se" not in line.replace('raise ValueError("Key (email)=(anna@example.se) already exists")', "")


def test_the_log_says_what_was_the_cause() -> None:
    cause = OSError(errno.ENOSPC, "No space left on device", "/srv/Anna Påhitt.pdf")
    try:
        raise RuntimeError("anna@example.se") from cause
    except RuntimeError:
        said = PrivateFormatter().formatException(sys.exc_info())

    assert said.endswith("builtins.RuntimeError from builtins.OSError ENOSPC")
    assert "Påhitt" not in said
