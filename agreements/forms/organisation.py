"""An organisation as administrators write it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input
from agreements.models import Organisation, OrganisationName
from agreements.rights import today
from samverkan.whole_rows import WholeRowForm

POSTAL_CODE = re.compile(r"(\d{3}) ?(\d{2})")


FACTS = (
    "name", "kind", "belongs_to", "successor", "org_number", "postal_street", "postal_code", "postal_city",
    "registry_number_pattern", "registrar_mailbox",
)  # fmt: skip


class OrganisationForm(WholeRowForm[Organisation]):
    """A new name takes the day from which it holds, so that the old one is kept for what was signed under it (R165)."""

    renamed_on = forms.DateField(
        label=_("The new name holds from"),
        required=False,
        widget=date_input(),
        help_text=_(
            "When the organisation changes its name: the old name is kept and stays on older texts. "
            "Leave empty when you correct a spelling mistake."
        ),
    )

    class Meta:
        model = Organisation
        fields = FACTS
        help_texts = {
            "registry_number_pattern": _(
                r"A regular expression that the whole number must match. KS \d{4}/\d+ lets in KS 2026/417. "
                "Leave empty to let in anything."
            ),
            "org_number": _("NNNNNN-NNNN. Units of one authority have the same number."),
            "successor": _("The organisation that took over. This one and its agreements stay as they are."),
        }

    def clean_renamed_on(self) -> date | None:
        day: date | None = self.cleaned_data["renamed_on"]
        if day is not None and day > today():
            raise ValidationError(_("Change the name on the day when it begins to hold."), code="future")
        return day

    def clean_postal_code(self) -> str:
        """ "12345" becomes "123 45"; what is not Swedish stays as it is."""
        code: str = self.cleaned_data["postal_code"].strip()
        found = POSTAL_CODE.fullmatch(code)
        return f"{found[1]} {found[2]}" if found else code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("renamed_on") and not self.was_renamed():
            self.add_error("renamed_on", _("Write the new name too."))
        self.instance._name_given_up_on = data.get("renamed_on")  # type: ignore[attr-defined]  # read by NameFormSet
        return data

    def was_renamed(self) -> bool:
        return self.instance.pk is not None and "name" in self.changed_data

    def old_name(self) -> OrganisationName | None:
        """The name that the organisation had until the day before ``renamed_on``; None when it was only corrected."""
        day = self.cleaned_data["renamed_on"]
        if day is None:
            return None
        return OrganisationName(organisation=self.instance, name=self.initial["name"], valid_to=day - timedelta(days=1))


class NameFormSet(forms.BaseInlineFormSet[OrganisationName, Organisation, "forms.ModelForm[OrganisationName]"]):
    """Former names whose periods do not overlap: on each day an organisation has one name. The database refuses it
    too; the name given up in the form above is the last of them."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data
            and not form.cleaned_data.get("DELETE")
        ]  # fmt: skip
        rows = sorted((row.get("valid_from") or date.min, row.get("valid_to") or date.max) for row in kept)
        if (renamed_on := getattr(self.instance, "_name_given_up_on", None)) is not None:
            rows.append((renamed_on - timedelta(days=1), date.max))
        if any(later[0] <= earlier[1] for earlier, later in zip(rows, rows[1:], strict=False)):
            raise ValidationError(_("Two of the names hold on the same day. Change their dates."), code="overlap")
