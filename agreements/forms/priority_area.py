"""A new priority area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, PriorityArea


class AreaAddForm(forms.Form):
    """What it is called, and whether it is a part of another; parts have no parts."""

    title = forms.CharField(label=_("Name of the area"), max_length=200)
    part_of = forms.ModelChoiceField(
        label=_("Part of"), queryset=PriorityArea.objects.none(), required=False, empty_label=_("an area of its own")
    )

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["part_of"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = PriorityArea.objects.filter(agreement=agreement, part_of=None, is_left_out=False)


def offer_areas(field: forms.Field, areas: QuerySet[PriorityArea], names: Mapping[str, str]) -> None:
    """Let ``field`` offer ``areas``, each with its name by id in ``names``."""

    def name_of(obj: PriorityArea) -> str:
        return names[str(obj.pk)]

    if isinstance(field, forms.ModelChoiceField):
        field.queryset = areas
        field.label_from_instance = name_of  # type: ignore[method-assign]
