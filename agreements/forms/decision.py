from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input
from agreements.models import Annex, Decision
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


class AnnexEndForm(forms.Form):
    """By which decision, and from when, an annex is no longer in force."""

    decision = forms.ModelChoiceField(
        label=_("Decision by which it ends"),
        help_text=_("For example the decision on the situational picture in which the area is no longer there."),
        queryset=Decision.objects.none(),
    )
    ends_on = forms.DateField(label=_("Last day in force"), widget=date_input(), initial=today)
    because = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, annex: Annex, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = annex.agreement.decisions.select_related("revision__annex")
