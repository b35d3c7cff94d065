"""A correction of a decision, and the note that an annex has been looked over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input
from agreements.rights import today


class CorrectionForm(forms.Form):
    """What was wrong in the record, and what is right."""

    text = forms.CharField(
        label=_("Correction"), help_text=_("Say what stands in the decision and what it should say."),
        widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
    )  # fmt: skip


class ReviewForm(forms.Form):
    """When an annex was looked over."""

    reviewed_on = forms.DateField(label=_("Looked over on"), widget=date_input(), initial=today)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
