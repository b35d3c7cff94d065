"""Settings from the environment, typed. What cannot be understood is refused in a whole sentence."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value without spaces around it; ``default`` when it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Whether it is on. Raises ImproperlyConfigured for a word that means neither."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES | NO:
        return value.strip().lower() in YES
    raise ImproperlyConfigured(f"{name} is {value!r}, but only 1 (on) and 0 (off) are understood.")


def number(name: str, default: int) -> int:
    """A whole number, 0 or more. Raises ImproperlyConfigured for anything else."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}, but it has to be a whole number, like {default}.")
    return int(value)


def words(name: str) -> list[str]:
    """A list separated by commas, spaces around each taken off."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute path; a relative one is meant from the current directory, ``~`` from the home."""
    value = text(name)
    return Path(value).expanduser().absolute() if value else default


def database(url: str) -> dict[str, Any]:
    """Django's settings for ``postgres://user:password@host:port/name?sslmode=require``.

    Percent-encoding is undone; a host in the query is a socket's folder; other query parts go to the driver.
    Raises ImproperlyConfigured for anything but PostgreSQL. The message never repeats the URL, which has a
    password in it.
    """
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL cannot be read as an address.") from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL has to begin with postgres:// – the portal runs on PostgreSQL only.")
    if not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL names no database: it has to end with /NAME.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", port),
        "OPTIONS": options,
    }
