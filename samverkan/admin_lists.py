"""Lists of the administrators' pages in Swedish order, by whichever column's head they are ordered."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import CharField
from django.http import HttpRequest

from samverkan.swedish import Swedish


class SwedishList(ChangeList):
    """Orders by names as ``Swedish`` does; choices, dates and relations as ever."""

    def get_ordering_field(self, field_name: Any) -> Any:
        found = super().get_ordering_field(field_name)
        fields = self.lookup_opts.get_fields()
        names = {field.name for field in fields if isinstance(field, CharField) and not field.choices}
        return Swedish(found) if found in names else found


class SwedishListMixin:
    """For a ModelAdmin."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return SwedishList
