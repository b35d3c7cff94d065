"""Forms about sections: adding, moving, describing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from agreements import section_kinds
from agreements.documents.addresses import clean_language
from agreements.models import Annex, Party, Section
from agreements.workflow.order import DEEPEST, Direction

HEADING_LENGTH = 300


class AnnexForm(forms.Form):
    """A form about one annex, whose sections can be chosen among."""

    def __init__(self, *args: Any, annex: Annex, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("after", "target"):
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Section.objects.filter(annex=annex).defer("body")


class SectionAddForm(AnnexForm):
    """Where a new section goes and what it is called."""

    heading = forms.CharField(label=_("Heading"), max_length=HEADING_LENGTH)
    after = forms.ModelChoiceField(label=_("After"), queryset=Section.objects.none(), required=False)
    level = forms.IntegerField(label=_("Level"), min_value=1, max_value=DEEPEST, required=False)
    kind = forms.ChoiceField(label=_("Content"), required=False)

    def __init__(self, *args: Any, annex: Annex, **kwargs: Any) -> None:
        super().__init__(*args, annex=annex, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(known.key, str(known.name)) for known in section_kinds.known()]

    def place(self) -> dict[str, Any]:
        """Arguments for ``add_section``: without a level the one of the section it comes after."""
        after: Section | None = self.cleaned_data["after"]
        level = self.cleaned_data["level"] or (after.level if after else 1)
        kind = self.cleaned_data["kind"] or "text"
        return {"heading": escape(self.cleaned_data["heading"]), "after": after, "level": level, "kind": kind}


class SectionMoveForm(AnnexForm):
    """A direction; for TO also the section that it comes after (none: first)."""

    direction = forms.ChoiceField(choices=[(value.value, value.value) for value in Direction])
    target = forms.ModelChoiceField(queryset=Section.objects.none(), required=False)

    def move(self) -> dict[str, Any]:
        """Arguments for ``move_section``."""
        return {"direction": Direction(self.cleaned_data["direction"]), "target": self.cleaned_data["target"]}


class SectionFactsForm(AnnexForm):
    """What is said about a section beside its text."""

    is_numbered = forms.BooleanField(label=_("The heading has a number"), required=False)
    language = forms.CharField(
        label=_("Language"),
        max_length=10,
        required=False,
        help_text=_("A code such as en, when the section is not in Swedish."),
    )
    party = forms.ModelChoiceField(
        label=_("Comes from"), queryset=Party.objects.none(), required=False, empty_label=_("both parties")
    )

    def __init__(self, *args: Any, annex: Annex, **kwargs: Any) -> None:
        super().__init__(*args, annex=annex, **kwargs)
        party = self.fields["party"]
        if isinstance(party, forms.ModelChoiceField):
            party.queryset = Party.objects.filter(agreement=annex.agreement_id).select_related("organisation")

    def clean_language(self) -> str:
        given: str = self.cleaned_data["language"].strip()
        if given and not clean_language(given):
            raise ValidationError(_("Write a code of two or three letters, for example en."), code="language")
        return clean_language(given)
