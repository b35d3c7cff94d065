"""What the forms have in common that are saved as a whole, and may be sent from a copy kept in the browser
(static/js/form): sheets and registers."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from agreements.models import SavedAside, Section
from agreements.views.draft_lookup import edit_address, wants_json
from samverkan.accounts.http import AuthenticatedHttpRequest

FACTS = ("csrfmiddlewaretoken", "version", "state", "person", "aside", "again")
"""What the form says of itself."""

DIGITS = 18
"""As far as ids go."""


def is_taken_back(request: AuthenticatedHttpRequest) -> bool:
    """The browser hands in what it kept: to be shown in the form, and saved by the writer's own click."""
    return "again" in request.POST


def looked_through(request: AuthenticatedHttpRequest) -> int | None:
    """The text aside that the form showed once more when it came back."""
    given = request.POST.get("aside", "")
    return int(given) if given.isdecimal() and len(given) < DIGITS else None


def open_aside(request: AuthenticatedHttpRequest, section: Section, row: str) -> SavedAside | None:
    """What the person has aside in that place of the section."""
    return SavedAside.objects.filter(section=section, row=row, saved_by=request.user, settled_at=None).first()


def refused_other_person(request: AuthenticatedHttpRequest, section: Section) -> HttpResponse | None:
    """403 with all that was typed, when somebody else has signed in since the page was opened; else None."""
    if request.POST.get("person", "") in ("", str(request.user.pk)):
        return None
    reason = _("Somebody else opened this page. Reload it, or sign in as that person, to save the text.")
    if wants_json(request):
        return JsonResponse({"reason": reason, "code": "other_person"}, status=403)
    page = {"typed": {"body": _typed(request)}, "reason": reason, "address": edit_address(section)}
    return render(request, "agreements/section/signed_out.html", page, status=403)


def _typed(request: AuthenticatedHttpRequest) -> str:
    """The words of every field that is not as it was when the page was opened."""
    data = request.POST
    changed = [str(text) for name, text in data.items() if text != data.get(f"initial-{name}", "") and _is_typed(name)]
    return "\n\n".join(text for text in changed if text.strip())


def _is_typed(name: str) -> bool:
    return not name.startswith("initial-") and not name.endswith("_FORMS") and name not in FACTS
