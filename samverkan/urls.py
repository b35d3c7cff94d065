"""The addresses: the trade's at the root, in Swedish; accounts under /konto/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from samverkan import views

# Administrators sign in where everybody does: there attempts are counted, and here they would not be.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("konto/", include("samverkan.accounts.urls")),
    path("admin/", admin.site.urls),
    path("komponenter/", views.components, name="components"),
    path("", include("communication.urls")),
    path("", include("agreements.urls")),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
