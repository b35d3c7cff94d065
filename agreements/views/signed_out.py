"""When the session has ended while somebody was writing: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agreements.views.draft_lookup import wants_json
from samverkan.accounts.http import AuthenticatedHttpRequest

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponse]

KEPT = ("heading", "body")


def keeps_what_was_typed(view: View[P]) -> Callable[..., HttpResponse]:
    """Guard a view that takes text. To somebody who is signed out it answers

    * the editor: 401 as JSON, with the address to sign in at; the editor keeps the text and sends it again;
    * htmx: go to the sign-in page;
    * a form that was sent without JavaScript: a page that shows what was typed, to be copied;
    * anything else: the way to the sign-in page and back.
    """

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)  # type: ignore[arg-type]
        return _signed_out(request)

    return guarded


def _signed_out(request: HttpRequest) -> HttpResponse:
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _way_back(request)})}"
    reason = _("You have been signed out. Sign in again; what you wrote is kept.")
    if wants_json(request):
        return JsonResponse({"error": "signed_out", "reason": reason, "login_url": address}, status=401)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    typed = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
    if typed:
        return render(request, "agreements/section/signed_out.html", {"typed": typed, "address": address}, status=401)
    return redirect_to_login(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else request.path
