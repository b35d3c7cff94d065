"""An agreement, its parties and its settings, as they are filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input
from agreements.models import Agreement, Organisation, Participant, Party
from agreements.states import AnnexKind, FixedBy
from agreements.words import NOUNS, PORTAL
from agreements.workflow.agreement import PARTY_ALREADY, TERM_TAKEN, PartyFacts
from samverkan.accounts.workflow import account_of
from samverkan.whole_rows import WholeRowForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MIN_PARTIES = 2
MAX_PARTIES = 8

LABELS = {
    "agreement": _("Word for the agreement"),
    "the_agreement": _("the same, definite"),
    "priority_area": _("Word for a priority area"),
    "the_priority_area": _("the same, definite"),
    "priority_areas": _("the same, several"),
    "working_group": _("Word for a working group"),
    "working_groups": _("the same, several"),
}
"""Asks for each form of ``agreements.words``."""

CHOOSABLE_KINDS = [kind for kind in AnnexKind if kind != AnnexKind.OVERARCHING_AGREEMENT]


def check_registry_number(number: str, organisation: Organisation) -> str:
    """The number without spaces around it. ValidationError when the organisation's pattern does not fit."""
    number = number.strip()
    pattern = organisation.registry_number_pattern
    if number and pattern and not re.fullmatch(pattern, number):
        raise forms.ValidationError(
            _("%(organisation)s writes its registry numbers in another way. Check the number."),
            code="registry_number",
            params={"organisation": organisation},
        )
    return number


class AgreementCreateForm(forms.Form):
    """A new agreement; its parties come from forms beside."""

    title = forms.CharField(label=_("Title"), max_length=250)
    level = forms.ChoiceField(label=_("Level"), choices=Agreement.Level)
    parent = forms.ModelChoiceField(
        label=_("Overarching agreement"), queryset=Agreement.objects.none(), required=False,
        help_text=_("For a local agreement: the one that it rests on."),
    )  # fmt: skip
    predecessor = forms.ModelChoiceField(label=_("Predecessor"), queryset=Agreement.objects.none(), required=False)
    starts_on = forms.DateField(label=_("Applies from"), required=False, widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (
            ("parent", Agreement.objects.filter(level=Agreement.Level.OVERARCHING)),
            ("predecessor", Agreement.objects.all()),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("level") == Agreement.Level.OVERARCHING and data.get("parent"):
            self.add_error("parent", _("An overarching agreement rests on no other."))
        return data

    def slug(self) -> str:
        """A free short name for the address, made of the title."""
        base = slugify(self.cleaned_data["title"])[:70] or "overenskommelse"
        taken = set(Agreement.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(
            name for at in range(1, len(taken) + 2) if (name := base if at == 1 else f"{base}-{at}") not in taken
        )


def typed_in(form: forms.Form) -> dict[str, Any]:
    """What was sent for each field of a form, as it was typed and not judged."""
    return {name: form[name].data for name in form.fields}


NAME_IS_NEEDED = _("There is no account with that address. Write the name that is to stand in decisions and notices.")


class PartyCreateForm(forms.Form):
    """One party, with its first coordinator, who gets an invitation when there is no account."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.all())
    defined_term = forms.CharField(label=_("Defined term"), help_text=_("For example “Kommunen”."), max_length=60)
    registry_number = forms.CharField(label=_("Registry number"), required=False, max_length=60)
    coordinator = forms.EmailField(label=_("The coordinator's e-mail address"))
    coordinator_name = forms.CharField(
        label=_("The coordinator's name"),
        required=False,
        max_length=150,
        help_text=_("For somebody without an account."),
    )
    coordinator_title = forms.CharField(label=_("The coordinator's title"), required=False, max_length=150)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("coordinator") and not data["coordinator_name"] and account_of(data["coordinator"]) is None:
            self.add_error("coordinator_name", NAME_IS_NEEDED)
        if data.get("organisation") and data.get("registry_number"):
            try:
                data["registry_number"] = check_registry_number(data["registry_number"], data["organisation"])
            except forms.ValidationError as error:
                self.add_error("registry_number", error)
        return data


class BasePartyFormSet(forms.BaseFormSet[PartyCreateForm]):
    """Two parties or more, each once and with a term of its own. ``typed`` is what the forms of a page that has not
    been sent begin with, in order."""

    def __init__(self, *args: Any, typed: Sequence[dict[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed = typed

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        return kwargs | {"initial": self.typed[index]} if index is not None and index < len(self.typed) else kwargs

    def clean(self) -> None:
        filled = [form.cleaned_data for form in self.forms if form.cleaned_data]
        for name, sentence in (
            ("organisation", _("The same organisation stands twice.")),
            ("defined_term", _("Two parties have the same defined term.")),
        ):
            values = [data[name] for data in filled if name in data]
            if len(values) != len(set(values)):
                raise forms.ValidationError(sentence, code="twice")


PartyFormSet = cast(
    "type[BasePartyFormSet]",
    forms.formset_factory(
        PartyCreateForm, formset=BasePartyFormSet, extra=0, min_num=MIN_PARTIES, validate_min=True,
        max_num=MAX_PARTIES, validate_max=True,
    ),
)  # fmt: skip


class AgreementForm(WholeRowForm[Agreement]):
    """The agreement's settings; each change has a reason."""

    reason = forms.CharField(label=_("Why you change it"), max_length=200)

    class Meta:
        model = Agreement
        fields = [
            "title", "starts_on", "ends_on", "parent", "predecessor", "original_copies", "is_prepared",
            "revision_months", "situational_picture_months", "review_months", "communication_plan_months",
            "communication_meeting_months", "citizen_pledge_months", "steering_meetings_per_year",
            "statutory_follow_up_months", "evaluated_on",
        ]  # fmt: skip
        widgets = {"starts_on": date_input(), "ends_on": date_input(), "evaluated_on": date_input()}

    def __init__(
        self,
        *args: Any,
        choosable: QuerySet[Agreement],
        period_is_free: bool = True,
        parent_is_free: bool = True,
        **kwargs: Any,
    ) -> None:
        """``choosable`` are the agreements that the reader knows of; the predecessor there is, and the agreement above,
        stay choosable. The last day is asked for while the period is free, the agreement above while that one is."""
        super().__init__(*args, **kwargs)
        others = Agreement.objects.exclude(pk=self.instance.pk)
        known = Q(pk__in=choosable.values("pk"))
        above = others.filter(level=Agreement.Level.OVERARCHING)
        self._choose("predecessor", others.filter(known | Q(pk=self.instance.predecessor_id)))
        self._choose("parent", above.filter(known | Q(pk=self.instance.parent_id)))
        for name, is_free in (("ends_on", period_is_free), ("parent", parent_is_free)):
            if not is_free:
                del self.fields[name]
        for form, label in LABELS.items():
            self.fields[f"label_{form}"] = forms.CharField(
                label=label, required=False, max_length=60, initial=self.instance.labels.get(form, ""),
                help_text=_("The portal says “%(word)s”.") % {"word": PORTAL[form]},
            )  # fmt: skip
        for kind in CHOOSABLE_KINDS:
            self.fields[f"fixed_{kind.value}"] = forms.ChoiceField(
                label=_("%(kind)s is fixed by") % {"kind": str(kind.label).capitalize()},
                choices=[(rule.value, rule.label) for rule in (FixedBy.DECISION, FixedBy.SIGNATURES)],
                initial=self.instance.fixed_by(kind).value,
            )

    def _choose(self, name: str, among: QuerySet[Agreement]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = among

    def clean(self) -> dict[str, Any]:
        """A noun has all its forms or none, so that no sentence mixes two words for one thing (R166)."""
        data = super().clean() or {}
        last_day = self.instance.ends_on.isoformat() if self.instance.ends_on else ""
        self._refuse_what_stays(
            "ends_on", last_day, _("The last day is not changed here any more. Nothing has been saved.")
        )
        self._refuse_what_stays(
            "parent",
            str(self.instance.parent_id or ""),
            _("The overarching agreement is not changed here any more. Nothing has been saved."),
        )
        for forms_of_noun in NOUNS.values():
            names = [f"label_{form}" for form in forms_of_noun]
            missing = [name for name in names if not data.get(name)]
            if len(missing) < len(names):
                for name in missing:
                    self.add_error(name, _("Write this form too, or leave all forms of the word empty."))
        return data

    def _refuse_what_stays(self, name: str, now: str, sentence: StrPromise) -> None:
        """Say ``sentence`` of another value than ``now``, sent from a page that asked for it still."""
        typed = self.data.get(self.add_prefix(name))
        if name not in self.fields and typed is not None and typed != now:
            self.add_error(None, sentence)

    def word_fields(self) -> list[forms.BoundField]:
        """The agreement's own words, beside its other settings."""
        return [self[f"label_{form}"] for form in LABELS]

    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("label_")]

    def changes(self) -> dict[str, Any]:
        """What differs, by the model's field names. Call it on a valid form."""
        plain = [name for name in self.changed_data if name in self.Meta.fields]
        found = {name: self.cleaned_data[name] for name in plain}
        labels = {form: word for form in LABELS if (word := self.cleaned_data[f"label_{form}"])}
        rules = {kind.value: self.cleaned_data[f"fixed_{kind.value}"] for kind in CHOOSABLE_KINDS}
        if labels != self.instance.labels:
            found["labels"] = labels
        if any(self.instance.fixed_by(kind) != rules[kind.value] for kind in CHOOSABLE_KINDS):
            found["fixing_rules"] = rules
        return found


class PartyForm(forms.ModelForm[Party]):
    """A party's defined term and registry number, checked against its organisation's pattern."""

    class Meta:
        model = Party
        fields = ["defined_term", "registry_number"]

    def clean_registry_number(self) -> str:
        return check_registry_number(self.cleaned_data["registry_number"], self.instance.organisation)


class PartyAddForm(forms.Form):
    """A party that joins later, and where it stands among the others."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.all())
    defined_term = forms.CharField(label=_("Defined term"), help_text=_("For example “Kommunen”."), max_length=60)
    registry_number = forms.CharField(
        label=_("Registry number"), required=False, max_length=60,
        help_text=_("Must be there before a version can be submitted."),
    )  # fmt: skip
    position = forms.IntegerField(label=_("Order"), min_value=1, max_value=99, help_text=_("1 is the first."))

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(agreement.parties.all())
        self.fields["position"].initial = len(self.parties) + 1
        organisation = self.fields["organisation"]
        if isinstance(organisation, forms.ModelChoiceField):
            known = [party.organisation_id for party in self.parties]
            organisation.queryset = Organisation.objects.exclude(pk__in=known)

    def clean_defined_term(self) -> str:
        term: str = self.cleaned_data["defined_term"]
        if term.casefold() in {party.defined_term.casefold() for party in self.parties}:
            raise forms.ValidationError(TERM_TAKEN, code="term_taken")
        return term

    def clean_registry_number(self) -> str:
        organisation = self.cleaned_data.get("organisation")
        number: str = self.cleaned_data["registry_number"]
        return check_registry_number(number, organisation) if organisation else number

    def facts(self) -> PartyFacts:
        """The party as the workflow takes it."""
        data = self.cleaned_data
        return PartyFacts(data["organisation"], data["defined_term"], data["registry_number"])


def check_terms(parties: Sequence[PartyForm]) -> bool:
    """Whether each party has a term of its own, as all of them were written on the page; the second of two alike is
    told. Two parties may change terms with each other, so they are not compared with what is stored. The forms have
    been asked whether they are valid."""
    seen: set[str] = set()
    for form in parties:
        term = form.cleaned_data.get("defined_term", "").casefold()
        if term and term in seen:
            form.add_error("defined_term", TERM_TAKEN)
        seen.add(term)
    return not any(form.errors for form in parties)


class ParticipantForm(forms.Form):
    """An organisation that takes part without signing (R39), and those that no longer do."""

    gone = forms.ModelMultipleChoiceField(
        label=_("No longer takes part"), queryset=Participant.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=_("Organisation that takes part without signing"), queryset=Organisation.objects.all(),
        required=False,
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        known = agreement.participants.select_related("organisation")
        gone = self.fields["gone"]
        if not known:
            del self.fields["gone"]
        elif isinstance(gone, forms.ModelMultipleChoiceField):
            gone.queryset = known

    def clean_organisation(self) -> Organisation | None:
        """A party takes part by signing."""
        organisation: Organisation | None = self.cleaned_data["organisation"]
        if organisation is not None and self.agreement.parties.filter(organisation=organisation).exists():
            raise forms.ValidationError(PARTY_ALREADY, code="party")
        return organisation
