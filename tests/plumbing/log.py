"""What the log says, written as the settings write it."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from samverkan.log import PrivateFormatter


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything that is logged while the test runs, one line an entry."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(PrivateFormatter("{levelname} {name} {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
