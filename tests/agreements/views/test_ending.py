"""Through the pages: entered by one party, confirmed by the other, told where the annex is, corrected."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from agreements.models import Ending
from agreements.policies.ending import may_dispute
from agreements.rights import today
from agreements.workflow.agreement import PartyFacts, add_party
from agreements.workflow.ending import confirm_ending
from tests.agreements.views.test_settings import settings_data
from tests.factories import World, as_, decide, decided_before, end, end_agreement, entered_ending, make_organisation

DAY = timedelta(days=1)


def test_an_annex_ends_by_a_decision_that_both_parties_name(world: World) -> None:
    decided_before(world, "3a", today() - 30 * DAY)
    decision = decide(world)
    url = reverse("agreements:annex_end", args=[world.agreement.slug, "3a"])
    assert as_(world.coordinator).get(url).status_code == 200

    response = as_(world.coordinator).post(
        url, {"decision": decision.pk, "ends_on": today(), "because": "Området är inte längre prioriterat."}
    )

    ending = Ending.objects.get()
    assert response["Location"] == ending.get_absolute_url()
    tomorrow = f"{world.agreement.get_absolute_url()}?den={today() + DAY}"
    rows = as_(world.reader).get(tomorrow).context["rows"]
    assert [row.has_ended for row in rows if row.annex.number == "3a"] == [False]

    assert "Bekräfta" in as_(world.police_coordinator).get(ending.get_absolute_url()).content.decode()
    as_(world.police_coordinator).post(reverse("agreements:ending_confirm", args=[ending.pk]))

    rows = as_(world.reader).get(tomorrow).context["rows"]
    assert [row.has_ended for row in rows if row.annex.number == "3a"] == [True]


@pytest.mark.parametrize(
    ("days", "field"), [(-1, "ends_on"), (4, "ends_on")], ids=["before the decision", "before it applies"]
)
def test_a_day_that_cannot_be_the_last_is_told_on_its_field(world: World, days: int, field: str) -> None:
    decision = decide(world, "3a", effective_from=today() + 5 * DAY)
    url = reverse("agreements:annex_end", args=[world.agreement.slug, "3a"])

    response = as_(world.coordinator).post(
        url, {"decision": decision.pk, "ends_on": today() + days * DAY, "because": "Inte prioriterat."}
    )

    assert response.status_code == 422
    assert response.context["form"][field].errors
    assert "Inte prioriterat." in response.content.decode()
    assert not Ending.objects.exists()


def test_an_older_decision_is_not_offered(world: World) -> None:
    older = decided_before(world, "1", today() - 40 * DAY)
    decided_before(world, "3a", today() - 30 * DAY)
    url = reverse("agreements:annex_end", args=[world.agreement.slug, "3a"])
    data = {"decision": older.pk, "ends_on": today(), "because": "Inte prioriterat."}

    response = as_(world.coordinator).post(url, data)

    assert older not in response.context["form"].fields["decision"].queryset
    assert response.context["form"]["decision"].errors


def test_what_waits_is_told_to_those_who_take_part_and_what_holds_to_every_reader(world: World) -> None:
    ending = entered_ending(world, "3a", today() + 7 * DAY)
    pages = (world.plan.get_absolute_url(), world.agreement.get_absolute_url())

    for url in pages:
        assert "väntar på bekräftelse" in as_(world.anna).get(url).content.decode()
        assert "väntar på bekräftelse" not in as_(world.reader).get(url).content.decode()
    assert as_(world.reader).get(ending.get_absolute_url()).status_code == 404
    confirm_ending(ending, by=world.police_coordinator)

    for url in pages:
        assert "pphör den" in as_(world.reader).get(url).content.decode()
    assert as_(world.reader).get(ending.get_absolute_url()).status_code == 200
    assert as_(world.cia).get(ending.get_absolute_url()).status_code == 404


def test_a_dispute_says_why_and_the_annex_goes_on(world: World) -> None:
    ending = entered_ending(world, "3a", today())
    url = reverse("agreements:ending_dispute", args=[ending.pk])
    client = as_(world.police_coordinator)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert as_(world.coordinator).post(url, {"reason": "Nej."}).status_code == 403

    client.post(url, {"reason": "Området är kvar."})

    assert "Området är kvar." in as_(world.coordinator).get(ending.get_absolute_url()).content.decode()
    world.plan.refresh_from_db()
    assert world.plan.ends_on is None


def test_a_wrong_day_is_corrected_and_both_entries_stay_to_be_seen(world: World) -> None:
    end(world, "3a", today() - DAY)
    first = Ending.objects.get()
    client = as_(world.coordinator)
    url = reverse("agreements:annex_end", args=[world.agreement.slug, "3a"])
    assert url in client.get(first.get_absolute_url()).content.decode()

    client.post(url, {"decision": first.decision_id, "ends_on": today() + DAY, "because": "Fel dag."})
    second = Ending.objects.exclude(pk=first.pk).get()
    as_(world.police_coordinator).post(reverse("agreements:ending_confirm", args=[second.pk]))

    assert second.get_absolute_url() in as_(world.reader).get(first.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in as_(world.reader).get(second.get_absolute_url()).content.decode()
    assert as_(world.reader).get(world.plan.get_absolute_url()).context["reading"].status == "in_force"


@pytest.mark.parametrize("name", ["ending_confirm", "ending_withdraw"])
def test_no_link_answers(world: World, name: str) -> None:
    assert as_(world.coordinator).get(reverse(f"agreements:{name}", args=[1])).status_code == 405


def test_with_three_parties_it_says_that_every_other_one_confirms(world: World) -> None:
    decided_before(world, "3a", today() - 30 * DAY)
    decision = decide(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # decided before the third came
    add_party(
        world.agreement, PartyFacts(make_organisation("Grannkommunen"), "Grannen"), position=3, by=world.coordinator
    )
    url, client = reverse("agreements:annex_end", args=[world.agreement.slug, "3a"]), as_(world.coordinator)

    assert "Alla andra parter bekräftar det först." in client.get(url).content.decode()
    data = {"decision": decision.pk, "ends_on": today(), "because": "Området är inte längre prioriterat."}
    page = client.post(url, data, follow=True).content.decode()

    assert "Bilagan upphör när alla andra parter har bekräftat det." in page
    own = may_dispute(world.coordinator, Ending.objects.get())
    assert str(own.reason) == "Din egen part förde in det här. Alla andra parter bekräftar det."


def test_a_whole_agreement_ends_by_a_page_that_the_other_party_confirms(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    page, url = world.agreement.get_absolute_url(), reverse("agreements:agreement_end", args=[world.agreement.slug])
    client = as_(world.coordinator)
    assert url in client.get(page).content.decode()
    assert url not in as_(world.anna).get(page).content.decode()
    assert client.post(url, {"ground": "terminated", "ends_on": "", "because": "Uppsagd."}).status_code == 422
    assert not Ending.objects.exists()

    response = client.post(url, {"ground": "terminated", "ends_on": today(), "because": "Kommunen sade upp."})

    ending = Ending.objects.get()
    assert response["Location"] == ending.get_absolute_url()
    assert "väntar på bekräftelse" in as_(world.anna).get(page).content.decode()
    assert ending.get_absolute_url() not in as_(world.reader).get(page).content.decode()
    assert as_(world.reader).get(ending.get_absolute_url()).status_code == 404
    shown = as_(world.police_coordinator).get(ending.get_absolute_url()).content.decode()
    assert "<h1>Upphör överenskommelsen?</h1>" in shown
    assert "Kommunen sade upp." in shown
    assert "En part har sagt upp" in shown
    as_(world.police_coordinator).post(reverse("agreements:ending_confirm", args=[ending.pk]))

    assert ending.get_absolute_url() in as_(world.reader).get(page).content.decode()
    assert as_(world.reader).get(ending.get_absolute_url()).status_code == 200
    assert as_(world.cia).get(ending.get_absolute_url()).status_code == 404
    rows = as_(world.reader).get(f"{page}?den={today() + DAY}").context["rows"]
    assert [row.has_ended for row in rows if row.annex.number == "1"] == [True]


@pytest.mark.parametrize(("name", "status"), [("anna", 403), ("registrar", 403), ("cia", 404), ("nils", 404)])
def test_nobody_but_a_coordinator_ends_an_agreement(world: World, name: str, status: int) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    end(world, "3a", today())
    for url in (
        reverse("agreements:agreement_end", args=[world.agreement.slug]),
        reverse("agreements:annex_go_on", args=[world.agreement.slug, "3a"]),
    ):
        client = as_(getattr(world, name))
        assert (client.get(url).status_code, client.post(url, {"reason": "Ja."}).status_code) == (status, status)


def test_what_goes_on_is_offered_where_there_is_a_last_day(world: World) -> None:
    decided_before(world, "1", today() - 30 * DAY)
    url, client = reverse("agreements:agreement_end", args=[world.agreement.slug]), as_(world.coordinator)
    grounds = {value for value, _label in client.get(url).context["form"].fields["ground"].choices}
    assert grounds == {"", "terminated", "expired", "agreed", "replaced"}

    end_agreement(world, today())
    form = client.get(url).context["form"]
    assert {value for value, _label in form.fields["ground"].choices} - grounds == {"prolonged", "called_off"}
    earlier = client.post(url, {"ground": "prolonged", "ends_on": today() - DAY, "because": "Förlängs."})
    assert earlier.context["form"]["ends_on"].errors
    client.post(url, {"ground": "called_off", "ends_on": "", "because": "Parterna fortsätter."})

    ending = Ending.objects.get(ground="called_off")
    page = as_(world.police_coordinator).get(ending.get_absolute_url()).content.decode()
    assert "<h1>Stämmer det? Överenskommelsen upphör inte trots allt</h1>" in page
    assert "ingen, den gäller tills vidare" in page


def test_an_annex_goes_on_after_all_by_a_page(world: World) -> None:
    first = end(world, "3a", today()).endings.get()
    url, client = reverse("agreements:annex_go_on", args=[world.agreement.slug, "3a"]), as_(world.coordinator)
    for page in (world.plan, first):
        assert url in client.get(page.get_absolute_url()).content.decode()

    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "Området är kvar."})

    ending = Ending.objects.get(ground="called_off")
    assert "inte upphör trots allt" in as_(world.anna).get(world.plan.get_absolute_url()).content.decode()
    as_(world.police_coordinator).post(reverse("agreements:ending_confirm", args=[ending.pk]))
    assert "Bilagan upphör" not in as_(world.reader).get(world.plan.get_absolute_url()).content.decode()
    assert ending.get_absolute_url() in as_(world.reader).get(first.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 403


def test_the_settings_ask_for_the_last_day_while_the_agreement_is_drafted(world: World) -> None:
    url, client = reverse("agreements:agreement_edit", args=[world.agreement.slug]), as_(world.coordinator)
    assert "ends_on" in client.get(url).context["form"].fields
    typed = settings_data(world, **{"avtal-ends_on": "2031-05-01"})
    decided_before(world, "1", today() - 30 * DAY)

    page = client.get(url)
    assert "ends_on" not in page.context["form"].fields
    assert reverse("agreements:agreement_end", args=[world.agreement.slug]) in page.content.decode()
    refused = client.post(url, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["__all__"])
    assert client.post(url, settings_data(world, **{"avtal-title": "Ny titel"})).status_code == 302
    world.agreement.refresh_from_db()
    assert (world.agreement.title, world.agreement.ends_on) == ("Ny titel", None)
    end_agreement(world, today())
    late = client.post(url, settings_data(world, **{"avtal-starts_on": today() + DAY}))
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["starts_on"])
