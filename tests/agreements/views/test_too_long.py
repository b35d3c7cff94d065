"""Text that is longer than its place is told in Swedish on its field, and a NUL is refused: no page fails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from agreements.rights import today
from tests.agreements.views.test_settings import settings_data
from tests.factories import World, as_, make_organisation

LONG = "å" * 10_000
WRITTEN = (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.Textarea, forms.DateInput)


@pytest.fixture(params=["agreement_edit", "party_create", "group_create", "group_edit", "contact_create", "membership"])
def page(request: pytest.FixtureRequest, world: World) -> tuple[str, dict[str, object]]:
    """An address, and what is right to send there."""
    slug, day = world.agreement.slug, str(today())
    group = world.agreement.governing_groups.get(kind="steering")
    pages: dict[str, Callable[[], tuple[str, dict[str, object]]]] = {
        "agreement_edit": lambda: (reverse("agreements:agreement_edit", args=[slug]), settings_data(world)),
        "party_create": lambda: (
            reverse("agreements:party_create", args=[slug]),
            {"organisation": make_organisation().pk, "defined_term": "Regionen", "position": 3},
        ),
        "group_create": lambda: (reverse("agreements:group_create", args=[slug]), {"name": "Skolgruppen"}),
        "group_edit": lambda: (reverse("agreements:group_edit", args=[slug, group.pk]), {"name": "Styrgruppen"}),
        "contact_create": lambda: (
            reverse("agreements:contact_create", args=[slug]),
            {"function": "Kommunpolis", "name": "Kim Exempel", "position": 1},
        ),
        "membership": lambda: (
            reverse("agreements:membership_create", args=[slug]),
            {"place": "role:reader", "name": "Kim", "capacity": "ordinary", "starts_on": day, "party": world.kommun.pk},
        ),
    }
    return pages[request.param]()


def shown(response: Any) -> list[forms.BoundField]:
    """The fields of the page's forms in which one writes."""
    parts = [response.context["form"], *response.context.get("forms", [])]
    return [field for part in parts for field in part if isinstance(field.field.widget, WRITTEN)]


def has_no_end(field: forms.BoundField) -> bool:
    return isinstance(field.field, forms.CharField) and field.field.max_length is None


def test_text_that_is_too_long_is_told_on_its_field(world: World, page: tuple[str, dict[str, object]]) -> None:
    (url, right), client = page, as_(world.coordinator)
    names = [field.html_name for field in shown(client.get(url)) if not has_no_end(field)]
    assert len(names) > 2

    for name in names:
        response = client.post(url, right | {name: LONG})
        told = {field.html_name: list(field.errors) for field in shown(response) if field.errors}
        assert (response.status_code, list(told)) == (422, [name])
        assert all(re.match(r"Säkerställ att detta värde har som mest|Fyll i e", str(error)) for error in told[name])


def test_text_without_an_end_may_be_long(world: World) -> None:
    client, url = as_(world.coordinator), reverse("agreements:group_create", args=[world.agreement.slug])
    assert [field.html_name for field in shown(client.get(url)) if has_no_end(field)] == ["task"]

    assert client.post(url, {"name": "Skolgruppen", "task": LONG}).status_code == 302
    assert world.agreement.governing_groups.get(name="Skolgruppen").task == LONG


def test_a_nul_is_refused_with_a_page_in_swedish(world: World, page: tuple[str, dict[str, object]]) -> None:
    (url, right), client = page, as_(world.coordinator)

    for field in shown(client.get(url)):
        response = client.post(url, right | {field.html_name: "Ny\0tt"})
        assert response.status_code == 400
        assert "Portalen förstod inte" in response.content.decode()


def test_an_address_longer_than_an_accounts_is_told_on_its_field(world: World) -> None:
    """A form's own e-mail field takes 320 characters, an account's 254."""
    url = reverse("agreements:membership_create", args=[world.agreement.slug])
    right = {"place": "role:reader", "name": "Kim", "capacity": "ordinary", "starts_on": today()}
    right |= {"party": world.kommun.pk, "email": "a" * 250 + "@example.se"}

    response = as_(world.coordinator).post(url, right)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]
