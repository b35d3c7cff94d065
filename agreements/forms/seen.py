"""What stood on a page when it was opened, so that nobody undoes unawares what another has changed since then.

Each field has a hidden one beside it with the value that was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

SEEN = "sett-"


def seen_on(parts: Sequence[forms.BaseForm]) -> dict[str, str]:
    """The hidden fields of ``parts`` by name: what is stored now, as a browser sends it back."""
    return {f"{SEEN}{field.html_name}": _sent(field, field.initial) for field in _fields(parts)}


def changed_meanwhile(data: QueryDict, parts: Sequence[forms.BaseForm]) -> tuple[QueryDict, dict[str, str]]:
    """What was typed, with the stored value in each field that was left as it was shown; and what is stored now, in
    words by the field's name in ``data``, wherever it is neither what was shown nor what was typed.

    ``parts`` are the forms of the page over what is stored now. Without hidden fields nothing was shown.
    """
    merged, now_in_words = data.copy(), {}
    for field in _fields(parts):
        name, now, shown = field.html_name, _sent(field, field.initial), data.get(f"{SEEN}{field.html_name}", "")
        typed = _sent(field, field.field.widget.value_from_datadict(data, {}, name))
        if now in (shown, typed):
            continue
        if typed == shown:
            merged[name] = now
        now_in_words[name] = _in_words(field)
    return merged, now_in_words


def tell_changes(now_in_words: dict[str, str], parts: Sequence[forms.BaseForm]) -> None:
    """Say on each field that changed_meanwhile named what stands there now; its form is not valid then."""
    for part in parts:
        for field in [field for field in part if field.html_name in now_in_words]:
            sentence = _("Somebody else has changed this meanwhile. Now it says: %(value)s")
            part.add_error(field.name, sentence % {"value": now_in_words[field.html_name]})


def _fields(parts: Sequence[forms.BaseForm]) -> Iterator[forms.BoundField]:
    return (field for part in parts for field in part)


def _sent(field: forms.BoundField, value: Any) -> str:
    """``value`` as the browser sends it; an empty choice, an unticked box and no text are all ""."""
    if isinstance(value, bool):
        return "on" if value else ""
    shown = field.field.widget.format_value(field.field.prepare_value(value))
    return "".join(shown) if isinstance(shown, list) else str(shown or "")


def _in_words(field: forms.BoundField) -> str:
    """The stored value as a reader knows it."""
    value = field.initial
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(field.field, forms.ModelChoiceField) and value is not None:
        return str(field.field.to_python(value))
    if isinstance(field.field, forms.ChoiceField):
        names: Any = field.field.choices
        return str(dict(names).get(value, value))
    return str(value or _("nothing"))
