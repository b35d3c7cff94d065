"""Browsers without a browser."""

from django.test import Client

from samverkan.accounts.models import User


def as_(user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    return client
