"""What a field was and became, in words that a reader knows: dates, choices and yes or no instead of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agreements.documents.plain_redline import plain_redline
from agreements.documents.text import plain
from agreements.states import AnnexKind, FixedBy
from agreements.words import PORTAL

SILENT = {
    "version", "edited_at", "edited_by", "position", "sort_key", "structure_version", "checked_warnings", "id",
    "created_at", "options", "template_key", "key",
}  # fmt: skip
"""Fields whose change is bookkeeping and says nothing to a reader."""

RICH = {"body", "heading", "html", "text", "description", "label", "corner"}


@dataclass(frozen=True)
class FieldChange:
    """What a field was and became, as plain text; either may be empty."""

    name: str
    was: str
    became: str

    @property
    def marked(self) -> SafeString:
        """Both as one, with the differences in ``<ins>`` and ``<del>``."""
        return plain_redline(self.was, self.became)


def changes_between(older: Any, newer: Any) -> list[FieldChange]:
    """What differs between two rows of one object's history, field by field."""
    return [
        FieldChange(str(tracked.verbose_name), told(older, tracked), told(newer, tracked))
        for tracked in _telling(newer)
        if getattr(older, tracked.attname) != getattr(newer, tracked.attname)
    ]


def all_of(row: Any) -> list[FieldChange]:
    """Everything that stood in a row that is gone."""
    found = ((str(tracked.verbose_name), told(row, tracked)) for tracked in _telling(row))
    return [FieldChange(name, words, "") for name, words in found if words]


def _telling(row: Any) -> Iterator[Any]:
    return (tracked for tracked in row.tracked_fields if tracked.name not in SILENT)


def told(row: Any, tracked: Any) -> str:
    """The value of one field of a history row as plain text; "" for nothing, and for a row that is gone."""
    if tracked.is_relation:
        return _related(row, tracked)
    value = getattr(row, tracked.attname)
    if tracked.name in FORMS:
        return FORMS[tracked.name](value)
    if tracked.choices:
        return str(getattr(row, f"get_{tracked.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y H.i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    text = "" if value is None else str(value)
    return plain(text) if tracked.name in RICH else text


def _related(row: Any, tracked: Any) -> str:
    """The row that a history row points to, as it is called today."""
    try:
        return str(getattr(row, tracked.name) or "")
    except ObjectDoesNotExist:
        return ""


def _rules(rules: Mapping[str, str]) -> str:
    return "\n".join(f"{AnnexKind(kind).label}: {FixedBy(rule).label}" for kind, rule in sorted(rules.items()))


def _labels(labels: Mapping[str, str]) -> str:
    return "\n".join(f"{PORTAL.get(form, form)}: {word}" for form, word in sorted(labels.items()))


FORMS: dict[str, Callable[[Any], str]] = {"fixing_rules": _rules, "labels": _labels}
"""How fields that hold more than one value are told."""
