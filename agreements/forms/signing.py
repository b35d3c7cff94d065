from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input, refuse_taken_day
from agreements.models import Agreement, Annex, HigherDecision, Manifest, Party, Signatory
from agreements.rights import today
from agreements.workflow.registration import TakenDecision
from agreements.workflow.signing import SignatoryFacts, TakenAbove


class ManifestForm(forms.Form):
    """From when what is signed shall apply: not always the day of signing (R15)."""

    effective_from = forms.DateField(label=_("Applies from"), widget=date_input(), initial=today)


class SignatoryForm(forms.Form):
    """Who signs for one party, as named on the day (R14)."""

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

    def __init__(self, *args: Any, party: Party, signatory: Signatory | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.signatory = party, signatory
        if signatory is not None:
            marker = "acting" if signatory.is_acting else "deputy" if signatory.is_deputy else ""
            self.initial = {
                **self.initial,
                "name": signatory.name, "title": signatory.title, "marker": marker, "authority": signatory.authority,
            }  # fmt: skip

    def facts(self) -> SignatoryFacts:
        """What was filled in. Call it on a valid form."""
        data = self.cleaned_data
        return SignatoryFacts(
            party=self.party,
            name=data["name"],
            title=data["title"],
            is_acting=data["marker"] == "acting",
            is_deputy=data["marker"] == "deputy",
            authority=data["authority"],
            user=self.signatory.user if self.signatory else None,
        )


class SignatureForm(forms.Form):
    """Where and when somebody signed with ink."""

    signed_on = forms.DateField(label=_("Signed on"), widget=date_input(), initial=today)
    place = forms.CharField(label=_("Place"), max_length=80)

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > today():
            raise forms.ValidationError(_("A signature cannot be later than today."), code="date_to_come")
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
    item_number = forms.CharField(label=_("Paragraph (§)"), required=False, max_length=20)
    registry_number = forms.CharField(label=_("Registry number"), required=False, max_length=60)
    file = forms.FileField(label=_("The decision (PDF)"), required=False)

    def __init__(self, *args: Any, needed: HigherDecision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needed.decided_on is not None:
            self.initial = {name: getattr(needed, name) for name in ("decided_on", "item_number", "registry_number")}

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > today():
            raise forms.ValidationError(_("The decision cannot be later than today."), code="date_to_come")
        return day

    def taken(self, file: Any) -> TakenAbove:
        """What was filled in; ``file`` is the stored one. Call it on a valid form."""
        data = self.cleaned_data
        return TakenAbove(data["decided_on"], data["item_number"], data["registry_number"], file)


class ScanForm(forms.Form):
    """The scanned signature page."""

    scan = forms.FileField(label=_("Scanned page (PDF)"))


class DecidedOutsideForm(forms.Form):
    """A text that was decided outside the portal: its true dates, §, number and minutes."""

    annex = forms.ModelChoiceField(label=_("Annex"), queryset=Annex.objects.none())
    number = forms.IntegerField(
        label=_("Version number"), min_value=1, required=False, help_text=_("Leave empty to take the next one.")
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=date_input())
    item_number = forms.CharField(label=_("Paragraph (§)"), required=False, max_length=20)
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
    """Texts that were signed together on paper; a signatory per party comes from forms beside."""

    annexes = forms.ModelMultipleChoiceField(
        label=_("Texts that were signed"), queryset=Annex.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    effective_from = forms.DateField(label=_("Applies from"), widget=date_input())
    scan = forms.FileField(label=_("Scanned page (PDF)"), required=False)

    def __init__(self, *args: Any, agreement: Agreement, annexes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        field = self.fields["annexes"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = annexes


def signatory_forms(data: Any, parties: Sequence[Party], manifest: Manifest | None = None) -> list[SignatoryForm]:
    """One form per party, filled from ``manifest``'s signatories when there are any."""
    known = {s.party_id: s for s in manifest.signatories.all()} if manifest else {}
    return [
        SignatoryForm(data, prefix=f"part-{party.pk}", party=party, signatory=known.get(party.pk)) for party in parties
    ]
