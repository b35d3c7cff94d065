"""Is the portal well? And the pages for when something is not."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samverkan.failures import FileLost, NotUnderstood, is_database_away, is_out_of_room
from samverkan.signed_out import shown_again
from samverkan.verdict import TransitionRefused

logger = logging.getLogger(__name__)
UNAVAILABLE = 503


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when database and storage answer, else 503 with the word of what does not. For a load balancer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", status=UNAVAILABLE, content_type="text/plain")
    try:
        default_storage.delete(default_storage.save("healthz", ContentFile(b"")))  # a full disk shows here
    except OSError:
        return HttpResponse("storage", status=UNAVAILABLE, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """All components on one page, for those who build pages. Administrators only."""
    if not getattr(request.user, "is_staff", False):
        raise Http404
    return render(request, "_components/gallery.html")


# Error pages. But for a form that is shown again, none of them reads the database or knows who is there: those may be
# what has failed.


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was not understood, when the exception says so in a sentence of ours."""
    text = str(exception) if isinstance(exception, NotUnderstood) else _("Go back and try again.")
    return _error_page(400, _("The portal did not understand that"), text)


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason is the policy's own sentence, when the exception carries one."""
    reason = str(exception or "") or _("You may not do this, or not now.")
    return _error_page(403, _("That cannot be done"), reason)


def conflict(refusal: TransitionRefused) -> HttpResponse:
    """409 with the policy's own sentence: it could be done when the page was opened, and cannot any more."""
    reason = str(refusal.verdict.reason) or _("You may not do this, or not now.")
    text = _("Nothing has been changed. Go back and reload the page to see how it stands now.")
    return _error_page(409, _("That cannot be done"), f"{reason} {text}")


@login_not_required
def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(
        404,
        _("The page is not here"),
        _("It may have been moved, or it is not yours to see. Check the address, or begin at the start."),
    )


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away or a disk is full, since those pass; else 500. Which file is lost stands in the
    log: to those who read the page it is a picture, or a PDF."""
    error = sys.exc_info()[1]
    if isinstance(error, FileLost):
        logger.error("A stored file is gone, or is another than its hash says: %s", error)
    status, title, text = _what_happened(error, is_safe=request.method in ("GET", "HEAD"))
    try:
        answer = _error_page(status, title, text)
    except Exception:  # the page itself may be what is broken: then words alone
        answer = HttpResponse(f"{title}. {text}", status=status, content_type="text/plain; charset=utf-8")
    if status == UNAVAILABLE:
        answer["Retry-After"] = "60"
    return answer


def _what_happened(error: BaseException | None, *, is_safe: bool) -> tuple[int, str, str]:
    """Status, title and text of the page for ``error``."""
    if is_out_of_room(error):
        title = _("There is no room to save that")
        text = _("Nothing has been changed. Those who run the portal must make room; try again later.")
        kept = _("Go back to find what you had filled in.")
        return UNAVAILABLE, title, f"{text} {kept}"
    if is_database_away(error):
        title, text = _("The portal does not answer just now"), _("Wait a minute and try again.")
        if not is_safe:  # the answer to a COMMIT may be what was lost
            text = _(
                "Nothing is done by halves. Wait a minute, and see whether what you sent is there. "
                "If not, go back and send it again."
            )
        kept = _("What you write in the editor is kept in your browser.")
        return UNAVAILABLE, title, f"{text} {kept}"
    if isinstance(error, FileLost):
        text = _(
            "A picture or a PDF that belongs to what you asked for is missing from the portal's storage, or is damaged "
            "there. Nothing has been changed. Tell those who run the portal: their log says which file it is."
        )
        return 500, _("A file cannot be read"), text
    title = _("Something went wrong on our side")
    text = _("Nothing has been changed. Go back and try again in a minute.")
    kept = _("What you write in the editor is kept in your browser.")
    return 500, title, f"{text} {kept}"


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What one had filled in before one signed in again is on the page, to be sent again."""
    return shown_again(request) or _error_page(
        403,
        _("The page had become too old"),
        _("You may have signed in or out in another tab. Go back, reload the page and try again."),
    )


def _error_page(status: int, title: str, text: str) -> HttpResponse:
    content = render_to_string("error.html", {"status": status, "title": title, "text": text})
    return HttpResponse(content, status=status)
