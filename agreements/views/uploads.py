"""What is uploaded with something that is refused goes with it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from agreements.workflow.file import without_refused_files


class LeaveNoRefusedFiles:
    """A middleware around every view, and so around every transaction in which a file is taken in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with without_refused_files():
            return self.get_response(request)
