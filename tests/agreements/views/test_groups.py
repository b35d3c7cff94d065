"""Seats, members from elsewhere, contacts: changed and taken away by those who may."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from agreements import section_kinds
from agreements.models import Annex, Contact, GroupKind, Membership, PriorityArea, Seat, Section
from agreements.permissions import Role
from agreements.rights import today
from agreements.workflow.group import write_group
from agreements.workflow.seat import change_seat, remove_seat
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused
from tests.factories import World, as_, make_organisation, make_user
from tests.factories.agreements import seat_in


@pytest.fixture
def seat(world: World) -> Seat:
    group = world.agreement.governing_groups.get(kind="steering")
    made = Seat.objects.create(group=group, function="Kommundirektör", party=world.kommun)
    Membership.objects.filter(user=world.anna).update(seat=made)
    return made


def address(world: World, name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=[world.agreement.slug, *args])


def let_in(world: World, **extra: object) -> int:
    data = {"capacity": "ordinary", "starts_on": today(), "name": "Rektorn"} | extra
    return as_(world.coordinator).post(address(world, "membership_create"), data).status_code


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


def test_somebody_from_an_organisation_that_is_no_party_is_co_opted(world: World) -> None:
    school = make_organisation("Utbildningsförvaltningen")
    place = f"group:{world.working_group.pk}"
    both = {"party": world.kommun.pk, "organisation": school.pk}

    assert let_in(world, place=place, capacity="co_opted", **both) == 422
    assert let_in(world, place=place, capacity="co_opted", organisation=school.pk, is_convener="on") == 302

    member = Membership.objects.get(name="Rektorn")
    assert (member.organisation, member.party, member.is_convener) == (school, None, True)
    page = as_(world.coordinator).get(address(world, "group_detail")).content.decode()
    assert "Utbildningsförvaltningen" in page
    assert "sammankallande" in page


def test_who_is_invited_gets_the_name_and_title_that_decisions_need(world: World) -> None:
    group = world.agreement.governing_groups.get(kind="steering")
    person = {"place": f"group:{group.pk}", "email": "dora@example.se", "party": world.kommun.pk, "title": "Direktör"}

    assert let_in(world, **person, name="") == 422
    assert not User.objects.filter(email="dora@example.se").exists()
    assert let_in(world, **person, name="Dora Exempel", capacity="decision_maker") == 302

    invited = User.objects.get(email="dora@example.se")
    assert (invited.name, invited.title) == ("Dora Exempel", "Direktör")
    assert let_in(world, **{**person, "place": "role:reader", "name": "", "email": "DORA@example.se"}) == 302


def links_on_their_way(user: User) -> int:
    """Letters with a link to choose a password that wait to be sent to ``user``."""
    return ProcrastinateJob.objects.filter(task_name="accounts.send_password_link", args__user_id=user.pk).count()


def test_somebody_whose_account_has_been_closed_is_not_let_in(world: World) -> None:
    gone = make_user("Borta Exempel")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    data = {"place": "role:reader", "email": gone.email, "party": world.kommun.pk, "capacity": "ordinary"}

    response = as_(world.coordinator).post(address(world, "membership_create"), data | {"starts_on": today()})

    assert response.status_code == 422
    assert response.context["form"].errors == {"email": ["Kontot med den adressen är stängt."]}
    assert not Membership.objects.filter(user=gone).exists()
    assert not links_on_their_way(gone)


def test_who_never_chose_a_password_gets_a_new_link_and_who_has_one_gets_no_letter(world: World) -> None:
    waiting, known = User.objects.create_user("vantar@example.se", name="Väntar Exempel"), make_user("Dora Exempel")

    for user in (waiting, known):
        assert let_in(world, place="role:reader", email=user.email, party=world.kommun.pk) == 302

    assert (links_on_their_way(waiting), links_on_their_way(known)) == (1, 0)
    assert Membership.objects.filter(user__in=[waiting, known]).count() == 2


def test_only_a_group_has_somebody_who_calls_it(world: World) -> None:
    assert let_in(world, place="role:reader", is_convener="on") == 422


def test_seats_are_chosen_by_their_groups_names(world: World, seat: Seat) -> None:
    page = as_(world.coordinator).get(address(world, "membership_create")).content.decode()
    assert f"{seat.group}: Kommundirektör" in page


def test_the_contact_sheet_is_offered_when_there_is_somebody_to_print(world: World) -> None:
    sheet = address(world, "contacts_print")
    assert sheet not in as_(world.coordinator).get(address(world, "group_detail")).content.decode()

    Contact.objects.create(agreement=world.agreement, party=world.polis, function="Kommunpolis")

    assert sheet in as_(world.coordinator).get(address(world, "group_detail")).content.decode()
    assert as_(world.coordinator).get(sheet).status_code == 200


def test_what_a_contact_is_for_is_said_and_services_stand_last(world: World) -> None:
    for facts in (
        {"function": "Polisens nummer", "party": world.polis, "is_service": True, "phone": "11414", "position": 1},
        {"function": "Kommunpolis", "party": world.polis, "is_spokesperson": True, "is_contact_person": True},
        {"function": "Polischef", "party": world.polis, "position": 3},
    ):
        Contact.objects.create(agreement=world.agreement, **facts)
    page = as_(world.coordinator).get(address(world, "group_detail")).content.decode().partition('id="kontakter"')[2]
    assert page.count("talesperson, kontaktperson") == 1
    places = [page.index(word) for word in ("Kommunpolis", "kontaktperson", "Polischef", "Gemensamma nummer", "114 14")]
    assert places == sorted(places)


def test_a_contact_is_taken_away_after_a_question(world: World) -> None:
    contact = Contact.objects.create(agreement=world.agreement, party=world.polis, function="Kommunpolis")
    url = address(world, "contact_remove", contact.pk)
    assert url in as_(world.communicator).get(address(world, "contact_edit", contact.pk)).content.decode()
    assert "Kommunpolis" in as_(world.communicator).get(url).content.decode()
    assert as_(world.anna).post(url).status_code == 403
    assert Contact.objects.exists()

    assert as_(world.communicator).post(url).status_code == 302

    assert not Contact.objects.exists()
    assert Contact.history.filter(function="Kommunpolis", history_type="-").exists()


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


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"is_acting": "on", "is_deputy": "on", "phone": "112"}, "is_deputy"),
        ({}, "phone"),
        ({"phone": "112", "is_service": "on", "is_spokesperson": "on"}, "is_service"),
        ({"phone": "112", "is_service": "on", "is_contact_person": "on"}, "is_service"),
        ({"phone": "112", "starts_on": "2026-03-01", "ends_on": "2026-02-01"}, "ends_on"),
    ],
)
def test_a_contact_that_says_nothing_or_too_much_is_told(world: World, facts: dict[str, str], field: str) -> None:
    data = {"function": "Kommunpolis", "position": 1} | facts
    response = as_(world.coordinator).post(address(world, "contact_create"), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Contact.objects.exists()


def test_who_acts_for_another_is_named_so_and_from_where(world: World) -> None:
    Contact.objects.create(
        agreement=world.agreement, function="Rektor", is_acting=True, phone="112",
        organisation=make_organisation("Utbildningsförvaltningen"),
    )  # fmt: skip
    page = as_(world.coordinator).get(address(world, "group_detail")).content.decode()
    assert "Tf rektor" in page
    assert "Utbildningsförvaltningen" in page


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


def other_days(world: World, person: User) -> tuple[str, int]:
    """The folded list, and how many queries its page took."""
    client = as_(person)
    client.get(address(world, "group_detail"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(world, "group_detail")).content.decode()
    found = re.search(r"<details>\s*<summary>Kommande och avslutade.*?</details>", page, re.DOTALL)
    return (found[0] if found else "", len(queries))


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


def test_who_was_to_come_is_let_out_again_from_the_list(world: World) -> None:
    coming = seat_in(
        world.agreement, Role.READER, make_user("Kommer"), world.kommun, starts_on=today() + timedelta(days=9)
    )
    as_(world.coordinator).post(address(world, "membership_end", coming.pk), {"ends_on": ""})
    coming.refresh_from_db()
    assert coming.ends_on == today() - timedelta(days=1)
    assert address(world, "membership_end", coming.pk) not in other_days(world, world.coordinator)[0]
