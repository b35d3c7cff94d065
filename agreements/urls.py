"""Every address of agreements, room by room."""

from agreements.views import routes_deciding, routes_editing, routes_pages, routes_word

app_name = "agreements"

urlpatterns = [
    *routes_pages.urlpatterns,
    *routes_editing.urlpatterns,
    *routes_deciding.urlpatterns,
    *routes_word.urlpatterns,
]
