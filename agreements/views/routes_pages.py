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

urlpatterns: list[URLPattern] = [
    path("", worklist.worklist_detail, name="worklist_detail"),
    path("overenskommelser/", agreement.agreement_list, name="agreement_list"),
    path("ny-overenskommelse/", settings.agreement_create, name="agreement_create"),
    path("overenskommelser/<slug:slug>/", agreement.agreement_detail, name="agreement_detail"),
    path("overenskommelser/<slug:slug>/installningar/", settings.agreement_edit, name="agreement_edit"),
    path("overenskommelser/<slug:slug>/parter/ny/", party.party_create, name="party_create"),
    path("overenskommelser/<slug:slug>/historik/", history.agreement_history_list, name="agreement_history"),
    path("overenskommelser/<slug:slug>/skriv-ut/", printing.agreement_print, name="agreement_print"),
    path("overenskommelser/<slug:slug>/export.json", printing.agreement_export, name="agreement_export"),
    path("overenskommelser/<slug:slug>/kontakter/skriv-ut/", printing.contacts_print, name="contacts_print"),
    path("overenskommelser/<slug:slug>/filer/<str:sha256>/", printing.file_detail, name="file_detail"),
    path("overenskommelser/<slug:slug>/bilagor/<str:number>/", annex.annex_detail, name="annex_detail"),
    path("overenskommelser/<slug:slug>/bilagor/<str:number>/utkast/", annex.annex_draft, name="annex_draft"),
    path(
        "overenskommelser/<slug:slug>/bilagor/<str:number>/utkast/skriv-ut/", printing.draft_print, name="draft_print"
    ),
    path(
        "overenskommelser/<slug:slug>/bilagor/<str:number>/version/<int:version>/",
        annex.revision_detail,
        name="revision_detail",
    ),
    path(
        "overenskommelser/<slug:slug>/bilagor/<str:number>/version/<int:version>/skriv-ut/",
        printing.revision_print,
        name="revision_print",
    ),
    path("overenskommelser/<slug:slug>/bilagor/<str:number>/jamfor/", compare.annex_compare, name="annex_compare"),
    path(
        "overenskommelser/<slug:slug>/bilagor/<str:number>/jamfor/skriv-ut/",
        printing.redline_print,
        name="redline_print",
    ),
    path(
        "overenskommelser/<slug:slug>/bilagor/<str:number>/historik/", history.annex_history_list, name="annex_history"
    ),
    path("grupper/", group.group_list, name="group_list"),
    path("overenskommelser/<slug:slug>/grupper/", group.group_detail, name="group_detail"),
    path("overenskommelser/<slug:slug>/grupper/ny/", group.group_create, name="group_create"),
    path("overenskommelser/<slug:slug>/grupper/<int:pk>/", group.group_edit, name="group_edit"),
    path("overenskommelser/<slug:slug>/grupper/<int:pk>/plats/", seat.seat_create, name="seat_create"),
    path("overenskommelser/<slug:slug>/platser/<int:pk>/", seat.seat_edit, name="seat_edit"),
    path("overenskommelser/<slug:slug>/platser/<int:pk>/ta-bort/", seat.seat_remove, name="seat_remove"),
    path("overenskommelser/<slug:slug>/medlemmar/ny/", membership.membership_create, name="membership_create"),
    path("overenskommelser/<slug:slug>/medlemmar/<int:pk>/avsluta/", membership.membership_end, name="membership_end"),
    path("overenskommelser/<slug:slug>/kontakter/ny/", contact.contact_create, name="contact_create"),
    path("overenskommelser/<slug:slug>/kontakter/<int:pk>/", contact.contact_edit, name="contact_edit"),
    path("overenskommelser/<slug:slug>/kontakter/<int:pk>/ta-bort/", contact.contact_remove, name="contact_remove"),
]
