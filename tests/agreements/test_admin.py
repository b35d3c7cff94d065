"""Organisations as administrators keep them: each name with its time, each agreement the names of its day (R165)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.management.demo.people import administrators
from agreements.models import Affiliation, Organisation, OrganisationKind
from agreements.pdf.filling import imprint
from agreements.rights import today
from tests.factories import World, as_, make_organisation, make_user

EMPTY = {
    "names-TOTAL_FORMS": "0",
    "names-INITIAL_FORMS": "0",
    "names-MIN_NUM_FORMS": "0",
    "names-MAX_NUM_FORMS": "1000",
}


@pytest.fixture
def admin(db: None) -> Client:
    user = make_user("Administratör", is_staff=True)
    user.groups.add(administrators())
    return as_(user)


def facts(organisation: Organisation, **extra: object) -> dict[str, object]:
    names = ("name", "kind", "org_number", "postal_street", "postal_code", "postal_city")
    return EMPTY | {name: getattr(organisation, name) for name in names} | extra


def change(admin: Client, organisation: Organisation, **extra: object) -> int:
    """Write the organisation with ``extra``; 302 when it was saved, 200 when something has to be put right."""
    url = reverse("admin:agreements_organisation_change", args=[organisation.pk])
    return admin.post(url, facts(organisation, **extra)).status_code


def test_an_organisation_is_made_and_needs_a_right_number(admin: Client) -> None:
    url = reverse("admin:agreements_organisation_add")
    new = EMPTY | {"name": "Sjöviks kommun", "kind": OrganisationKind.MUNICIPALITY, "postal_code": "12345"}
    assert b"renamed_on" not in admin.get(url).content

    assert admin.post(url, new | {"org_number": "219900-1178"}).status_code == 200
    assert admin.post(url, new | {"org_number": "219900-1179"}).status_code == 302
    assert admin.post(url, new | {"org_number": "219900-1179", "name": "Sjöviks skolor"}).status_code == 302

    assert [row.postal_code for row in Organisation.objects.filter(org_number="219900-1179")] == ["123 45", "123 45"]


def test_a_new_name_keeps_the_old_one_for_the_days_before(admin: Client, world: World) -> None:
    organisation = world.polis.organisation
    old, day = organisation.name, today() - timedelta(days=30)

    assert change(admin, organisation, name="Lokalpolisområde Nytt", renamed_on=day) == 302

    organisation.refresh_from_db()
    assert organisation.name_on(day - timedelta(days=1)) == old
    assert organisation.name_on(day) == "Lokalpolisområde Nytt"
    assert [party.name for party in imprint(world.agreement, day - timedelta(days=1)).parties][1] == old
    assert [party.name for party in imprint(world.agreement, today()).parties][1] == "Lokalpolisområde Nytt"


def test_names_follow_each_other_without_a_gap(admin: Client) -> None:
    organisation = make_organisation("Första")
    first, second = today() - timedelta(days=20), today() - timedelta(days=10)

    change(admin, organisation, name="Andra", renamed_on=first)
    organisation.refresh_from_db()
    kept = organisation.names.get()
    rows = EMPTY | {
        "names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "1", "names-0-id": kept.pk, "names-0-name": kept.name,
        "names-0-organisation": organisation.pk, "names-0-valid_to": kept.valid_to,
    }  # fmt: skip
    assert change(admin, organisation, name="Tredje", renamed_on=second, **rows) == 302

    organisation.refresh_from_db()
    days = (first - timedelta(days=1), first, second - timedelta(days=1), second)
    assert [organisation.name_on(day) for day in days] == ["Första", "Andra", "Andra", "Tredje"]


def test_a_corrected_spelling_leaves_no_former_name(admin: Client) -> None:
    organisation = make_organisation("Sjövicks kommun")
    assert change(admin, organisation, name="Sjöviks kommun") == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.names.count()) == ("Sjöviks kommun", 0)


@pytest.mark.parametrize(("name", "days"), [("Ny kommun", 1), ("", 0)], ids=["not yet", "no new name"])
def test_a_day_without_a_new_name_or_in_the_future_is_refused(admin: Client, name: str, days: int) -> None:
    organisation = make_organisation("Sjöviks kommun")
    day = today() + timedelta(days=days)
    assert change(admin, organisation, name=name or organisation.name, renamed_on=day) == 200
    organisation.refresh_from_db()
    assert (organisation.name, organisation.names.count()) == ("Sjöviks kommun", 0)


@pytest.mark.parametrize(("until", "status"), [(date(2019, 12, 31), 302), (date(2020, 1, 1), 200)])
def test_two_names_never_hold_on_the_same_day(admin: Client, until: date, status: int) -> None:
    organisation = make_organisation("Sjöviks kommun")
    rows = {
        "names-TOTAL_FORMS": "2",
        "names-0-name": "Sjövik", "names-0-valid_to": until,
        "names-1-name": "Sjöviks köping", "names-1-valid_from": date(2020, 1, 1), "names-1-valid_to": date(2021, 1, 1),
    }  # fmt: skip
    assert change(admin, organisation, **rows) == status


@pytest.mark.parametrize(("until", "status"), [(21, 302), (20, 200), (None, 200)])
def test_the_name_given_up_follows_the_names_written_beside(admin: Client, until: int | None, status: int) -> None:
    organisation = make_organisation("Sjöviks kommun")
    rows = {
        "names-TOTAL_FORMS": "1", "names-0-name": "Sjövik",
        "names-0-valid_to": "" if until is None else today() - timedelta(days=until),
    }  # fmt: skip
    day = today() - timedelta(days=19)

    assert change(admin, organisation, name="Sjöviks stad", renamed_on=day, **rows) == status


def test_the_agreements_page_has_the_names_of_its_day(world: World, admin: Client) -> None:
    organisation = world.polis.organisation
    old, day = organisation.name, today() - timedelta(days=30)
    change(admin, organisation, name="Lokalpolisområde Nytt", renamed_on=day)
    url = world.agreement.get_absolute_url()

    now = as_(world.coordinator).get(url).context["parties"]
    then = as_(world.coordinator).get(url, {"den": (day - timedelta(days=1)).isoformat()}).context["parties"]

    assert [name for _party, name in now][1] == "Lokalpolisområde Nytt"
    assert [name for _party, name in then][1] == old


def test_organisations_come_in_swedish_order_by_whichever_heading(admin: Client) -> None:
    names = ["alby", "Boden", "Éksta", "Eksö", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro", "östhammar"]
    for name in sorted(names):
        unit = make_organisation(f"Enhet i {name}", OrganisationKind.OTHER)
        Organisation.objects.filter(pk=unit.pk).update(belongs_to=make_organisation(name))

    def listed(query: str) -> list[str]:
        url = reverse("admin:agreements_organisation_changelist")
        return [row.name for row in admin.get(f"{url}?{query}").context["cl"].result_list]

    units = [f"Enhet i {name}" for name in names]
    assert listed("kind__exact=municipality") == names
    assert listed("kind__exact=municipality&o=-1") == names[::-1]
    assert listed("kind__exact=other&o=4") == units


def test_affiliations_come_by_the_person(admin: Client) -> None:
    names = ["anna", "Édith", "Edvin", "Åsa", "Ärla", "örjan", "Östen"]
    organisation = make_organisation()
    for name in sorted(names):
        Affiliation.objects.create(user=make_user(name), organisation=organisation, title=f"{name}s titel")

    def listed(query: str) -> list[str]:
        url = reverse("admin:agreements_affiliation_changelist")
        return [row.user.name for row in admin.get(f"{url}?{query}").context["cl"].result_list]

    assert listed("") == names
    assert listed("o=1") == names
    assert listed("o=3") == names


def test_an_organisation_that_succeeds_itself_is_told(admin: Client) -> None:
    organisation = make_organisation("Sjöviks kommun", OrganisationKind.MUNICIPALITY)
    url = reverse("admin:agreements_organisation_change", args=[organisation.pk])

    response = admin.post(url, facts(organisation, successor=organisation.pk))

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {
        "successor": ["En organisation kan inte efterträda sig själv."]
    }


def test_a_period_that_runs_backwards_is_told_on_its_last_day(admin: Client) -> None:
    organisation, told = make_organisation(), {"Slutdatum kan inte vara före startdatum."}
    backwards = {"starts_on": "2026-03-01", "ends_on": "2026-02-01"}

    affiliation = admin.post(
        reverse("admin:agreements_affiliation_add"),
        {"user": make_user().pk, "organisation": organisation.pk, "title": ""} | backwards,
    )
    named = admin.post(
        reverse("admin:agreements_organisation_change", args=[organisation.pk]),
        facts(organisation)
        | {"names-TOTAL_FORMS": "1", "names-0-name": "Förr", "names-0-organisation": organisation.pk}
        | {"names-0-valid_from": "2026-03-01", "names-0-valid_to": "2026-02-01"},
    )

    assert set(affiliation.context["adminform"].form.errors["ends_on"]) == told
    assert set(named.context["inline_admin_formsets"][0].formset.errors[0]["valid_to"]) == told
