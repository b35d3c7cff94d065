"""The administrators' pages: organisations and who belongs to them. Texts and decisions are not here, on purpose."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from agreements.forms.organisation import FACTS, NameFormSet, OrganisationForm
from agreements.models import Affiliation, Organisation, OrganisationName
from samverkan.admin_lists import SwedishListMixin


class NameInline(admin.StackedInline[OrganisationName, Organisation]):
    model = OrganisationName
    formset = NameFormSet
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(SwedishListMixin, SimpleHistoryAdmin):  # type: ignore[misc]  # has no types
    """Organisations with former names, successor, registry numbers' pattern and registrar's mailbox (R165)."""

    list_display = ("name", "kind", "org_number", "belongs_to", "successor")
    list_filter = ("kind",)
    search_fields = ("name", "org_number", "names__name")
    inlines = (NameInline,)
    form = OrganisationForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The day of a new name beside the name; nobody renames what is being added."""
        name, *others = FACTS
        return [name, *(["renamed_on"] if obj is not None else []), *others]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the old name with its last day, after the names that were written by hand (R165)."""
        super().save_related(request, form, formsets, change)
        old = form.old_name() if change else None
        if old is not None:
            last = form.instance.names.order_by("valid_to").last()
            if last is not None and last.valid_to is not None:
                old.valid_from = min(last.valid_to + timedelta(days=1), old.valid_to)
            old.save()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Organisations that have been parties stay; what has been renamed or ended gets a name or a successor."""
        return obj is None or not obj.parties.exists()


@admin.register(Affiliation)
class AffiliationAdmin(SwedishListMixin, SimpleHistoryAdmin):  # type: ignore[misc]  # has no types
    """Which accounts belong to which organisation."""

    list_display = ("user", "organisation", "title", "starts_on", "ends_on")
    search_fields = ("user__email", "user__name", "organisation__name")
