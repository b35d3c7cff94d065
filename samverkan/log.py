"""Log lines without personal data."""

import errno
import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Writes where an error happened, of which kind it was and what caused it, but not its message.

    Messages quote data: PostgreSQL's "Key (email)=(…) already exists", a ValueError's argument.
    """

    def formatException(self, ei: ExcInfo) -> str:  # logging's own name
        kind, error, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{_kinds(error)}" if kind else frames


def _kinds(error: BaseException | None) -> str:
    """ "django.db.utils.OperationalError from psycopg.errors.DiskFull", "builtins.OSError ENOSPC"."""
    kinds = []
    while error is not None:
        kind = type(error)
        number = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
        kinds.append(f"{kind.__module__}.{kind.__qualname__} {number}".rstrip())
        error = error.__cause__
    return " from ".join(kinds)
