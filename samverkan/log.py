"""Log lines without personal data."""

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Writes where an error happened and of which kind it was, but not its message.

    Messages quote data: PostgreSQL's "Key (email)=(…) already exists", a ValueError's argument.
    """

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 -- logging's own name
        kind, _error, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__module__}.{kind.__qualname__}" if kind else frames
