"""Which addresses a link may have and which languages a passage, in one spelling each."""

import re
from urllib.parse import urlsplit

from agreements.documents.runs import clean_text
from samverkan.plain_text import visible

ALLOWED = re.compile("(https?|mailto|tel):", re.IGNORECASE)
# Signs that are no part of an address; written as %XX they mean the same and the HTML stays valid.
UNSAFE = re.compile(r"[ \"<>\\^`{|}\[\]]")
LANGUAGE = re.compile("([a-z]{2,3})((?:-[a-z0-9]{2,8})*)", re.IGNORECASE)
MAX_LENGTH = 2000


def clean_href(href: str) -> str:
    """The address in its one spelling, or nothing when it is not http, https, mailto or tel."""
    href = clean_text(re.sub("[\t\n\r\x85\u2028\u2029]", "", visible(href))).strip()
    if not ALLOWED.match(href) or len(href) > MAX_LENGTH:
        return ""
    scheme, rest = href.split(":", 1)
    href = f"{scheme.lower()}:{UNSAFE.sub(lambda sign: f'%{ord(sign[0]):02X}', rest)}"
    return href if _has_destination(href) else ""


def _has_destination(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return bool(parts.hostname if parts.scheme in ("http", "https") else parts.path)


def clean_language(tag: str) -> str:
    """A language tag (BCP 47) with the language in small letters and the country in capitals, or nothing."""
    if not (match := LANGUAGE.fullmatch(tag.strip())):
        return ""
    parts = [part.upper() if len(part) == 2 else part.lower() for part in match[2].split("-")]
    return match[1].lower() + "-".join(parts)
