"""How often somebody may try to sign in is counted by all processes together."""

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client, override_settings

from tests.factories import make_user

SIGN_IN = "/konto/login/"


def _rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM samverkan_cache")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_cache_is_the_database_and_not_a_process() -> None:
    cache.set("tried", 3, 60)

    assert isinstance(cache._connections["default"], DatabaseCache)  # type: ignore[attr-defined]
    assert DatabaseCache("samverkan_cache", {}).get("tried") == 3
    assert _rows() == 1


@pytest.mark.django_db
@override_settings(ACCOUNT_RATE_LIMITS={})  # as in service: allauth's own
def test_after_five_wrong_passwords_the_right_one_has_to_wait() -> None:
    anna = make_user("Anna")
    wrong = {"login": anna.email, "password": "fel-losenord"}

    for _attempt in range(5):
        Client().post(SIGN_IN, wrong)
    client = Client()
    client.post(SIGN_IN, wrong | {"password": "hemligt-losenord"})

    assert _rows() > 0
    assert "_auth_user_id" not in client.session
