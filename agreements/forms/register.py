"""Sources and definitions as tables of fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from agreements.documents.sanitise import clean_inline
from agreements.documents.text import plain
from agreements.models import Definition, Source
from agreements.workflow.register import RICH, GivenRow

SPARE = 3
"""Empty rows at the end of the table, so that writing needs no JavaScript."""


class RowForm(forms.Form):
    """A row knows which one it is; an empty new row is no row. ``order`` moves it.

    Every field carries what it held when the page was opened, so that only rows that were touched are saved.
    """

    field_order = ("id", "name", "term", "meaning", "source", "period", "publisher", "link", "note", "order", "remove")

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(label=_("Order"), required=False, min_value=1, max_value=999)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def given(self) -> GivenRow:
        """The row as the workflow takes it; what is not valid as it was typed, for keeping it aside."""
        clean = self.cleaned_data
        names = [name for name in self.fields if name not in ("id", "order", "remove")]
        values = {name: clean[name] if name in clean else self._as_typed(name) for name in names}
        order = clean.get("order") if "order" in self.changed_data else None
        return GivenRow(clean.get("id"), values, order, bool(clean.get("remove")))

    def _as_typed(self, name: str) -> str:
        typed = str(self[name].value() or "")
        return escape(typed) if name in RICH else typed


class SourceForm(RowForm):
    """A source of the situational picture (R56)."""

    name = forms.CharField(label=_("Name"), max_length=250)
    period = forms.CharField(label=_("Year or period"), max_length=60, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=120, required=False)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    note = forms.CharField(
        label=_("Explanation, as a footnote"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DefinitionForm(RowForm):
    """A term and its meaning (R67)."""

    term = forms.CharField(label=_("Term"), max_length=120)
    meaning = forms.CharField(label=_("Meaning"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(label=_("Source"), max_length=250, required=False)

    def clean_meaning(self) -> str:
        """Inline HTML. Words that were not touched keep the links and notes that they had."""
        typed: str = self.cleaned_data["meaning"]
        stored = str(self.initial.get("stored", ""))
        return stored if stored and typed == plain(stored) else clean_inline(escape(typed))


class Rows(BaseFormSet[Any]):
    """The rows that were touched."""

    def rows(self) -> list[GivenRow]:
        """What ``save_rows`` takes."""
        return [form.given() for form in self.forms if form.has_changed()]

    def says_what_stands(self, now: list[dict[str, Any]]) -> bool:
        """Whether all that was typed stands in the register already, as it is ``now``: a save whose answer never came,
        sent again."""
        return all(self._stands(form, now) for form in self.forms if form.has_changed())

    @staticmethod
    def _stands(form: RowForm, now: list[dict[str, Any]]) -> bool:
        id_ = form.cleaned_data.get("id")
        if form.cleaned_data.get("remove"):
            return all(row["id"] != id_ for row in now)
        names = form.changed_data if id_ else [name for name in form.fields if name not in ("id", "order")]
        given = {name: str(form[name].value() or "").split() for name in names}
        rows = [row for row in now if row["id"] == id_] if id_ else now
        return any(all(str(row.get(name) or "").split() == words for name, words in given.items()) for row in rows)

    def rebound(self, now: list[dict[str, Any]]) -> dict[str, Any]:
        """The data for the same table on the register as it stands ``now``: in fields that were touched what was
        typed here, in all others what stands there. A row that is no longer there comes back whole."""
        touched = {form.cleaned_data.get("id"): form for form in self.forms if form.has_changed()}
        known = {row["id"] for row in now}  # what was typed in a row that somebody has removed makes a new one
        added = [form for form in self.forms if form.has_changed() and form.cleaned_data.get("id") not in known]
        data: dict[str, Any] = {}
        for at, row in enumerate(now):
            data |= self._row(at, row, touched.get(row["id"]))
        for at, form in enumerate(added, start=len(now)):
            data |= self._row(at, {}, form)
        total = len(now) + len(added) + SPARE
        return data | {f"{self.prefix}-TOTAL_FORMS": str(total), f"{self.prefix}-INITIAL_FORMS": str(len(now))}

    def _row(self, at: int, row: dict[str, Any], typed: Any) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for name in self.form.base_fields:
            stands = row.get(name, "")
            data[f"initial-{self.prefix}-{at}-{name}"] = str(stands)
            is_typed = typed is not None and name != "id" and (not row or name in typed.changed_data)
            given = typed.data.get(f"{typed.prefix}-{name}", "") if is_typed else stands
            if given not in ("", None, False):
                data[f"{self.prefix}-{at}-{name}"] = str(given)
        return data


class DefinitionRows(Rows):
    """A term stands once."""

    def clean(self) -> None:
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data.get("term")]
        terms = [row["term"].casefold() for row in kept if not row.get("remove")]
        if len(terms) != len(set(terms)):
            raise ValidationError(_("A term can only stand once."), code="twice")


SourceFormSet = formset_factory(SourceForm, formset=Rows, extra=SPARE, max_num=500)
DefinitionFormSet = formset_factory(DefinitionForm, formset=DefinitionRows, extra=SPARE, max_num=500)


def source_rows(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Initial values of the table of sources."""
    names = ("id", "name", "period", "publisher", "link", "note")
    return [{name: getattr(row, name) for name in names} | {"order": at} for at, row in enumerate(sources, 1)]


def definition_rows(definitions: Sequence[Definition]) -> list[dict[str, Any]]:
    """Initial values of the table of definitions; ``stored`` is the meaning with its links and notes."""
    return [
        {
            "id": row.pk,
            "order": at,
            "term": row.term,
            "meaning": plain(row.meaning),
            "stored": row.meaning,
            "source": row.source,
        }
        for at, row in enumerate(definitions, 1)
    ]
