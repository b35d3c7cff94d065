"""A signing: who signs, what is recorded of it, and what was signed outside the portal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agreements.forms.fields import ParagraphField
from agreements.forms.submission import date_input, refuse_taken_day
from agreements.models import Annex, HigherDecision, Manifest, Party, Signatory
from agreements.rights import today
from agreements.workflow.registration import TakenDecision
from agreements.workflow.signing import SignatoryFacts, TakenAbove
from samverkan.numbers import whole_number

HIGHEST_VERSION = 9999
"""Nobody has written more versions of a text on paper; one who counts by years fits."""


class ManifestForm(forms.Form):
    """From when what is signed shall apply: not always the day of signing (R15)."""

    effective_from = forms.DateField(label=_("Applies from"), widget=date_input(), initial=today)


class SignatoryForm(forms.Form):
    """Who signs for one party, as named on the day (R14); a row of ``SignatoryRows``.

    ``known`` are the signatories that there are, by id: one keeps its account as long as the name is the same.
    """

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=150)
    title = forms.CharField(label=_("Title"), max_length=150)
    marker = forms.ChoiceField(
        label=_("Marker before the title"),
        choices=[("", _("None")), ("acting", _("Acting (tf)")), ("deputy", _("Deputy (bitr.)"))],
        required=False,
    )
    authority = forms.CharField(
        label=_("Basis of authority"), help_text=_("Delegation, decision or position."), required=False, max_length=250
    )

    def __init__(self, *args: Any, party: Party, known: Mapping[int, Signatory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.known = party, known

    def facts(self) -> SignatoryFacts:
        """What was filled in. Call it on a valid form."""
        data = self.cleaned_data
        before = self.known.get(data["id"])
        return SignatoryFacts(
            party=self.party,
            name=data["name"],
            title=data["title"],
            is_acting=data["marker"] == "acting",
            is_deputy=data["marker"] == "deputy",
            authority=data["authority"],
            user=before.user if before is not None and before.name == data["name"] else None,
        )


class SignedForm(SignatoryForm):
    """Who signed for one party on paper, where and when."""

    signed_on = forms.DateField(label=_("Signed on"), widget=date_input())
    place = forms.CharField(label=_("Place"), max_length=80)

    def clean_signed_on(self) -> Any:
        return _not_to_come(self.cleaned_data["signed_on"], _("A signature cannot be later than today."))

    def signature(self) -> tuple[SignatoryFacts, date, str]:
        """Who, when and where."""
        return self.facts(), self.cleaned_data["signed_on"], self.cleaned_data["place"]


class SignatoryRows(forms.BaseFormSet[Any]):
    """Those who sign for one party: at least one, each on a row, and an empty row to add another without JavaScript."""

    def __init__(self, data: Any = None, *, party: Party, known: Sequence[Signatory] = ()) -> None:
        self.party = party
        super().__init__(
            data,
            prefix=f"part-{party.pk}",
            initial=[_row_of(signatory) for signatory in known],
            form_kwargs={"party": party, "known": {signatory.pk: signatory for signatory in known}},
        )

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this signatory")

    def clean(self) -> None:
        if not any(self.errors) and not self.kept():
            raise forms.ValidationError(_("Every party needs a signatory."), code="party_without_signatory")

    def kept(self) -> list[Any]:
        """The rows that are filled in and not to be removed."""
        return [row for row in self.forms if row.cleaned_data.get("name") and not row.cleaned_data.get("DELETE")]


def _row_of(signatory: Signatory) -> dict[str, Any]:
    marker = "acting" if signatory.is_acting else "deputy" if signatory.is_deputy else ""
    names = ("name", "title", "authority")
    return {name: getattr(signatory, name) for name in names} | {"id": signatory.pk, "marker": marker}


_ROWS: dict[str, Any] = {
    "formset": SignatoryRows, "extra": 1, "min_num": 1, "max_num": 30, "can_delete": True, "can_delete_extra": False,
}  # fmt: skip
SignatoryFormSet: Any = forms.formset_factory(SignatoryForm, **_ROWS)
SignedFormSet: Any = forms.formset_factory(SignedForm, **_ROWS)

ADD_ROW = "lagg-till"
"""The button for another row; its value is the party's id."""


def are_valid(*parts: Any) -> list[bool]:
    """Whether each form and formset is valid; all of them are looked at, so that all say what is wrong."""
    return [part.is_valid() for part in parts]


def leave_unjudged(*parts: Any) -> None:
    """Show what has been typed without saying what is wrong: another row was asked for, nothing was sent."""
    for part in parts:
        rows = getattr(part, "forms", None)
        if rows is None:
            part._errors = ErrorDict()
        else:
            part._errors, part._non_form_errors = [], ErrorList()
            leave_unjudged(*rows)


def with_another_row(data: QueryDict) -> QueryDict | None:
    """``data`` with a row more for the party whose button was pressed; None when none was."""
    key = f"part-{data.get(ADD_ROW)}-TOTAL_FORMS"
    if (rows := whole_number(str(data.get(key, "")))) is None:
        return None
    more = data.copy()
    more[key] = str(rows + 1)
    return more


class SignatureForm(forms.Form):
    """Where and when somebody signed with ink."""

    signed_on = forms.DateField(label=_("Signed on"), widget=date_input(), initial=today)
    place = forms.CharField(label=_("Place"), max_length=80)

    def clean_signed_on(self) -> Any:
        return _not_to_come(self.cleaned_data["signed_on"], _("A signature cannot be later than today."))


def _not_to_come(day: date, sentence: Any) -> date:
    if day > today():
        raise forms.ValidationError(sentence, code="date_to_come")
    return day


class HigherDecisionNeededForm(forms.Form):
    """Which body must decide before a party's signature counts."""

    party = forms.ModelChoiceField(label=_("For party"), queryset=Party.objects.none())
    body = forms.CharField(label=_("Decided by"), help_text=_("For example kommunstyrelsen."), max_length=150)

    def __init__(self, *args: Any, manifest: Manifest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = manifest.agreement.parties.select_related("organisation")


class HigherDecisionForm(forms.Form):
    """What the body above decided; what has been recorded already stands in the fields, to be corrected."""

    decided_on = forms.DateField(label=_("Date"), widget=date_input(), initial=today)
    item_number = ParagraphField()
    registry_number = forms.CharField(label=_("Registry number"), required=False, max_length=60)
    file = forms.FileField(label=_("The decision (PDF)"), required=False)

    def __init__(self, *args: Any, needed: HigherDecision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needed.decided_on is not None:
            self.initial = {name: getattr(needed, name) for name in ("decided_on", "item_number", "registry_number")}

    def clean_decided_on(self) -> Any:
        return _not_to_come(self.cleaned_data["decided_on"], _("The decision cannot be later than today."))

    def taken(self, file: Any) -> TakenAbove:
        """What was filled in; ``file`` is the stored one. Call it on a valid form."""
        data = self.cleaned_data
        return TakenAbove(data["decided_on"], data["item_number"], data["registry_number"], file)


class OriginalsForm(forms.Form):
    """Which party holds which of the numbered originals (R13)."""

    def __init__(self, *args: Any, manifest: Manifest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {copy.number: copy.holder_id for copy in manifest.originals.all()}
        for number in sorted({*held, *range(1, manifest.agreement.original_copies + 1)}):
            self.fields[f"original-{number}"] = forms.ModelChoiceField(
                label=_("Original %(number)s is held by") % {"number": number},
                queryset=manifest.agreement.parties.select_related("organisation"),
                initial=held.get(number),
            )

    def holders(self) -> dict[int, Party]:
        """The holder of each, by its number. Call it on a valid form."""
        return {int(name.partition("-")[2]): party for name, party in self.cleaned_data.items()}


class DisputeForm(forms.Form):
    """Why it was not signed so."""

    reason = forms.CharField(
        label=_("What is wrong?"), help_text=_("Say what is to be put right, so that it can be registered anew."),
        max_length=1500, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class ScanForm(forms.Form):
    """The scanned signature page."""

    scan = forms.FileField(label=_("Scanned page (PDF)"))


class DecidedOutsideForm(forms.Form):
    """A text that was decided outside the portal: its true dates, §, number and minutes."""

    annex = forms.ModelChoiceField(label=_("Annex"), queryset=Annex.objects.none())
    number = forms.IntegerField(
        label=_("Version number"), min_value=1, max_value=HIGHEST_VERSION, required=False,
        help_text=_("Leave empty to take the next one."),
    )  # fmt: skip
    decided_on = forms.DateField(label=_("Decided on"), widget=date_input())
    item_number = ParagraphField()
    effective_from = forms.DateField(label=_("Applies from"), widget=date_input())
    resolution = forms.CharField(label=_("Resolution"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    attendance = forms.CharField(label=_("Present"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    minutes = forms.FileField(label=_("Minutes (PDF)"), required=False)

    def __init__(self, *args: Any, annexes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["annex"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = annexes
            field.error_messages["invalid_choice"] = _(
                "Choose one of the annexes in the list. Texts that are fixed by signatures are registered as signed."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("annex") and data.get("effective_from"):
            try:
                refuse_taken_day(data["annex"], data["effective_from"])
            except forms.ValidationError as error:
                self.add_error("effective_from", error)
        return data

    def taken(self, minutes: Any) -> TakenDecision:
        """The decision as it was taken; ``minutes`` is the stored file."""
        data = self.cleaned_data
        return TakenDecision(
            decided_on=data["decided_on"],
            effective_from=data["effective_from"],
            resolution=data["resolution"],
            item_number=data["item_number"],
            attendance=data["attendance"],
            minutes=minutes,
        )


class SignedOutsideForm(forms.Form):
    """From when it applies, and the page; texts and signatories come from forms beside."""

    effective_from = forms.DateField(label=_("Applies from"), widget=date_input())
    scan = forms.FileField(label=_("Scanned page (PDF)"), required=False)


class SignedTextForm(forms.Form):
    """Whether one text was signed, with its true version number and its own § or reference where it has one."""

    is_signed = forms.BooleanField(label=_("It was signed"), required=False)
    number = forms.IntegerField(
        label=_("Version number"), min_value=1, max_value=HIGHEST_VERSION, required=False,
        help_text=_("Leave empty to take the next one."),
    )  # fmt: skip
    item_number = ParagraphField(label=_("§ or reference"))

    def __init__(self, data: Any = None, *, annex: Annex) -> None:
        super().__init__(data, prefix=f"text-{annex.pk}")
        self.annex = annex

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("is_signed") and (data.get("number") or data.get("item_number")):
            self.add_error("is_signed", _("Say that the text was signed, or leave the other fields empty."))
        elif data.get("number") and self.annex.revisions.filter(number=data["number"]).exists():
            self.add_error("number", _("There is already a version with that number."))
        return data
