"""Adding a party that joins later, and saying on what the agreement rests."""

from django.urls import reverse

from agreements.models import Agreement, Membership
from agreements.permissions import Role
from tests.agreements.views.test_settings import settings_data
from tests.agreements.workflow.test_agreement import city
from tests.factories import World, as_, decide, make_organisation, make_world, submit


def address(world: World, name: str = "party_create") -> str:
    return reverse(f"agreements:{name}", args=[world.agreement.slug])


def test_a_party_is_added_and_its_coordinator_let_in_by_the_others(world: World) -> None:
    client, region = as_(world.coordinator), make_organisation("Regionen", registry_number_pattern=r"RS \d+/\d+")
    assert address(world) in client.get(address(world, "agreement_edit")).content.decode()
    page = client.get(address(world))
    assert page.context["form"]["position"].value() == 3
    data = {"organisation": region.pk, "defined_term": "Regionen", "registry_number": "RS 2026/1", "position": "3"}

    for field, wrong in (
        ("organisation", world.polis.organisation_id), ("defined_term", "kommunen"), ("registry_number", "1"),
        ("position", "0"), ("position", "9" * 31),
    ):  # fmt: skip
        bad = client.post(address(world), data | {field: wrong})
        assert (bad.status_code, list(bad.context["form"].errors)) == (422, [field])
    assert client.post(address(world), data).status_code == 302

    party = world.agreement.parties.get(organisation=region)
    assert "Regionen" in client.get(address(world, "agreement_history")).content.decode()
    joining = {
        "place": "role:coordinator", "email": "region@example.se", "name": "Rut", "party": party.pk,
        "capacity": "ordinary", "starts_on": "2026-01-01",
    }  # fmt: skip
    assert client.post(address(world, "membership_create"), joining).status_code == 302
    rut = Membership.objects.get(party=party, role_group__role=Role.COORDINATOR).user
    assert rut is not None
    assert as_(rut).get(reverse("agreements:annex_edit", args=[world.agreement.slug, "1"])).status_code == 200


def test_adding_waits_while_a_version_is_on_its_way_and_the_page_says_why(world: World) -> None:
    submit(world, "1")
    response = as_(world.coordinator).get(address(world))
    assert response.status_code == 403
    assert "En version är på väg" in response.content.decode()
    settings = as_(world.coordinator).get(address(world, "agreement_edit")).content.decode()
    assert "En version är på väg" in settings
    assert address(world) not in settings


def test_parties_are_not_for_others_to_add(world: World) -> None:
    assert as_(world.anna).get(address(world)).status_code == 403
    assert as_(world.reader).post(address(world)).status_code == 403
    assert as_(world.cia).post(address(world)).status_code == 404


def test_what_the_agreement_rests_on_is_chosen_among_those_that_i_see(world: World) -> None:
    above, unknown = city(world.coordinator).agreement, make_world(level="overarching").agreement
    url, client = address(world, "agreement_edit"), as_(world.coordinator)

    assert list(client.get(url).context["form"].fields["parent"].queryset) == [above]
    for wrong in (unknown, world.other, world.agreement):
        bad = client.post(url, settings_data(world, **{"avtal-parent": wrong.pk}))
        assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["parent"])
    assert client.post(url, settings_data(world, **{"avtal-parent": above.pk})).status_code == 302

    assert Agreement.objects.get(pk=world.agreement.pk).parent == above
    assert above.title in client.get(world.agreement.get_absolute_url()).content.decode()
    assert above.title in client.get(address(world, "agreement_history")).content.decode()


def test_of_what_has_been_decided_the_agreement_above_is_told_and_not_asked_for(world: World) -> None:
    above, second = city(world.coordinator).agreement, city(world.coordinator).agreement
    url, client = address(world, "agreement_edit"), as_(world.coordinator)
    stale = settings_data(world, **{"avtal-parent": second.pk})
    decide(world, "1")
    assert "parent" in client.get(url).context["form"].fields, "it rests on none yet"
    assert client.post(url, settings_data(world, **{"avtal-parent": above.pk})).status_code == 302

    page = client.get(url)
    assert "parent" not in page.context["form"].fields
    text = page.content.decode()
    assert f"Vilar på den övergripande samverkansöverenskommelsen: {above.title}. Här finns beslut." in text
    bad = client.post(url, settings_data(world, **{"avtal-parent": second.pk}))
    assert bad.status_code == 422
    assert "Den övergripande överenskommelsen ändras inte längre här." in bad.content.decode()
    assert client.post(url, stale).status_code == 422, "from a page opened before"
    assert client.post(url, settings_data(world, **{"avtal-review_months": "4"})).status_code == 302, "all else is free"

    assert Agreement.objects.get(pk=world.agreement.pk).parent == above


def test_an_overarching_agreement_is_not_asked_what_it_rests_on(db: None) -> None:
    above = make_world(level="overarching")
    page = as_(above.coordinator).get(address(above, "agreement_edit"))
    assert "parent" not in page.context["form"].fields
