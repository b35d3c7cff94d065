"""The last day of an annex or of a whole agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input
from agreements.models import Agreement, Annex, Decision, Ending
from agreements.policies.ending import can_change_last_day, can_end, can_go_on, ending_decisions
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


class LastDayForm(forms.Form):
    """On which ground and until when a whole agreement applies."""

    ground = forms.ChoiceField(label=_("Ground"))
    ends_on = forms.DateField(label=_("Last day in force"), widget=date_input())
    because = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=_("For example which party gave notice, and when. Everybody who reads the agreement can read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        grounds = [ground for ground in Ending.Ground if self._can_be(ground)]
        ground, day = self.fields["ground"], self.fields["ends_on"]
        if isinstance(ground, forms.ChoiceField):
            ground.choices = [("", _("Choose a ground")), *((one.value, one.label) for one in grounds)]
        if Ending.Ground.PROLONGED in grounds:
            day.required = False
            day.help_text = _("What is prolonged, or does not end after all, can be left without one.")

    def _can_be(self, ground: Ending.Ground) -> bool:
        """What goes on is offered where there is a last day."""
        return ground not in Ending.GOES_ON or bool(can_go_on(self.agreement, ground, None))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("ground") and "ends_on" in data:
            verdict = can_change_last_day(self.agreement, data["ground"], data["ends_on"])
            if not verdict:
                self.add_error("ends_on", forms.ValidationError(str(verdict.reason), code=verdict.code))
        return data
