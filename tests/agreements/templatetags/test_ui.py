"""The frame of the pages: who is signed in, the menu, and the small tags."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from agreements.models import Affiliation
from agreements.permissions import Role
from agreements.rights import today
from agreements.templatetags import ui
from tests.factories import World, make_organisation, make_user
from tests.factories.agreements import seat_in


def render(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_decision_maker_is_named_so_with_the_party(world: World) -> None:
    person = ui.signed_in(world.anna)
    assert person.roles[0] == "Beslutfattare"
    assert person.organisations == [str(world.kommun)]


def test_the_own_organisation_comes_before_those_one_sits_for(world: World) -> None:
    own = make_organisation("Kommunbolaget")
    Affiliation.objects.create(user=world.anna, organisation=own)
    assert ui.signed_in(world.anna).organisations == ["Kommunbolaget", str(world.kommun)]


def test_what_ended_yesterday_is_not_said_any_more(world: World) -> None:
    yesterday = today() - timedelta(days=1)
    gone = make_user("Gunnar")
    Affiliation.objects.create(user=gone, organisation=make_organisation("Gamla nämnden"), ends_on=yesterday)
    seat_in(world.agreement, Role.READER, gone, world.kommun, ends_on=yesterday)
    assert ui.signed_in(gone).line == ""


def test_further_roles_are_hinted_at_and_listed(world: World) -> None:
    seat_in(world.agreement, Role.READER, world.anna, world.kommun)
    person = ui.signed_in(world.anna)
    assert person.roles == ["Läsare", "Beslutfattare"]
    assert person.line == f"Läsare m.m., {world.kommun}"


def test_the_header_costs_two_queries(world: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        ui.signed_in(world.coordinator)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "Mitt arbete"),
        ("/overenskommelser/prov/bilagor/1/", "Överenskommelser"),
        ("/forslag/3/", "Överenskommelser"),
        ("/grupper/", "Grupper och kontakter"),
    ],
)
def test_the_menu_marks_where_one_is(path: str, current: str) -> None:
    request = RequestFactory().get(path)
    assert [item.label for item in ui.main_menu(Context({"request": request})) if item.is_current] == [current]


def test_the_menu_is_there_on_a_page_that_knows_no_request() -> None:
    assert [item.is_current for item in ui.main_menu(Context())] == [False, False, False]


def test_breadcrumbs_end_with_the_page_itself_and_a_phone_gets_the_step_back() -> None:
    html = render('{% breadcrumbs "Överenskommelser" "/o/" "Norrvik" "/o/n/" "Bilaga 1" %}')
    assert '<span aria-current="page">Bilaga 1</span>' in html
    assert html.index('<a href="/o/n/">Norrvik</a>') < html.index("<ol>")
    assert html.count("<li>") == 3


def test_tabs_mark_the_one_whose_address_this_is() -> None:
    html = render('{% tabs "Bilagan" "Läsa" "/a/" "Historik" "/b/" %}', request=RequestFactory().get("/b/"))
    assert '<a href="/b/" aria-current="page">Historik</a>' in html
    assert html.count("aria-current") == 1


def test_a_title_with_markup_is_escaped_in_the_trail() -> None:
    assert "<b>" not in render('{% breadcrumbs title "/" "x" %}', title="<b>")


def test_unique_ids_are_unique() -> None:
    assert len({ui.unique_id() for _ in range(50)}) == 50


def test_a_long_pagination_has_gaps() -> None:
    assert ui.page_numbers(Paginator(range(100), 5).page(10)) == [1, "…", 9, 10, 11, "…", 20]


def test_example_accounts_are_named_in_demo_mode_only(world: World, settings: Any) -> None:
    assert list(ui.demo_accounts()) == []
    assert ui.demo_password() == ""
    settings.SAMVERKAN_DEMO = True
    assert world.anna in ui.demo_accounts()
    assert ui.demo_password() == "samverkan-demo"


def test_somebody_who_is_not_signed_in_gets_no_name_in_the_header() -> None:
    html = Template('{% include "_components/site_header.html" %}').render(
        Context({"request": type("Request", (), {"path": "/", "user": AnonymousUser()})()})
    )
    assert "Logga ut" not in html
    assert "Samverkan" in html
