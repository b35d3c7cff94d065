"""Addresses of what is read, printed and set: agreements, annexes, versions, groups and people."""

from __future__ import annotations

from django.urls import URLPattern, path

from agreements.views import (
    agreement,
    annex,
    compare,
    contact,
    group,
    history,
    membership,
    party,
    printing,
    seat,
    settings,
    worklist,
)
from agreements.views.route_parts import AGREEMENT, ANNEX

urlpatterns: list[URLPattern] = [
    path("", worklist.worklist_detail, name="worklist_detail"),
    path("overenskommelser/", agreement.agreement_list, name="agreement_list"),
    path("ny-overenskommelse/", settings.agreement_create, name="agreement_create"),
    path(f"{AGREEMENT}/", agreement.agreement_detail, name="agreement_detail"),
    path(f"{AGREEMENT}/installningar/", settings.agreement_edit, name="agreement_edit"),
    path(f"{AGREEMENT}/parter/ny/", party.party_create, name="party_create"),
    path(f"{AGREEMENT}/historik/", history.agreement_history_list, name="agreement_history"),
    path(f"{AGREEMENT}/skriv-ut/", printing.agreement_print, name="agreement_print"),
    path(f"{AGREEMENT}/export.json", printing.agreement_export, name="agreement_export"),
    path(f"{AGREEMENT}/kontakter/skriv-ut/", printing.contacts_print, name="contacts_print"),
    path(f"{AGREEMENT}/filer/<str:sha256>/", printing.file_detail, name="file_detail"),
    path(f"{ANNEX}/", annex.annex_detail, name="annex_detail"),
    path(f"{ANNEX}/utkast/", annex.annex_draft, name="annex_draft"),
    path(f"{ANNEX}/utkast/skriv-ut/", printing.draft_print, name="draft_print"),
    path(f"{ANNEX}/version/<int:version>/", annex.revision_detail, name="revision_detail"),
    path(f"{ANNEX}/version/<int:version>/skriv-ut/", printing.revision_print, name="revision_print"),
    path(f"{ANNEX}/jamfor/", compare.annex_compare, name="annex_compare"),
    path(f"{ANNEX}/jamfor/skriv-ut/", printing.redline_print, name="redline_print"),
    path(f"{ANNEX}/historik/", history.annex_history_list, name="annex_history"),
    path("grupper/", group.group_list, name="group_list"),
    path(f"{AGREEMENT}/grupper/", group.group_detail, name="group_detail"),
    path(f"{AGREEMENT}/grupper/ny/", group.group_create, name="group_create"),
    path(f"{AGREEMENT}/grupper/<int:pk>/", group.group_edit, name="group_edit"),
    path(f"{AGREEMENT}/grupper/<int:pk>/plats/", seat.seat_create, name="seat_create"),
    path(f"{AGREEMENT}/platser/<int:pk>/", seat.seat_edit, name="seat_edit"),
    path(f"{AGREEMENT}/platser/<int:pk>/ta-bort/", seat.seat_remove, name="seat_remove"),
    path(f"{AGREEMENT}/medlemmar/ny/", membership.membership_create, name="membership_create"),
    path(f"{AGREEMENT}/medlemmar/<int:pk>/avsluta/", membership.membership_end, name="membership_end"),
    path(f"{AGREEMENT}/kontakter/ny/", contact.contact_create, name="contact_create"),
    path(f"{AGREEMENT}/kontakter/<int:pk>/", contact.contact_edit, name="contact_edit"),
    path(f"{AGREEMENT}/kontakter/<int:pk>/ta-bort/", contact.contact_remove, name="contact_remove"),
]
