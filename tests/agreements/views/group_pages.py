"""What the tests of groups, seats, memberships and contacts do on their pages."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.rights import today
from samverkan.accounts.models import User
from tests.factories import World, as_


def address(world: World, name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=[world.agreement.slug, *args])


def let_in(world: World, **extra: object) -> int:
    data = {"capacity": "ordinary", "starts_on": today(), "name": "Rektorn"} | extra
    return as_(world.coordinator).post(address(world, "membership_create"), data).status_code


def other_days(world: World, person: User) -> tuple[str, int]:
    """The folded list, and how many queries its page took."""
    client = as_(person)
    client.get(address(world, "group_detail"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(world, "group_detail")).content.decode()
    found = re.search(r"<details>\s*<summary>Kommande och avslutade.*?</details>", page, re.DOTALL)
    return (found[0] if found else "", len(queries))
