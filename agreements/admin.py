"""The administrators' pages: organisations and who belongs to them. Texts and decisions are not here, on purpose."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from agreements.models import Affiliation, Organisation, OrganisationName


class NameInline(admin.TabularInline[OrganisationName, Organisation]):
    model = OrganisationName
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # has no types
    """Organisations with former names, successor, registry numbers' pattern and registrar's mailbox (R165)."""

    list_display = ("name", "kind", "org_number", "belongs_to", "successor")
    list_filter = ("kind",)
    search_fields = ("name", "org_number", "names__name")
    autocomplete_fields = ("belongs_to", "successor")
    inlines = (NameInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Organisations that have been parties stay; what has been renamed or ended gets a name or a successor."""
        return obj is None or not obj.parties.exists()


@admin.register(Affiliation)
class AffiliationAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # has no types
    """Which accounts belong to which organisation."""

    list_display = ("user", "organisation", "title", "starts_on", "ends_on")
    search_fields = ("user__email", "user__name", "organisation__name")
    autocomplete_fields = ("user", "organisation")
