"""What is asked of every request before a view meets it."""

import pytest
from django.test import Client

from tests.factories import make_user


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/?q=%00", "/overenskommelser/?q=%00", "/overenskommelser/x/bilagor/%00/"])
def test_a_nul_in_the_address_is_not_understood(client: Client, address: str) -> None:
    client.force_login(make_user())

    assert client.get(address).status_code == 400


@pytest.mark.django_db
def test_a_nul_in_a_form_is_not_understood(client: Client) -> None:
    client.force_login(make_user())

    assert client.post("/meddelanden/lasta/", {"next": "/\0"}).status_code == 400
    assert client.post("/meddelanden/lasta/", {"next": "/"}).status_code == 302
