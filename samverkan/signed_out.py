"""Whoever is not signed in, no longer, or only since the form was opened.

A form that comes too late is shown again, whole, on a page with the token of now, and goes nowhere without a click
there. Such a page must never be made of what another site has posted. ``CsrfViewMiddleware``, which stands before
``SignInFirst``, keeps that away from the one page; ``shown_again`` from the other.
"""

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
INITIAL = "initial-"
SECRET = "password"  # noqa: S105 -- a part of the field's name


class SignInFirst(LoginRequiredMiddleware):
    """Every page asks who is there, but for those that are open by design. To nobody it answers

    * a form with something filled in, and no password: 401 and a page that still has it, to send again once signed in;
    * htmx: go to the sign-in page, which must not land inside another;
    * anything else: the sign-in page, and from there back.
    """

    def handle_no_permission(  # type: ignore[override]  # any answer will do, not only a redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            here = urlsplit(request.headers.get("HX-Current-URL", ""))
            return HttpResponse(status=401, headers={"HX-Redirect": _sign_in(f"{here.path or '/'}?{here.query}")})
        if fields := _filled_in(request):
            return _page(request, fields, status=401, sign_in=_sign_in("/"))
        return super().handle_no_permission(request, view_func)


def _sign_in(then: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': then.rstrip('?')})}"


def shown_again(request: HttpRequest) -> HttpResponse | None:
    """403 and a page that still has the form whose token is not the token of now; None where it must not be shown.

    Signing in changes the token, so what was opened before it, or kept by the page above, comes too late unless a
    script has renewed its token. It is shown again only if all of this holds:

    * its sender is signed in, which the browser does not let another site's form be (``SameSite=Lax``);
    * the browser says that a page of this very address sent it: ``Origin``, which no page can write, and where it
      is told ``Sec-Fetch-Site``. Not a trusted sister address, not "null", not silence;
    * something is filled in, and no password;
    * a person looks at the answer, rather than the editor or htmx.
    """
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return None
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return None
    if request.headers.get("HX-Request") or not request.accepts("text/html"):
        return None
    fields = _filled_in(request)
    return _page(request, fields, status=403) if fields and request.user.is_authenticated else None


def _filled_in(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, value) of all that was sent; empty when every value is, and where one is a password."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    if any(SECRET in name.lower() for name, _value in fields):
        return []
    return fields if any(value.strip() for _name, value in fields) else []


def _page(request: HttpRequest, fields: list[tuple[str, str]], *, status: int, sign_in: str = "") -> HttpResponse:
    filled_in = _without_what_stood_there(fields)
    context = {
        "address": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "sign_in": sign_in,
        "written": [value for _name, value in filled_in if _is_written(value)],
        "others": [(name, value) for name, value in filled_in if value.strip() and not _is_written(value)],
    }
    answer = render(request, "signed_out.html", context, status=status)
    add_never_cache_headers(answer)
    return answer


def _without_what_stood_there(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields to show: without what a large form held before (Django's hidden initials) and still holds."""
    before = {name: value for name, value in fields if name.startswith(INITIAL)}
    shown = [(name, value) for name, value in fields if name not in before]
    return [(name, value) for name, value in shown if before.get(f"{INITIAL}{name}") != value]


def _is_written(value: str) -> bool:
    """Words, rather than a choice, a number or a date."""
    return len(value.split()) > 1
