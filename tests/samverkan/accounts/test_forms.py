"""Signing in and asking for a new password, in the portal's words."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samverkan.accounts.models import User


@pytest.mark.parametrize("address", ["account_login", "account_reset_password"])
@pytest.mark.django_db
def test_the_field_is_named_once(address: str) -> None:
    page = Client().get(reverse(address)).content.decode()

    assert re.findall(r"<label[^>]*>\s*(E-post\w*)", page) == ["E-postadress"]
    assert "placeholder" not in page


@pytest.mark.django_db
def test_there_is_one_way_to_a_new_password() -> None:
    page = Client().get(reverse("account_login")).content.decode()

    assert page.count(f'href="{reverse("account_reset_password")}"') == 1


@pytest.mark.django_db
def test_who_is_known_signs_in() -> None:
    User.objects.create_user("bo@example.se", password="hemligt-losenord")
    typed = {"login": "bo@example.se", "password": "hemligt-losenord"}

    assert Client().post(reverse("account_login"), typed)["Location"] == "/"
    assert Client().post(reverse("account_login"), typed | {"password": "fel"}).status_code == 200
