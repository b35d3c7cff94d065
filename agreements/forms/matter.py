"""What is asked when several parts move at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from agreements.forms.proposal import MeetingEntryForm
from agreements.forms.submission import refuse_taken_day
from agreements.models import Proposal
from agreements.policies.proposal import open_entry
from agreements.rights import today


class MatterEntryForm(MeetingEntryForm):
    """What one meeting decided about several parts: day, §, who was there and minutes once, a resolution for each,
    prefilled with what was proposed. The day of effect is the proposed one where all parts have the same."""

    def __init__(self, *args: Any, parts: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        resolution = self.fields.pop("resolution")
        for part in parts:
            self.fields[_name(part)] = forms.CharField(
                label=_("Resolution about %(part)s") % {"part": part.annex}, max_length=2000, widget=resolution.widget,
                initial=part.proposed_decision,
            )  # fmt: skip
        days = {part.proposed_effective_from for part in parts}
        self.initial.setdefault("effective_from", (days.pop() if len(days) == 1 else None) or today())
        self.order_fields(["decided_on", "item_number", *map(_name, parts), "effective_from"])

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"]
        for part in self.parts:
            refuse_taken_day(part.annex, day)
        return day

    def resolutions(self) -> dict[int, str]:
        """By the proposal's id."""
        return {part.pk: self.cleaned_data[_name(part)] for part in self.parts}

    def common(self) -> dict[str, Any]:
        """What holds for all of them, as ``workflow.matter.enter_all`` takes it."""
        own = set(map(_name, self.parts))
        return {name: value for name, value in self.cleaned_data.items() if name not in own}


def _name(part: Proposal) -> str:
    return f"resolution_{part.pk}"


class EntriesRead(forms.Form):
    """Which entry the reader has before the eyes for each part, to be confirmed in one go."""

    def __init__(self, *args: Any, parts: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            entry = open_entry(part)
            self.fields[f"entry_{part.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=entry.pk if entry is not None else None
            )

    def entries(self) -> dict[int, int]:
        """By the proposal's id."""
        return {part.pk: self.cleaned_data[f"entry_{part.pk}"] for part in self.parts}
