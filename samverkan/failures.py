"""What failed, when it was none of the code's doing: the disk, a file on it, or the database. A page can say so."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL = "53100"
AWAY = ("08", "53", "57P")
"""Classes of SQLSTATE: no connection, no resources (too many connections), shutting down or starting up.
https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class FileLost(OSError):
    """A stored file that cannot be read any more, or is another than its hash says. The message is its path in the
    storage, where files are named by their hashes."""


class NotUnderstood(BadRequest):
    """What was asked for in the address cannot be read. The message is a sentence for who asked, and quotes nothing:
    it comes into the log."""


def is_out_of_room(error: BaseException | None) -> bool:
    """A disk is full: the storage's, or the database's."""
    return any(
        (isinstance(link, OSError) and link.errno in NO_ROOM) or getattr(link, "sqlstate", None) == DISK_FULL
        for link in _chain(error)
    )


def is_database_away(error: BaseException | None) -> bool:
    """The database cannot be reached, or has just left. Without a SQLSTATE it was not the server that spoke."""
    states = [link.sqlstate for link in _chain(error) if hasattr(link, "sqlstate")]
    if any(isinstance(link, OperationalError | InterfaceError) for link in _chain(error)):
        return all(state is None or state.startswith(AWAY) for state in states)
    return False


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was raised from."""
    while error is not None:
        yield error
        error = error.__cause__
