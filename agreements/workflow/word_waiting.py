"""A Word file between the preview and the taking in: it waits in the private storage, for the one who chose it.

Nothing of it is in the database. Its address is signed, names person and annex, and ends after twelve hours; the
file's own name, which may tell more, stands before its bytes and in no address, since addresses are logged.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from agreements.models import Annex
from samverkan.accounts.models import User

SALT = "agreements.word"
FOLDER = "waiting"
END_OF_NAME = b"\0"
MAX_WAIT = timedelta(hours=12)


class NotWaiting(Exception):  # an answer, not an accident
    """The file is not there any more, or was never this person's for this annex."""


def keep(annex: Annex, data: bytes, *, name: str, by: User) -> str:
    """Keep the bytes and return the ticket that fetches them; whatever else this person kept for the annex, and
    what has waited too long, is cleared away."""
    clear(annex, by=by)
    named = name[:200].encode("utf-8", "replace") + END_OF_NAME + data
    stored = default_storage.save(f"{_mine(annex, by)}{secrets.token_hex(16)}.waiting", ContentFile(named))
    return signing.dumps(stored, salt=SALT)


def fetch(ticket: str, annex: Annex, *, by: User) -> tuple[bytes, str]:
    """The bytes and the file's name. Raises NotWaiting."""
    try:
        with default_storage.open(_stored(ticket, annex, by)) as file:
            name, _end, data = file.read().partition(END_OF_NAME)
            return data, name.decode("utf-8")
    except FileNotFoundError as error:
        raise NotWaiting from error


def forget(ticket: str, annex: Annex, *, by: User) -> None:
    """Clear the file away; again does nothing."""
    try:
        default_storage.delete(_stored(ticket, annex, by))
    except NotWaiting:
        return


def clear(annex: Annex, *, by: User) -> None:
    """Clear away what this person keeps for the annex, and what anybody has kept for too long."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in names:
        path = f"{FOLDER}/{name}"
        if path.startswith(_mine(annex, by)) or _is_old(path):
            default_storage.delete(path)


def _is_old(path: str) -> bool:
    try:
        return timezone.now() - default_storage.get_modified_time(path) > MAX_WAIT
    except FileNotFoundError:  # somebody else has cleared it away
        return False


def _mine(annex: Annex, by: User) -> str:
    return f"{FOLDER}/{by.pk}-{annex.pk}-"


def _stored(ticket: str, annex: Annex, by: User) -> str:
    try:
        stored: str = signing.loads(ticket, salt=SALT, max_age=MAX_WAIT)
    except signing.BadSignature as error:
        raise NotWaiting from error
    if not stored.startswith(_mine(annex, by)):
        raise NotWaiting
    return stored
