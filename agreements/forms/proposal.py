"""What is asked before a submitted version moves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.fields import ParagraphField
from agreements.forms.submission import date_input, refuse_taken_day
from agreements.models import Opinion, Proposal
from agreements.policies.proposal import open_entry
from agreements.rights import today
from agreements.selectors.wording import Wording, wording_of
from agreements.workflow.decision import Resolution, asks_for_day, effective_day, free_day
from agreements.workflow.proposal import as_seen

if TYPE_CHECKING:
    from django.http import QueryDict


class ReasonForm(forms.Form):
    """Why: for referring back, rejecting and disputing."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who takes part can read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )  # fmt: skip


class OptionalReasonForm(forms.Form):
    """A word along the way that may be left out."""

    reason = forms.CharField(
        label=_("Your word to the next group"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a version is withdrawn, which need not be said; it stands in the log."""

    reason = forms.CharField(
        label=_("Why?"), help_text=_("Everybody who takes part can read it."), required=False,
        widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
    )  # fmt: skip


class ReadEntry(forms.Form):
    """Which entry of a meeting's decision the reader has before the eyes: nobody answers another one."""

    entry = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = open_entry(proposal)
        self.initial["entry"] = entry.pk if entry is not None else None


class DisputeForm(ReadEntry, ReasonForm):
    """Why the entry is wrong."""


class PostponeForm(ReasonForm):
    """A new date, and why."""

    until = forms.DateField(label=_("New date"), widget=date_input())
    field_order = ["until", "reason"]


class AssentForm(forms.Form):
    """The resolution as it will stand in the decision, prefilled with what the other parties have said yes to, else
    with the proposed one. It asks for a day where one has been chosen, or where the day that the decision would
    apply from is another version's."""

    resolution = forms.CharField(
        label=_("Resolution"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=_("This sentence will stand in the decision when every party has said yes to it."),
    )  # fmt: skip
    effective_from = forms.DateField(label=_("Applies from"), widget=date_input())
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.annex, self.wording = proposal.annex, wording_of(proposal)
        self.initial.update(resolution=self.wording.text, seen=self.wording.mark)
        if proposal.assents.filter(withdrawn_at=None).exists():
            self.fields["resolution"].help_text = _(
                "If you change the sentence, the assents already given no longer hold; those who gave them answer anew."
            )
        if not asks_for_day(proposal, self.wording):
            del self.fields["effective_from"]
            return
        self.initial["effective_from"] = free_day(
            self.annex, effective_day(proposal, Resolution.of_wording(self.wording), today())
        )
        if self.wording.day is None:
            self.fields["effective_from"].help_text = _(
                "Another version applies from the day that was meant, so choose one. If others have said yes, they "
                "answer anew."
            )
        else:
            self.fields["effective_from"].help_text = _(
                "If you change the day, the assents already given no longer hold; those who gave them answer anew."
            )

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"]
        if day < today():
            raise forms.ValidationError(_("Choose today or a day that is still to come."), code="date_passed")
        refuse_taken_day(self.annex, day)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seen = data.get("seen", "")
        if not (verdict := as_seen(self.wording, seen)):
            self._show_now(data, seen)
            raise forms.ValidationError(str(verdict.reason), code=verdict.code)
        return data

    def _show_now(self, data: dict[str, Any], seen: str) -> None:
        """Show the wording of now, where nobody has written another over the one that was seen."""
        untouched = Wording(data.get("resolution", ""), data.get("effective_from")).mark == seen
        shown = cast("QueryDict", self.data).copy()
        shown[self.add_prefix("seen")] = self.wording.mark
        if untouched:
            shown[self.add_prefix("resolution")] = self.wording.text
            shown[self.add_prefix("effective_from")] = self.wording.day.isoformat() if self.wording.day else ""
        self.data = shown


class OpinionForm(forms.Form):
    """Support or dissent of a member without a party's voice."""

    stance = forms.ChoiceField(label=_("Your stance"), choices=Opinion.Stance, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1500
    )


class MeetingEntryForm(forms.Form):
    """A decision taken at a meeting, as it stands in the minutes."""

    decided_on = forms.DateField(label=_("Date of the meeting"), widget=date_input())
    item_number = ParagraphField()
    resolution = forms.CharField(label=_("Resolution"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    effective_from = forms.DateField(label=_("Applies from"), widget=date_input())
    attendance = forms.CharField(
        label=_("Present"), help_text=_("Functions, or names and functions."), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    minutes = forms.FileField(label=_("Minutes (PDF)"), required=False)

    def __init__(self, *args: Any, proposal: Proposal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        if proposal is not None:
            self.initial.setdefault("resolution", proposal.proposed_decision)
            self.initial.setdefault("effective_from", proposal.proposed_effective_from or today())
        self.initial.setdefault("decided_on", today())

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > today():
            raise forms.ValidationError(_("The meeting cannot be later than today."), code="date_to_come")
        return day

    def clean_effective_from(self) -> Any:
        day = self.cleaned_data["effective_from"]
        if self.proposal is not None:
            refuse_taken_day(self.proposal.annex, day)
        return day


class QuestionForm(forms.Form):
    """A question to the one who prepared it, before the decision."""

    text = forms.CharField(
        label=_("Your question"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
        help_text=_("It goes to those who prepared the text. Everybody who takes part can read it."),
    )  # fmt: skip
