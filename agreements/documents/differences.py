"""What is different between two passages whose words are the same: a word for each of it, to stand in a list."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

Tags = Mapping[str, Sequence[tuple[int, str]]]  # by what they are about: where in the words, and the tag

_TAG = re.compile(r"</?([A-Za-z0-9]+)([^>]*)>")
_VALUE = re.compile(r'(?:href|lang)="([^"]*)"')
_ABOUT = {"strong": "marks", "em": "marks", "a": "link", "span": "language", "br": "breaks"}


def difference(old: str, new: str) -> str:
    """ "annan länk: https://…, annat språk: engelska". Takes canonical HTML; the old and the new differ somehow."""
    olds, news = _tags(old), _tags(new)
    return ", ".join(_words(olds, news)) or _("other layout")


def language_name(code: str) -> str:
    """A language by its name in the active language, else by its code."""
    try:
        return str(get_language_info(code)["name_translated"]).lower()
    except KeyError:
        return code


def _tags(html: str) -> Tags:
    found, place, end = defaultdict(list), 0, 0
    for match in _TAG.finditer(html):
        place += match.start() - end
        end = match.end()
        found[_ABOUT.get(match[1], "layout")].append((place, match[0]))
    return found


def _words(old: Tags, new: Tags) -> Iterator[str]:
    about = {name for name in (*old, *new) if old.get(name) != new.get(name)}
    if "marks" in about:
        names = {"<strong>": _("bold"), "<em>": _("italics")}
        marks = [name for tag, name in names.items() if any(tag == found for _place, found in new.get("marks", ()))]
        yield _("other formatting: %(marks)s") % {"marks": ", ".join(marks) or _("plain text")}
    if "link" in about:
        address = _values(old, new, "link")
        yield _("other link: %(address)s") % {"address": address} if address else _("link taken away")
    if "language" in about:
        names_of = ", ".join(map(language_name, _values(old, new, "language").split()))
        yield _("other language: %(language)s") % {"language": names_of or _("that of the text")}
    if "breaks" in about:
        yield _("other line breaks")
    if "layout" in about:
        yield _("other layout")


def _values(old: Tags, new: Tags, about: str) -> str:
    """The addresses or languages that the new passage has and the old one had not at that place, else all of it."""
    known = set(old.get(about, ()))
    tags = [place for place in new.get(about, ()) if place not in known] or new.get(about, ())
    values = (match[1] for _place, tag in tags if (match := _VALUE.search(tag)))
    return unescape(" ".join(dict.fromkeys(values)))
