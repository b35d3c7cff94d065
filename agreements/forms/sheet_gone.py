"""What was typed in fields that a sheet no longer has, read from what the browser sent."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.workflow.cell import from_words
from agreements.workflow.sheet_input import Words

INITIAL = "initial-"
UUID_LENGTH = 36


def gone_words(data: Mapping[str, str], known: Container[str]) -> Iterator[Words]:
    """Words that were typed under names which the form does not have (``known``), with the label that each had on
    the page it was typed on. What was only chosen or ticked there is not words, and what stood there is known."""
    for name, text in data.items():
        kind, _dash, rest = name.partition("-")
        if name in known or kind not in ("value", "column", "label") or not text.strip():
            continue
        if _lines(text) != _lines(data.get(f"{INITIAL}{name}", "")) and (label := _label(data, kind, rest)):
            yield Words(label, from_words(text))


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def _label(data: Mapping[str, str], kind: str, rest: str) -> str:
    """ "Goal – Working group two"; empty for what is no words."""
    row, part = rest[:UUID_LENGTH], rest.rpartition("-")[2]
    if kind == "label":
        return _("Label of the field")
    if kind == "column":
        label = {"heading": _("Heading"), "ends_on": _("Ends on"), "condition": _("or ends when")}.get(part, "")
        return label and _joined(data.get(f"{INITIAL}{kind}-{row}-heading", ""), label)
    parts = {"text": "", "owner": _("Who settles it"), "due": pgettext("a last day", "By")}
    column = rest[UUID_LENGTH + 1 :].rpartition("-")[0]
    place = [
        data.get(f"label-{row}", "") or _("A field that has been removed"),
        data.get(f"column-{column}-heading", ""),
    ]
    return _joined(*place, parts[part]) if part in parts else ""


def _joined(*parts: str) -> str:
    return " – ".join(part for part in parts if part)
