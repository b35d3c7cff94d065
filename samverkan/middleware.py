"""What is asked of every request before a view meets it, and what is said when a view was refused."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict

from samverkan.verdict import TransitionRefused
from samverkan.views import conflict

NUL = "\0"


class RefuseNul:
    """400 for a NUL in the address or in a form: PostgreSQL takes none, and nobody types one.

    Asked after who is there (``signed_out.SignInFirst`` stands before it), and once for all views, since not every
    text passes through a form field that would refuse it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> None:
        if NUL in request.path_info or _has_nul(request.GET) or _has_nul(request.POST):
            raise SuspiciousOperation("There is a NUL in the request.")


class TellRefusals:
    """409 with the reason for what a workflow refuses and its view has not answered itself.

    Views ask the policy before they begin, and the workflow asks again under its lock: the second answer differs when
    somebody else was faster. The workflow's transaction has been rolled back when it comes here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return conflict(exception) if isinstance(exception, TransitionRefused) else None


def _has_nul(given: QueryDict) -> bool:
    return any(NUL in name or any(NUL in value for value in values) for name, values in given.lists())
