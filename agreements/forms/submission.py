"""What is said of a text when it is sent on its way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models import Annex, Party
from agreements.policies.decision import may_apply_from
from agreements.workflow.revision import Submission


def date_input() -> forms.DateInput:
    """The browser's own date field; the value is ISO."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def refuse_taken_day(annex: Annex, day: date) -> None:
    """Raise ValidationError when another decided version of ``annex`` applies from ``day``."""
    if not (verdict := may_apply_from(annex, day)):
        raise forms.ValidationError(str(verdict.reason), code=verdict.code)


class SubmissionForm(forms.Form):
    """What the submitter says about one annex; consequences have one field per party."""

    change_summary = forms.CharField(
        label=_("What has changed"),
        help_text=_("Two or three sentences that the steering group reads first."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    proposed_decision = forms.CharField(
        label=_("Proposed decision"),
        help_text=_("One sentence, as it shall stand in the decision. At most 500 characters."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    effective_from = forms.DateField(
        label=_("Applies from"),
        help_text=_("Leave empty: it applies from the day of the decision."),
        required=False,
        widget=date_input(),
    )
    warnings_answered = forms.BooleanField(
        label=_("I have looked at the warnings, and the text is right as it stands."), required=False
    )

    def __init__(self, *args: Any, annex: Annex, parties: list[Party], has_warnings: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.annex, self.parties = annex, parties
        for party in parties:
            self.fields[f"consequence_{party.pk}"] = forms.CharField(
                label=_("What it means for %(party)s") % {"party": party},
                required=False,
                max_length=1500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        if not has_warnings:
            del self.fields["warnings_answered"]
        self.has_warnings = has_warnings
        if not self.initial.get("proposed_decision"):
            self.initial["proposed_decision"] = _("The steering group adopts %(annex)s.") % {"annex": annex}

    def clean_effective_from(self) -> date | None:
        day: date | None = self.cleaned_data["effective_from"]
        if day is not None:
            refuse_taken_day(self.annex, day)
        return day

    def keep_for_copying(self) -> bool:
        """Leave only what was typed, to be read and copied and not judged. Returns whether anything was."""
        for name, field in list(self.fields.items()):
            value = str(self[name].value() or "").strip()
            if value in ("", str(self.get_initial_for_field(field, name) or "")):
                del self.fields[name]
            else:
                field.widget.attrs["readonly"] = True
        self._errors = ErrorDict()
        return bool(self.fields)

    def submission(self) -> Submission:
        """What was filled in, as the workflow takes it. Call it on a valid form."""
        data = self.cleaned_data
        return Submission(
            annex=self.annex,
            change_summary=data["change_summary"],
            proposed_decision=data["proposed_decision"],
            consequences={party.pk: data[f"consequence_{party.pk}"] for party in self.parties},
            effective_from=data["effective_from"],
            warnings_answered=data.get("warnings_answered", False),
        )


class AnswerDateForm(forms.Form):
    """By when an answer is wanted."""

    answer_wanted_by = forms.DateField(
        label=_("Answer wanted by"), help_text=_("Often the day of the next meeting."), required=False,
        widget=date_input(),
    )  # fmt: skip


class MatterForm(AnswerDateForm):
    """What several revisions have in common when they travel together."""

    title = forms.CharField(label=pgettext_lazy("matter", "Title"), max_length=200)
    is_bound_together = forms.BooleanField(
        label=_("Decided together"),
        help_text=_("No part can be decided, or come back, without the others."),
        required=False,
    )
    field_order = ["title", "answer_wanted_by", "is_bound_together"]
