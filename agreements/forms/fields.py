"""Fields that several forms have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverkan.numbers import paragraph


class ParagraphField(forms.CharField):
    """The § under which minutes have a decision: "4" becomes "§ 4", as it is printed; anything else stays."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Paragraph (§)"))
        super().__init__(required=False, max_length=18, **kwargs)

    def clean(self, value: Any) -> str:
        return paragraph(super().clean(value))
