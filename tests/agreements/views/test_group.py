"""Groups and their page: who is who, and what is missing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements import section_kinds
from agreements.models import Annex, Contact, GroupKind, Membership, PriorityArea, Seat, Section
from agreements.permissions import Role
from agreements.rights import today
from agreements.workflow.group import write_group
from tests.agreements.views.group_pages import address, let_in, other_days
from tests.factories import World, as_, make_organisation, make_user
from tests.factories.agreements import seat_in


@pytest.mark.parametrize(
    ("kind", "name", "anchor"),
    [("parties", "agreement_edit", ""), ("groups", "group_detail", ""), ("contacts", "group_detail", "#kontakter")],
)
def test_rows_are_edited_on_the_agreements_own_page(world: World, kind: str, name: str, anchor: str) -> None:
    section = Section(annex=world.text, kind=kind)
    assert section_kinds.get(kind).edit_url(section) == address(world, name) + anchor


def test_the_groups_page_asks_as_much_of_many_seats_as_of_one(world: World, seat: Seat) -> None:
    client = as_(world.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(world, "group_detail")).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for number in range(10):
        made = Seat.objects.create(group=seat.group, function=f"Plats {number}")
        Membership.objects.create(
            role_group=seat.group.role_group, name=f"Person {number}", seat=made, starts_on=today(),
            organisation=make_organisation(),
        )  # fmt: skip
        Contact.objects.create(agreement=world.agreement, party=world.polis, function=f"Funktion {number}")
    assert queries() == few


def test_a_working_group_without_somebody_from_each_party_says_so(world: World) -> None:
    """Bo of the police sits there alone (R34)."""
    client, url = as_(world.coordinator), address(world, "group_detail")
    sentence = f"Ingen från {world.kommun} är med i gruppen än"
    assert sentence in client.get(url).content.decode()

    let_in(world, place=f"group:{world.working_group.pk}", party=world.kommun.pk)

    assert sentence not in client.get(url).content.decode()


def group_data(world: World, **extra: str) -> dict[str, str]:
    return {"name": "Arbetsgrupp nätter", "task": "Följa nätterna"} | extra


def test_how_often_the_steering_group_meets_is_said_and_when_no_meeting_lies_ahead(world: World) -> None:
    url = address(world, "group_detail")
    steering = world.agreement.governing_groups.filter(kind="steering")
    steering.update(next_meeting_on=today() - timedelta(days=1))
    page = as_(world.coordinator).get(url).content.decode()
    assert "Möts minst 2 gånger per år." in page
    assert "Inget möte är inplanerat." in page
    assert "Nästa möte" not in page

    steering.update(next_meeting_on=today())
    world.agreement.steering_meetings_per_year = 1
    world.agreement.save()
    page = as_(world.coordinator).get(url).content.decode()
    assert "Möts minst en gång per år." in page
    assert "Inget möte är inplanerat." not in page
    assert "Nästa möte" in page


def test_a_new_working_group_keeps_its_next_meeting(world: World) -> None:
    data = group_data(world, next_meeting_on="2026-04-01", starts_on="2026-03-01")
    assert as_(world.coordinator).post(address(world, "group_create"), data).status_code == 302

    group = world.agreement.governing_groups.get(name="Arbetsgrupp nätter")
    assert (group.next_meeting_on, group.starts_on) == (date(2026, 4, 1), date(2026, 3, 1))


def test_a_group_with_the_name_of_another_is_told(world: World) -> None:
    client, taken = as_(world.coordinator), group_data(world, name=world.working_group.name)
    steering = world.agreement.governing_groups.get(kind="steering")

    for url in (address(world, "group_create"), address(world, "group_edit", steering.pk)):
        response = client.post(url, taken)
        assert (response.status_code, dict(response.context["form"].errors)) == (
            422,
            {"name": ["Det finns redan en grupp med det namnet."]},
        )

    own = address(world, "group_edit", world.working_group.pk)
    assert client.post(own, taken).status_code == 302, "the name that a group has is its own"
    elsewhere = world.other.governing_groups.get(kind="steering").name
    assert client.post(address(world, "group_create"), group_data(world, name=f"{elsewhere} 2")).status_code == 302


def test_a_group_that_ends_before_it_begins_is_told_on_the_field(world: World) -> None:
    data = group_data(world, starts_on="2026-03-01", ends_on="2026-02-01")
    response = as_(world.coordinator).post(address(world, "group_create"), data)
    assert (response.status_code, dict(response.context["form"].errors)) == (
        422,
        {"ends_on": ["Slutdatum kan inte vara före startdatum."]},
    )
    joining = as_(world.coordinator).post(
        address(world, "membership_create"),
        {
            "place": "role:reader",
            "capacity": "ordinary",
            "name": "N",
            "starts_on": "2026-03-01",
            "ends_on": "2026-02-01",
        },
    )
    assert dict(joining.context["form"].errors) == {"ends_on": ["Slutdatum kan inte vara före startdatum."]}


def save_group(world: World, *chosen: PriorityArea) -> set[str]:
    """The areas of the working group when the kommun's coordinator has saved it with ``chosen``."""
    data = {"name": "Arbetsgruppen", "priority_areas": [area.pk for area in chosen]}
    url = address(world, "group_edit", world.working_group.pk)
    assert as_(world.coordinator).post(url, data).status_code == 302
    return set(world.working_group.priority_areas.values_list("title", flat=True))


def test_a_group_keeps_an_area_that_was_left_out_until_it_is_taken_away(world: World) -> None:
    PriorityArea.objects.update(is_left_out=True)
    other = PriorityArea.objects.create(agreement=world.agreement, title="Unga", is_left_out=True)
    page = as_(world.coordinator).get(address(world, "group_edit", world.working_group.pk)).content.decode()
    assert ("Trygga platser" in page, "Unga" in page) == (True, False)
    assert save_group(world, world.area) == {"Trygga platser"}
    url = address(world, "group_edit", world.working_group.pk)
    assert as_(world.coordinator).post(url, {"name": "x", "priority_areas": [other.pk]}).status_code == 422
    assert save_group(world) == set()


@pytest.mark.parametrize(("owner", "kept"), [("polis", {"Trygga platser"}), ("kommun", set())])
def test_a_group_keeps_the_areas_that_the_form_may_not_show(world: World, owner: str, kept: set[str]) -> None:
    Annex.objects.filter(pk=world.picture.pk).update(draft_party=getattr(world, owner))
    assert save_group(world) == kept


def test_who_is_to_come_or_has_left_stands_folded_for_coordinators(world: World) -> None:
    assert other_days(world, world.coordinator)[0] == ""
    ahead, past = today() + timedelta(days=9), today() - timedelta(days=9)

    def one_more(at: int) -> list[str]:
        coming = seat_in(world.agreement, Role.READER, make_user(f"Kommer {at}"), world.kommun, starts_on=ahead)
        left = seat_in(world.agreement, Role.READER, make_user(f"Slutade {at}"), world.kommun, ends_on=past)
        others = seat_in(world.agreement, Role.READER, make_user(f"Polisens {at}"), world.polis, starts_on=ahead)
        group = write_group(world.agreement, GroupKind.WORKING, name=f"Gruppen {at}", ends_on=past)
        sits = seat_in(world.agreement, Role.WORKING_GROUP, make_user(f"Sitter {at}"), world.kommun, group=group)
        contact = Contact.objects.create(
            agreement=world.agreement, party=world.kommun, function=f"Chef {at}", email="c@example.se", starts_on=ahead
        )
        page = other_days(world, world.coordinator)[0]
        for shown in (coming, left, others, group, sits, contact):
            assert str(shown) in page
        linked = [address(world, "membership_end", row.pk) in page for row in (coming, left, others, sits)]
        assert linked == [True, False, False, True]
        return [address(world, "group_edit", group.pk), address(world, "contact_edit", contact.pk)]

    links = one_more(1)
    with_one = other_days(world, world.coordinator)[1]
    links += one_more(2) + one_more(3)
    page, with_three = other_days(world, world.coordinator)
    assert with_three == with_one
    assert [link for link in links if link not in page] == []
    assert str(world.bo) not in page
    assert other_days(world, world.bo)[0] == ""
