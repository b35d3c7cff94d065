"""Whoever is not signed in, or no longer."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the field's name


class SignInFirst(LoginRequiredMiddleware):
    """Every page asks who is there, but for those that are open by design. To nobody it answers

    * a form with something filled in: 401 and a page that still has it, to send again once signed in;
    * htmx: go to the sign-in page, which must not land inside another;
    * anything else: the sign-in page, and from there back.
    """

    def handle_no_permission(  # type: ignore[override]  # any answer will do, not only a redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            here = urlsplit(request.headers.get("HX-Current-URL", ""))
            return HttpResponse(status=401, headers={"HX-Redirect": _sign_in(f"{here.path or '/'}?{here.query}")})
        fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
        if any(value.strip() for _name, value in fields):
            return _still_here(request, fields)
        return super().handle_no_permission(request, view_func)


def _sign_in(then: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': then.rstrip('?')})}"


def _still_here(request: HttpRequest, fields: list[tuple[str, str]]) -> HttpResponse:
    written = [value for _name, value in fields if len(value.split()) > 1]
    context = {
        "address": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "sign_in": _sign_in("/"),
        "written": written,
    }
    answer = render(request, "signed_out.html", context, status=401)
    add_never_cache_headers(answer)
    return answer
