"""What shall be removed, on which ground, and why it stays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreements.documents.redaction import Selection, Unit
from agreements.models import Removal, Revision
from agreements.selectors.removals import choices_in

LONGEST_LABEL = 240


class FileRemovalForm(forms.Form):
    """Why a file is removed, and what may stand in its place."""

    ground = forms.ChoiceField(label=_("Legal ground"), choices=Removal.Ground.choices, widget=forms.RadioSelect)
    provision = forms.CharField(
        label=_("Provision"), required=False, max_length=120,
        help_text=_("The law and its paragraph, as it shall stand in the text. Needed for another law."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who reads the text can read it. Do not repeat what is to be removed."),
    )  # fmt: skip
    masked = forms.FileField(
        label=_("Masked copy"), required=False,
        help_text=_("A PDF without the content, to stand in its place. It must be taken out, not covered."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("ground") == Removal.Ground.OTHER and not data.get("provision"):
            self.add_error("provision", _("Name the law and its paragraph."))
        return data


class RemovalForm(FileRemovalForm):
    """What is removed from a frozen version, and why."""

    words = forms.CharField(
        label=_("Words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Exactly as they stand, one name or passage per line. They go from everywhere in the version, and from "
            "the draft, its history and its comments."
        ),
    )  # fmt: skip
    units = forms.MultipleChoiceField(
        label=_("Whole paragraphs"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What you choose goes whole, with its notes. Paragraphs of three words or more go from the draft, its "
            "history and its comments too."
        ),
    )  # fmt: skip
    field_order = ["words", "units", "ground", "provision", "reason"]

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["masked"]
        units = self.fields["units"]
        if isinstance(units, forms.MultipleChoiceField):
            units.choices = [
                (section.title, [(unit.key, _label(unit)) for unit in section.units])
                for section in choices_in(revision.document)
            ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("units") and not data.get("words"):
            self.add_error("words", _("Choose what shall go, or write the words as they stand."))
        return data

    @property
    def selection(self) -> Selection:
        """What was chosen; read it when the form is valid."""
        words = tuple(line for raw in self.cleaned_data["words"].splitlines() if (line := " ".join(raw.split())))
        return Selection(frozenset(self.cleaned_data["units"]), words)


def _label(unit: Unit) -> str:
    text = Truncator(unit.text).chars(LONGEST_LABEL)
    names = {"figure": _("Picture: %(text)s"), "contact_card": _("Contact: %(text)s"), "note": _("Note: %(text)s")}
    return str(names[unit.kind]) % {"text": text} if unit.kind in names and "." not in unit.key else text


class RejectionForm(forms.Form):
    """Why nothing is removed."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both parties' registrars and coordinators can read it."),
    )  # fmt: skip
