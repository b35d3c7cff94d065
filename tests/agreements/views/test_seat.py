"""Seats: what a group shall have, filled or vacant."""

import re

import pytest
from django.urls import reverse

from agreements.models import Membership, Seat
from agreements.workflow.seat import change_seat, remove_seat
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.agreements.views.group_pages import address
from tests.factories import World, as_


def test_a_seat_is_changed_and_keeps_who_sits_there(world: World, seat: Seat) -> None:
    page = as_(world.coordinator).get(address(world, "group_detail")).content.decode()
    assert address(world, "seat_edit", seat.pk) in page

    data = {"function": "Kommundirektören", "has_mandate": "on", "priority": "1"}
    assert as_(world.coordinator).post(address(world, "seat_edit", seat.pk), data).status_code == 302

    seat.refresh_from_db()
    assert (seat.function, seat.has_mandate, seat.priority, seat.is_required) == ("Kommundirektören", True, 1, False)
    assert seat.holders.get().user == world.anna
    assert seat.history.first().history_user == world.coordinator


def test_which_functions_come_first_is_said_whether_somebody_sits_there_or_not(world: World, seat: Seat) -> None:
    Seat.objects.create(group=seat.group, function="Bostadsbolagets chef", priority=2)
    page = as_(world.coordinator).get(address(world, "group_detail")).content.decode()
    assert "prioritet" not in page.partition("Bostadsbolagets chef")[0]
    assert "prioritet 2" in page
    Seat.objects.filter(pk=seat.pk).update(priority=1)
    assert "prioritet 1" in as_(world.coordinator).get(address(world, "group_detail")).content.decode()


def test_a_seat_is_taken_away_after_a_question_and_its_holder_stays(world: World, seat: Seat) -> None:
    url = address(world, "seat_remove", seat.pk)
    assert "Kommundirektör" in as_(world.coordinator).get(url).content.decode()
    assert Seat.objects.filter(pk=seat.pk).exists(), "asking changes nothing"

    assert as_(world.coordinator).post(url).status_code == 302

    assert not Seat.objects.filter(pk=seat.pk).exists()
    assert Membership.objects.get(user=world.anna).seat is None


@pytest.mark.parametrize("who", ["anna", "bo", "reader", "communicator"])
def test_seats_are_for_coordinators(world: World, seat: Seat, who: str) -> None:
    person = getattr(world, who)
    for name in ("seat_edit", "seat_remove"):
        assert as_(person).get(address(world, name, seat.pk)).status_code == 403
    with pytest.raises(TransitionRefused):
        change_seat(seat, by=person)
    with pytest.raises(TransitionRefused):
        remove_seat(seat, by=person)


def test_a_seat_of_another_agreement_is_not_found(world: World) -> None:
    other = Seat.objects.create(group=world.other.governing_groups.get(kind="steering"), function="Direktör")
    for name in ("seat_edit", "seat_remove"):
        assert as_(world.coordinator).post(address(world, name, other.pk)).status_code == 404


def test_a_seat_whose_holder_has_a_closed_account_is_vacant(world: World, seat: Seat) -> None:
    pages = [address(world, "group_detail"), reverse("agreements:agreement_detail", args=[world.agreement.slug])]

    def told() -> list[tuple[bool, bool]]:
        answers = [as_(world.coordinator).get(page).content.decode() for page in pages]
        return [("kontot är stängt" in answer, f"{seat.function}" in _vacant(answer)) for answer in answers]

    assert told() == [(False, False)] * 2
    User.objects.filter(pk=world.anna.pk).update(is_active=False)
    assert told() == [(True, True)] * 2


def _vacant(page: str) -> str:
    """The rows of ``page`` that say that something is vacant."""
    return " ".join(row for row in re.findall(r"<(?:tr|li)>.*?</(?:tr|li)>", page, re.DOTALL) if "Vakant" in row)
