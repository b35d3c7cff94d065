"""Every address asks who is there, but for the few that are open by design."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {
    "healthz",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_logout",
    "account_inactive",
    "account_signup",  # answers that nobody signs up by themselves
    "account_confirm_email",
    "account_email_verification_sent",
}
"""Addresses for people who have not signed in, each by intention."""

SAMPLES = {
    "slug": "norrvik", "str": "1", "int": "1", "uuid": "6f0f3f1e-52f4-4c4a-9d0e-6a2f5f7f9b11", "step": "bifall",
    "matter_step": "bekrafta",
    "path": "x", "number": "1",
}  # fmt: skip


def named_patterns(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """(name, path with sample values) for each pattern of ours; the administration has tests of its own."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from named_patterns(pattern, route, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield (f"{space}:{pattern.name}" if space else pattern.name), sample(route)


def sample(route: str) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route).replace("^", "").rstrip(
        "$"
    )


ALL = sorted(set(named_patterns(get_resolver())))


def test_there_are_addresses_to_guard() -> None:
    assert len(ALL) > 60
    assert {name for name, _path in ALL} >= OPEN


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path"), [pair for pair in ALL if pair[0] not in OPEN], ids=lambda value: str(value))
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_sent_to_sign_in(name: str, path: str, method: str, client: Client) -> None:
    response = getattr(client, method)(path)

    assert response.status_code in (302, 401, 405), f"{name} answered {response.status_code}"
    if response.status_code == 302:
        assert response["Location"].startswith("/konto/")
