from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input
from agreements.models import Annex, Decision
from agreements.policies.ending import can_end, ending_decisions
from agreements.rights import today


class EndingForm(forms.Form):
    """By which decision, and from when, an annex is no longer in force."""

    decision = forms.ModelChoiceField(
        label=_("Decision by which it ends"),
        help_text=_("For example the decision on the situational picture in which the area is no longer there."),
        queryset=Decision.objects.none(),
        error_messages={
            "invalid_choice": _(
                "Choose a decision of this agreement that is not older than the annex's latest decided version."
            )
        },
    )
    ends_on = forms.DateField(label=_("Last day in force"), widget=date_input())
    because = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, annex: Annex, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.annex = annex
        self.initial.update(decision=annex.ended_by_id, ends_on=annex.ends_on or today())
        field = self.fields["decision"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = ending_decisions(annex)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decision") and data.get("ends_on"):
            verdict = can_end(self.annex, data["decision"], data["ends_on"])
            if not verdict:
                self.add_error("ends_on", forms.ValidationError(str(verdict.reason), code=verdict.code))
        return data
