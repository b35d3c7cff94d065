"""Back to where the button was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, otherwise: str, *args: object) -> HttpResponse:
    """To the page that the form names in ``next``, when that is one of ours; else to the view called ``otherwise``."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if is_ours and wanted.startswith("/"):
        return HttpResponseRedirect(wanted)
    return redirect(otherwise, *args)
