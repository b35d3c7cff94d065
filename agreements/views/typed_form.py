"""What the forms have in common in which somebody writes: which page they come from, and what becomes of the words when
they cannot be saved. Sheets and registers are saved as a whole, and may be sent from a copy kept in the browser
(static/js/form)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import SavedAside, Section
from agreements.views.draft_lookup import edit_address, wants_json
from agreements.workflow.sitting import Sitting
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.numbers import whole_number

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponse]

FACTS = "csrfmiddlewaretoken version state person aside again plain sitting turn do base".split()
"""What the form says of itself."""

DIGITS = 18
"""As far as ids go."""

KEY_LENGTH = 40
"""Of a sitting, at most."""


def is_taken_back(request: AuthenticatedHttpRequest) -> bool:
    """The browser hands in what it kept: to be shown in the form, and saved by the writer's own click."""
    return "again" in request.POST


def looked_through(request: AuthenticatedHttpRequest) -> int | None:
    """The text aside that the form showed once more when it came back."""
    given = request.POST.get("aside", "")
    return int(given) if given.isdecimal() and len(given) < DIGITS else None


def open_asides(request: AuthenticatedHttpRequest, section: Section, row: str) -> list[SavedAside]:
    """What the person has aside in that place of the section, newest first."""
    return list(SavedAside.objects.filter(section=section, row=row, saved_by=request.user, settled_at=None))


def aside_beside(request: AuthenticatedHttpRequest, section: Section, row: str, shown: int | None) -> SavedAside | None:
    """The newest of them that is not the one which the form itself shows."""
    return next((one for one in open_asides(request, section, row) if one.pk != shown), None)


def posted_sitting(request: AuthenticatedHttpRequest) -> Sitting:
    """Which open page the text comes from, and which of its sendings it is; unknown where no script sent it."""
    key, turn = request.POST.get("sitting", ""), whole_number(request.POST.get("turn", ""))
    return Sitting(key, turn) if key and len(key) <= KEY_LENGTH and turn is not None else Sitting()


def keeps_what_is_refused(view: View[P]) -> Callable[..., HttpResponse]:
    """Guard a view that takes text. When it is refused (403), or the place is not there or not the person's any more
    (404), it answers

    * a script: 403 as JSON with the reason; the script keeps the text;
    * a form that was sent without JavaScript: a page with the reason and all that was typed, to be copied.
    """

    @wraps(view)
    def guarded(request: AuthenticatedHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, Http404) as refusal:
            is_gone, is_told = isinstance(refusal, Http404), wants_json(request)
            if request.method != "POST" or (is_gone if is_told else not typed_words(request)):
                raise
            reason = _("The page is not here") if is_gone else str(refusal) or _("You may not do this, or not now.")
            address = reverse("agreements:worklist_detail")
            return refused_with_words(request, reason, "refused", address, status=404 if is_gone else 403)

    return guarded


def refused_other_person(request: AuthenticatedHttpRequest, section: Section) -> HttpResponse | None:
    """403 with all that was typed, when somebody else has signed in since the page was opened; else None."""
    if request.POST.get("person", "") in ("", str(request.user.pk)):
        return None
    reason = _("Somebody else opened this page. Reload it, or sign in as that person, to save the text.")
    return refused_with_words(request, reason, "other_person", edit_address(section))


def refused_with_words(
    request: AuthenticatedHttpRequest, reason: str, code: str, address: str, *, status: int = 403
) -> HttpResponse:
    """The reason for the script; for a plain form with all that was typed, and the way on to ``address``."""
    if wants_json(request):
        return JsonResponse({"reason": reason, "code": code}, status=status)
    page = {"typed": {"body": typed_words(request)}, "reason": reason, "address": address}
    return render(request, "agreements/section/signed_out.html", page, status=status)


def typed_words(request: AuthenticatedHttpRequest) -> str:
    """The words of every field that is not as it was when the page was opened."""
    data = request.POST
    changed = [str(text) for name, text in data.items() if text != data.get(f"initial-{name}", "") and _is_typed(name)]
    return "\n\n".join(text for text in changed if text.strip())


def _is_typed(name: str) -> bool:
    return not name.startswith("initial-") and not name.endswith("_FORMS") and name not in FACTS
