"""The request behind the sign-in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from samverkan.accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware: there is always a person. For annotations only."""

    user: User
    htmx: HtmxDetails
