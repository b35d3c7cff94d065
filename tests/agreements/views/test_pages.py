"""Lists and reading pages: what they say, and that their cost does not grow."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from agreements.models import Agreement, Contact, Membership
from agreements.permissions import Role
from agreements.rights import forget, today
from agreements.selectors.agreements import status_of
from agreements.selectors.history import agreement_history, annex_history
from agreements.workflow.proposal import confirm_entry
from agreements.workflow.registration import TakenDecision, register_decided
from agreements.workflow.section import save_section
from samverkan.accounts.models import User
from tests.factories import World, as_, decide, decided_before, end_agreement, make_world, submit
from tests.factories.agreements import seat_in


def sharing_a_coordinator(number: int) -> tuple[User, list[World]]:
    """So many worlds in all of which one person is coordinator, with a decided picture and one on its way."""
    worlds = [make_world() for _time in range(number)]
    person = worlds[0].coordinator
    for world in worlds:
        if world is not worlds[0]:
            seat_in(world.agreement, Role.COORDINATOR, person, world.kommun)
        decide(world)
        submit(world)
    forget(person)
    return person, worlds


def warm(client: Client, address: str) -> None:
    """Content types and the like are kept by the process: fetch once before counting."""
    assert client.get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/", 34), ("/overenskommelser/", 18), ("/grupper/", 8)])
def test_lists_cost_the_same_with_one_and_with_three(
    number: int, address: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, _worlds = sharing_a_coordinator(number)
    client = as_(person)
    warm(client, address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_an_agreements_page_costs_the_same_however_many_there_are(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, worlds = sharing_a_coordinator(number)
    client = as_(person)
    address = worlds[0].agreement.get_absolute_url()
    warm(client, address)

    with django_assert_num_queries(40):
        client.get(address)


def test_the_list_tells_how_each_agreement_is(world: World) -> None:
    decide(world)
    submit(world, "3a")

    (row,) = as_(world.coordinator).get("/overenskommelser/").context["rows"]

    assert (row.status, row.in_force, row.on_the_way, row.overdue) == ("draft", 1, 1, 0)


def test_a_reader_is_not_told_of_what_is_on_its_way(world: World) -> None:
    decide(world)
    submit(world, "3a")

    (row,) = as_(world.reader).get("/overenskommelser/").context["rows"]

    assert row.on_the_way == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=draft", 1),
        ("?status=in_force", 0),
        ("?period=2026", 1),
        ("?period=2020", 0),
        ("?q=samverkans", 1),
        ("?q=finns-inte", 0),
        ("?organisation=0", 0),
        ("?organisation=x&period=åå&sida=99", 1),
    ],
)
def test_the_filter_is_in_the_address(world: World, query: str, found: int) -> None:
    page = as_(world.coordinator).get(f"/overenskommelser/{query}")

    assert len(page.context["rows"]) == found


def test_from_an_empty_start_page_one_button_leads_to_the_agreement_with_the_next_date(world: World) -> None:
    group = world.agreement.governing_groups.get(kind="steering")
    group.next_meeting_on = today() + timedelta(days=9)
    group.save()

    page = as_(world.member).get("/").text

    panel = page.partition('<div class="empty">')[2].partition("</div>")[0]
    assert f'href="{world.agreement.get_absolute_url()}">Se överenskommelsen</a>' in panel


def test_a_vacant_seat_is_seen_on_the_agreements_page(world: World) -> None:
    world.agreement.governing_groups.get(kind="steering").seats.create(function="Skolchef", has_mandate=True)

    page = as_(world.member).get(world.agreement.get_absolute_url()).content.decode()

    assert "Skolchef" in page
    assert "Vakant" in page


def test_on_another_day_the_page_shows_what_was_in_force_then(world: World) -> None:
    day = decide(world).effective_from
    address = reverse("agreements:annex_detail", args=[world.agreement.slug, "1"])
    client = as_(world.reader)

    assert "förebygga brott" in client.get(f"{address}?den={day}").content.decode()
    assert "förebygga brott" not in client.get(f"{address}?den={day - timedelta(days=1)}").content.decode()
    assert client.get(f"{address}?den=inte-en-dag").status_code == 200


def test_the_export_has_document_and_hash(world: World) -> None:
    decision = decide(world)

    exported = as_(world.reader).get(reverse("agreements:agreement_export", args=[world.agreement.slug])).json()

    (annex,) = exported["annexes"]
    assert annex["sha256"] == decision.sha256
    assert annex["document"]["blocks"]
    assert [party["registry_number"] for party in exported["parties"]] == [
        world.kommun.registry_number, world.polis.registry_number,
    ]  # fmt: skip


def test_what_is_overdue_is_named_among_the_dates(world: World) -> None:
    day = today() - timedelta(days=90)
    taken = TakenDecision(day, day, "Fastställs.")
    confirm_entry(register_decided(world.picture, taken, by=world.coordinator), by=world.police_coordinator)
    world.agreement.review_months = 1
    world.agreement.save()

    page = as_(world.coordinator).get(world.agreement.get_absolute_url()).content.decode()

    assert page.count("Försenad") == 2, "at the annex, and with its reason among the dates"
    assert "Styrgruppen ska gå igenom lägesbilden" in page


def test_history_tells_who_changed_what_from_what_to_what(world: World) -> None:
    section = world.picture.sections.order_by("position")[0]
    save_section(section, heading="Syfte", body="<p>Ny text.</p>", version=1, by=world.coordinator)

    event = next(event for event in annex_history(world.picture, world.coordinator).events if event.changes)

    assert event.who == str(world.coordinator)
    (change,) = event.changes
    assert change.was.startswith("Parterna arbetar")
    assert change.became == "Ny text."
    assert not annex_history(world.picture, world.reader).events
    assert not agreement_history(world.agreement, world.reader).events


def test_a_coordinator_lets_somebody_in_and_out(world: World) -> None:
    client = as_(world.coordinator)
    client.post(
        reverse("agreements:membership_create", args=[world.agreement.slug]),
        {
            "place": "role:reader", "email": "ny.lasare@example.se", "name": "Ny läsare", "party": world.kommun.pk,
            "capacity": "ordinary", "starts_on": today(),
        },
    )  # fmt: skip
    membership = Membership.objects.get(user__email="ny.lasare@example.se")
    assert as_(membership.user).get(world.agreement.get_absolute_url()).status_code == 200  # type: ignore[arg-type]

    client.post(reverse("agreements:membership_end", args=[world.agreement.slug, membership.pk]), {"ends_on": ""})

    newcomer = User.objects.get(email="ny.lasare@example.se")
    assert as_(newcomer).get(world.agreement.get_absolute_url()).status_code == 404


def test_a_decision_maker_needs_a_party(world: World) -> None:
    group = world.agreement.governing_groups.get(kind="steering")

    response = as_(world.coordinator).post(
        reverse("agreements:membership_create", args=[world.agreement.slug]),
        {
            "place": f"group:{group.pk}", "email": "ny@example.se", "capacity": "decision_maker", "starts_on": today(),
        },
    )  # fmt: skip

    assert response.status_code == 422
    assert not User.objects.filter(email="ny@example.se").exists()


def test_contacts_are_saved_without_a_decision_and_shown_grouped(world: World) -> None:
    url = reverse("agreements:contact_create", args=[world.agreement.slug])
    client = as_(world.communicator)

    bad = client.post(url, {"function": "Kommunpolis", "phone": "ring", "position": 1})
    assert bad.status_code == 422
    client.post(url, {"function": "Kommunpolis", "phone": "0846500400", "position": 1, "party": world.polis.pk})

    assert Contact.objects.get().phone == "+46846500400"
    page = client.get(reverse("agreements:group_detail", args=[world.agreement.slug])).content.decode()
    assert 'href="tel:+46846500400"' in page
    assert "08-465 004 00" in page


def test_a_registry_number_follows_the_organisations_pattern(world: World) -> None:
    organisation = world.polis.organisation
    organisation.registry_number_pattern = r"A\d{3}\.\d{3}/\d{4}"
    organisation.save()
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    page = as_(world.coordinator).get(url)
    form = page.context["form"]
    data = {f"avtal-{name}": "" if form[name].value() is None else form[name].value() for name in form.fields}
    data |= page.context["seen"] | {"avtal-reason": "Nytt nummer", "avtal-is_prepared": "on"}
    for party in (world.kommun, world.polis):
        data |= {f"part-{party.pk}-defined_term": party.defined_term}
        data |= {f"part-{party.pk}-registry_number": party.registry_number}

    wrong = as_(world.coordinator).post(url, data | {f"part-{world.polis.pk}-registry_number": "KS 1"})
    right = as_(world.coordinator).post(url, data | {f"part-{world.polis.pk}-registry_number": "A200.300/2026"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    world.polis.refresh_from_db()
    assert world.polis.registry_number == "A200.300/2026"


def test_groups_and_seats_are_made_by_coordinators(world: World) -> None:
    client = as_(world.coordinator)
    slug = world.agreement.slug
    client.post(
        reverse("agreements:group_create", args=[slug]), {"name": "Skolgruppen", "priority_areas": [world.area.pk]}
    )
    group = world.agreement.governing_groups.get(name="Skolgruppen")
    client.post(reverse("agreements:seat_create", args=[slug, group.pk]), {"function": "Rektor", "is_required": "on"})
    client.post(reverse("agreements:group_edit", args=[slug, group.pk]), {"name": "Skolgruppen", "task": "Skolorna."})

    group.refresh_from_db()
    assert (group.task, [seat.function for seat in group.seats.all()]) == ("Skolorna.", ["Rektor"])


@pytest.mark.django_db
def test_a_long_list_comes_in_pages_that_keep_the_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agreements.views.agreement.ROWS_PER_PAGE", 2)
    person, worlds = sharing_a_coordinator(3)

    first, second = (as_(person).get(f"/overenskommelser/?status=draft&sida={number}") for number in (1, 2))

    pages = [[row.agreement for row in page.context["rows"]] for page in (first, second)]
    assert [len(page) for page in pages] == [2, 1]
    assert {*pages[0], *pages[1]} == {world.agreement for world in worlds}
    assert "?status=draft&amp;sida=2" in first.content.decode()


@pytest.mark.django_db
def test_a_long_worklist_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agreements.views.worklist.ROWS_PER_PAGE", 2)
    person, _worlds = sharing_a_coordinator(3)

    first, second = (as_(person).get(f"/?sida={number}") for number in (1, 2))

    assert [len(page.context["waiting"]) for page in (first, second)] == [2, 1]
    assert 'href="?sida=2"' in first.content.decode()
    assert 'id="vantar"' in first.content.decode()
    assert 'id="vantar"' not in second.content.decode()


@pytest.mark.parametrize(
    ("begins", "ends", "applies", "status"),
    [
        (None, None, None, "draft"),
        (None, None, -1, "in_force"),
        (None, None, 1, "decided_later"),
        (1, None, -1, "decided_later"),
        (-9, 0, -1, "in_force"),
        (-9, -1, -1, "ended"),
        (None, -1, None, "ended"),
    ],
)
def test_an_agreements_status_is_told_by_its_dates(
    world: World, begins: int | None, ends: int | None, applies: int | None, status: str
) -> None:
    days = [None if days is None else today() + timedelta(days=days) for days in (begins, ends)]
    this = Agreement.objects.filter(pk=world.agreement.pk)
    this.update(fixing_rules={"agreement_text": "decision"}, starts_on=days[0])
    if applies == 1:
        decide(world, "0", effective_from=today() + timedelta(days=applies))
    elif applies is not None:
        world.text.agreement.refresh_from_db()
        decided_before(world, "0", today() + timedelta(days=applies))
    if applies is None:
        this.update(ends_on=days[1])
    elif days[1] is not None:
        end_agreement(world, days[1])

    assert status_of(world.agreement, today()) == status
    page = as_(world.coordinator).get(f"/overenskommelser/?status={status}").context["page"]
    assert [row.status for row in page.object_list] == [status]


@pytest.mark.parametrize(("begins", "applies", "told"), [(None, 5, 5), (-300, 5, 5), (2, 5, 5), (9, 5, 9), (9, 0, 9)])
def test_an_agreement_that_is_decided_for_later_says_the_day_on_which_it_begins_to_apply(
    world: World, begins: int | None, applies: int, told: int
) -> None:
    """The later of its own first day and its text's."""
    Agreement.objects.filter(pk=world.agreement.pk).update(
        fixing_rules={"agreement_text": "decision"},
        starts_on=None if begins is None else today() + timedelta(days=begins),
    )
    world.text.agreement.refresh_from_db()
    decide(world, "0", effective_from=today() + timedelta(days=applies))

    text = as_(world.reader).get(world.agreement.get_absolute_url()).content.decode()

    lead = text[text.index('<p class="lead">') :].partition("</p>")[0]
    assert re.findall(r"Gäller från ([^.]+)\.", lead) == [date_format(today() + timedelta(days=told), "j F Y")]
