"""Forms about an annex as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.forms.priority_area import offer_areas
from agreements.models import Agreement, Annex, DraftSharing, Party, PriorityArea, Revision
from agreements.states import AnnexKind
from agreements.workflow.annex import NUMBER_TAKEN

NUMBER = RegexValidator(
    r"^[1-9][0-9]{0,2}[a-zåäö]?$", _("Write a number, with a letter where needed: 4 or 3a."), code="number"
)
TEXT_NUMBER = "0"


class AnnexFactsForm(forms.Form):
    """Titles, geographic scope and, for an action plan, the priority area."""

    title = forms.CharField(label=_("Title in the list of annexes"), max_length=250)
    heading = forms.CharField(
        label=_("Title at the head of the text"),
        max_length=250,
        required=False,
        help_text=_("Leave empty to use the name of the area, or the title above."),
    )
    subtitle = forms.CharField(label=_("Subtitle"), max_length=300, required=False)
    geographic_scope = forms.CharField(label=_("Geographic scope"), max_length=200, required=False)
    priority_area = forms.ModelChoiceField(
        label=_("Priority area"), queryset=PriorityArea.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(
        self, *args: Any, annex: Annex, areas: QuerySet[PriorityArea], names: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.annex = annex
        area = self.fields["priority_area"]
        if annex.kind != AnnexKind.ACTION_PLAN:
            del self.fields["priority_area"]
        else:
            offer_areas(area, areas, names)
            area.label = annex.agreement.say("%(priority_area)s")

    @staticmethod
    def facts_of(annex: Annex) -> dict[str, Any]:
        names = ("title", "heading", "subtitle", "geographic_scope")
        return {name: getattr(annex, name) for name in names} | {"priority_area": annex.priority_area_id}

    def facts(self) -> dict[str, Any]:
        """Arguments for ``describe_annex``. An area that the form did not offer stays until another is chosen."""
        return {**self.cleaned_data, "priority_area": self.cleaned_data.get("priority_area") or self._not_offered()}

    def _not_offered(self) -> PriorityArea | None:
        field = self.fields.get("priority_area")
        if isinstance(field, forms.ModelChoiceField) and self.annex.priority_area in (field.queryset or ()):
            return None
        return self.annex.priority_area


class AnnexCreateForm(forms.Form):
    """What a new annex is, and from what it begins."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AnnexKind.choices)
    number = forms.CharField(
        label=_("Number"), max_length=6, required=False, help_text=_("A number, with a letter where needed: 3a.")
    )
    title = forms.CharField(label=_("Title in the list of annexes"), max_length=250)
    priority_area = forms.ModelChoiceField(
        label=_("Priority area"),
        queryset=PriorityArea.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("For an action plan."),
    )
    source = forms.ChoiceField(
        label=_("Begin from"),
        required=False,
        help_text=_(
            "The template has the usual headings, with guidance. A copy brings the text along, not the files beside it."
        ),
    )
    own_of = forms.ModelChoiceField(
        label=_("Who sees the draft"),
        queryset=Party.objects.none(),
        required=False,
        empty_label=_("Shared by the parties from the start"),
    )

    def __init__(
        self, *args: Any, agreement: Agreement, parties: list[Party], sources: list[Annex | Revision],
        areas: QuerySet[PriorityArea], names: Mapping[str, str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.sources = {source_key(source): source for source in sources}
        source = self.fields["source"]
        if isinstance(source, forms.ChoiceField):
            named = [(key, source_name(one)) for key, one in self.sources.items()]
            source.choices = [("", _("the template")), *named]
        offer_areas(self.fields["priority_area"], areas, names)
        self.fields["priority_area"].label = agreement.say("%(priority_area)s")
        self._choose("own_of", Party.objects.filter(pk__in=[party.pk for party in parties]))
        own = self.fields["own_of"]
        if isinstance(own, forms.ModelChoiceField):
            own.label_from_instance = _own_draft_of  # type: ignore[method-assign]

    def _choose(self, name: str, among: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = among

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == AnnexKind.AGREEMENT_TEXT:
            data["number"] = TEXT_NUMBER
        else:
            self._check_number(data)
        if data.get("kind") != AnnexKind.ACTION_PLAN:
            data["priority_area"] = None
        if (source := self.sources.get(data.get("source", ""))) is not None:
            self._check_kind(data, source)
            data["source"] = source
        else:
            data["source"] = None
        return data

    def _check_number(self, data: dict[str, Any]) -> None:
        number = str(data.get("number", "")).strip().lower()
        data["number"] = number
        try:
            NUMBER(number)
        except ValidationError as error:
            self.add_error("number", error)
            return
        if self.agreement.annexes.filter(number=number).exists():
            self.add_error("number", self.agreement.say(NUMBER_TAKEN))

    def _check_kind(self, data: dict[str, Any], source: Annex | Revision) -> None:
        origin = source if isinstance(source, Annex) else source.annex
        if data.get("kind") and origin.kind != data["kind"]:
            self.add_error("source", _("The text to begin from is of another kind. Choose one of the same kind."))


def _own_draft_of(obj: Party) -> str:
    return str(_("Own draft – only visible to %(party)s") % {"party": obj})


def source_key(source: Annex | Revision) -> str:
    """The value of a text to begin from in the form: "utkast-12" or "version-34"."""
    return f"{'utkast' if isinstance(source, Annex) else 'version'}-{source.pk}"


def source_name(source: Annex | Revision) -> str:
    """ "Norrvik 2026: Bilaga 1 Lägesbild, version 3"."""
    origin = source if isinstance(source, Annex) else source.annex
    what = str(_("draft")) if isinstance(source, Annex) else str(_("version %(number)s") % {"number": source.number})
    return f"{origin.agreement}: {origin}, {what}"


class AnnexFetchForm(forms.Form):
    """Which text comes in place of the one that there is."""

    source = forms.ChoiceField(label=_("Fetch the text from"))

    def __init__(self, *args: Any, sources: list[Annex | Revision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {source_key(source): source for source in sources}
        source = self.fields["source"]
        if isinstance(source, forms.ChoiceField):
            source.choices = [(key, source_name(one)) for key, one in self.sources.items()]

    @property
    def chosen(self) -> Annex | Revision:
        return self.sources[self.cleaned_data["source"]]


class SharingForm(forms.Form):
    """Why a draft is shared, with a word to the other party."""

    purpose = forms.ChoiceField(
        label=_("Purpose"),
        widget=forms.RadioSelect,
        choices=[
            (DraftSharing.Purpose.COMMENT, _("For comments: the other party is to say what it thinks")),
            (DraftSharing.Purpose.INFORMATION, _("For information: the other party is to know, and need not answer")),
        ],
    )
    message = forms.CharField(
        label=_("A word to the other party"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WarningsForm(forms.Form):
    """One answer to all warnings."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("For example why a number may stand there. It is kept with the annex."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
