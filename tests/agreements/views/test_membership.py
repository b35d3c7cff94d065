"""Letting somebody in, by invitation where there is no account yet, and seeing somebody out."""

from datetime import timedelta

from procrastinate.contrib.django.models import ProcrastinateJob

from agreements.models import Membership, Seat
from agreements.permissions import Role
from agreements.rights import today
from samverkan.accounts.models import User
from tests.agreements.views.group_pages import address, let_in, other_days
from tests.factories import World, as_, make_organisation, make_user
from tests.factories.agreements import seat_in


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


def test_who_was_to_come_is_let_out_again_from_the_list(world: World) -> None:
    coming = seat_in(
        world.agreement, Role.READER, make_user("Kommer"), world.kommun, starts_on=today() + timedelta(days=9)
    )
    as_(world.coordinator).post(address(world, "membership_end", coming.pk), {"ends_on": ""})
    coming.refresh_from_db()
    assert coming.ends_on == today() - timedelta(days=1)
    assert address(world, "membership_end", coming.pk) not in other_days(world, world.coordinator)[0]
