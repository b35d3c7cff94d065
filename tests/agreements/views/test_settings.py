"""Making an agreement, and its settings."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from lxml import html as lxml_html
from pytest_django.asserts import assertNotContains

from agreements.management.demo.people import administrators
from agreements.models import Agreement, Membership
from agreements.permissions import Role
from agreements.workflow.agreement import PartyFacts, add_party
from samverkan.accounts.models import User
from tests.factories import World, as_, make_organisation, make_user, submit

URL = "/ny-overenskommelse/"


@pytest.fixture
def admin(db: None) -> User:
    user = make_user("Administratör", is_staff=True)
    user.groups.add(administrators())
    return user


def data_for(*organisations: object, **extra: str) -> dict[str, object]:
    data: dict[str, object] = {
        "title": "Lokal samverkansöverenskommelse Sjövik", "level": "local", "parter-INITIAL_FORMS": "0",
        "parter-TOTAL_FORMS": str(len(organisations)), "parter-MIN_NUM_FORMS": "2", "parter-MAX_NUM_FORMS": "8",
    }  # fmt: skip
    for at, organisation in enumerate(organisations):
        data |= {
            f"parter-{at}-organisation": organisation.pk,  # type: ignore[attr-defined]
            f"parter-{at}-defined_term": f"Part {at}",
            f"parter-{at}-registry_number": f"KS 2026/{at}",
            f"parter-{at}-coordinator": f"samordnare.{at}@example.se",
            f"parter-{at}-coordinator_name": f"Samordnare {at}",
            f"parter-{at}-coordinator_title": "Säkerhetssamordnare",
        }
    return data | extra


def test_an_administrator_makes_an_agreement_and_lets_in_the_coordinators(admin: User) -> None:
    first, second = make_organisation(), make_organisation()

    assert as_(admin).get(URL).status_code == 200
    assert as_(admin).post(URL, data_for(first, second)).status_code == 302

    agreement = Agreement.objects.get(slug="lokal-samverkansoverenskommelse-sjovik")
    assert [party.organisation for party in agreement.parties.all()] == [first, second]
    coordinators = Membership.objects.filter(role_group__agreement=agreement, role_group__role=Role.COORDINATOR)
    assert {m.user.email for m in coordinators if m.user} == {"samordnare.0@example.se", "samordnare.1@example.se"}
    invited = User.objects.get(email="samordnare.1@example.se")
    assert (invited.name, invited.title) == ("Samordnare 1", "Säkerhetssamordnare")
    assert as_(User.objects.get(email="samordnare.0@example.se")).get(agreement.get_absolute_url()).status_code == 200
    assert as_(admin).get(agreement.get_absolute_url()).status_code == 404, "makes it, but reads nothing in it"


def test_three_parties_and_a_second_agreement_with_the_same_title(admin: User) -> None:
    organisations = [make_organisation() for _time in range(3)]

    for _time in range(2):
        as_(admin).post(URL, data_for(*organisations))

    assert Agreement.objects.filter(slug__startswith="lokal-samverkansoverenskommelse-sjovik").count() == 2
    assert Agreement.objects.get(slug__endswith="-2").parties.count() == 3


def sent_again(page: Any) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    whole: Any = lxml_html.document_fromstring(page.content)
    (form,) = whole.get_element_by_id("innehall").iter("form")
    return {name: value or "" for name, value in form.fields.items() if name != "csrfmiddlewaretoken"}


def test_one_party_more_keeps_what_was_typed_and_makes_nothing(admin: User) -> None:
    first, second, third = (make_organisation() for _time in range(3))
    typed = data_for(first, second, **{"starts_on": "2027-01-01", "parter-1-coordinator": "ingen adress", "title": ""})
    page = as_(admin).post(URL, typed | {"one_more": "1"})

    assert page.status_code == 200
    assertNotContains(page, "aria-invalid")
    sent = sent_again(page)
    assert {name: str(value) for name, value in typed.items()} | {"parter-TOTAL_FORMS": "3"} == {
        name: value for name, value in sent.items() if name in typed
    }
    assert {value for name, value in sent.items() if name.startswith("parter-2-")} == {""}
    assert not Agreement.objects.exists()

    row = {name: value for name, value in data_for(first, second, third).items() if "-2-" in name}
    whole = sent | row | {"title": "Tre parter", "parter-1-coordinator": "ny@example.se"}
    assert as_(admin).post(URL, whole).status_code == 302
    assert [party.organisation for party in Agreement.objects.get().parties.all()] == [first, second, third]


def test_an_empty_third_party_is_left_out(admin: User) -> None:
    page = as_(admin).post(URL, data_for(make_organisation(), make_organisation()) | {"one_more": "1"})
    assert as_(admin).post(URL, sent_again(page)).status_code == 302
    assert Agreement.objects.get().parties.count() == 2


def test_no_more_parties_are_offered_than_there_may_be(admin: User) -> None:
    organisations = [make_organisation() for _time in range(8)]
    page = as_(admin).post(URL, data_for(*organisations[:7]) | {"one_more": "1"})
    assert sent_again(page)["parter-TOTAL_FORMS"] == "8"
    assertNotContains(page, 'name="one_more"')
    page = as_(admin).post(URL, data_for(*organisations) | {"one_more": "1"})
    assert sent_again(page)["parter-TOTAL_FORMS"] == "8"


@pytest.mark.parametrize("wrong", ["one", "twice", "no-mail", "no-name"])
def test_a_party_too_few_or_twice_is_told(admin: User, wrong: str) -> None:
    first, second = make_organisation(), make_organisation()
    data = {
        "one": data_for(first),
        "twice": data_for(first, first),
        "no-mail": data_for(first, second, **{"parter-1-coordinator": "ingen adress"}),
        "no-name": data_for(first, second, **{"parter-1-coordinator_name": ""}),
    }[wrong]

    response = as_(admin).post(URL, data)

    assert response.status_code == 422
    assert not Agreement.objects.exists()


def test_somebody_with_an_account_needs_no_name_and_keeps_the_one_there_is(admin: User) -> None:
    known = make_user("Dora Exempel", title="Chef")
    data = data_for(make_organisation(), make_organisation())
    data |= {"parter-1-coordinator": known.email.upper(), "parter-1-coordinator_name": ""}

    assert as_(admin).post(URL, data).status_code == 302

    known.refresh_from_db()
    assert (known.name, known.title) == ("Dora Exempel", "Chef")
    assert Membership.objects.filter(user=known, role_group__role=Role.COORDINATOR).exists()


def test_nobody_else_makes_agreements(world: World, client: Client) -> None:
    for person in (world.coordinator, world.anna, world.nils):
        assert as_(person).get(URL).status_code == 403
    assert Permission.objects.filter(codename="add_agreement").exists()


def settings_data(world: World, **extra: object) -> dict[str, object]:
    """What the settings form holds now, with ``extra`` instead."""
    page = as_(world.coordinator).get(reverse("agreements:agreement_edit", args=[world.agreement.slug]))
    data: dict[str, object] = dict(page.context["seen"])
    for form in (page.context["form"], page.context["participant"], *page.context["forms"]):
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False:
                data[form.add_prefix(name)] = "on" if value is True else value
    return data | {"avtal-reason": "Ny rutin"} | extra


def test_settings_are_changed_with_a_reason_and_kept_in_the_history(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    nearby = make_organisation("Bostadsbolaget")
    data = settings_data(
        world,
        **{
            "avtal-review_months": "4",
            "avtal-label_priority_area": "fokusområde",
            "avtal-label_the_priority_area": "fokusområdet",
            "avtal-label_priority_areas": "fokusområden",
            "avtal-fixed_communication_plan": "signatures",
            "medverkande-organisation": nearby.pk,
            f"part-{world.kommun.pk}-registry_number": "KS 2026/9",
        },
    )

    response = as_(world.coordinator).post(url, data)

    assert response.status_code == 302
    agreement = Agreement.objects.get(pk=world.agreement.pk)
    assert agreement.review_months == 4
    assert agreement.words["the_priority_area"] == "fokusområdet"
    assert agreement.fixed_by("communication_plan") == "signatures"
    assert agreement.fixed_by("situational_picture") == "decision"
    assert [str(row) for row in agreement.participants.all()] == ["Bostadsbolaget"]
    for changed in (agreement, world.kommun, agreement.participants.get()):
        line = changed.history.first()
        assert (line.history_user, line.history_change_reason) == (world.coordinator, "Ny rutin")


def test_how_texts_are_fixed_does_not_change_while_one_is_on_its_way(world: World) -> None:
    submit(world)
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    rules = Agreement.objects.get(pk=world.agreement.pk).fixing_rules

    bad = as_(world.coordinator).post(url, settings_data(world, **{"avtal-fixed_communication_plan": "signatures"}))
    assert bad.status_code == 422
    assert "En version är på väg." in bad.content.decode()
    assert Agreement.objects.get(pk=world.agreement.pk).fixing_rules == rules

    unprepared = settings_data(world)
    del unprepared["avtal-is_prepared"]
    assert as_(world.coordinator).post(url, unprepared).status_code == 422
    assert Agreement.objects.get(pk=world.agreement.pk).is_prepared

    other = settings_data(world, **{"avtal-review_months": "4"})
    assert as_(world.coordinator).post(url, other).status_code == 302, "other settings do"


def test_a_word_has_all_its_forms_or_none(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    half = settings_data(world, **{"avtal-label_agreement": "samverkansavtal"})
    bad = as_(world.coordinator).post(url, half)

    assert bad.status_code == 422
    assert list(bad.context["form"].errors) == ["label_the_agreement"]
    assert "samverkansavtal" in bad.content.decode(), "what was written is still there"

    whole = half | {"avtal-label_the_agreement": " samverkansavtalet "}
    assert as_(world.coordinator).post(url, whole).status_code == 302
    assert Agreement.objects.get(pk=world.agreement.pk).labels == {
        "agreement": "samverkansavtal",
        "the_agreement": "samverkansavtalet",
    }
    page = as_(world.coordinator).get(url).content.decode()
    assert "Inställningar för samverkansavtalet" in page


def test_an_organisation_takes_part_and_no_longer_does(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    nearby = make_organisation("Bostadsbolaget")
    client = as_(world.coordinator)
    assert client.post(url, settings_data(world, **{"medverkande-organisation": nearby.pk})).status_code == 302
    participant = world.agreement.participants.get()

    assert client.post(url, settings_data(world, **{"medverkande-gone": [participant.pk]})).status_code == 302

    assert not world.agreement.participants.exists()
    assert participant.history.filter(history_type="-").get().history_user == world.coordinator


def test_a_party_does_not_take_part_without_signing(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    data = settings_data(world, **{"medverkande-organisation": world.polis.organisation_id})
    assert as_(world.coordinator).post(url, data).status_code == 422


def test_agreements_that_are_not_mine_are_no_predecessors(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    choices = as_(world.coordinator).get(url).context["form"].fields["predecessor"].queryset
    assert list(choices) == []
    assert (
        as_(world.coordinator).post(url, settings_data(world, **{"avtal-predecessor": world.other.pk})).status_code
        == 422
    )

    Agreement.objects.filter(pk=world.agreement.pk).update(predecessor=world.other)
    assert as_(world.coordinator).post(url, settings_data(world)).status_code == 302, "what is there can stay"


def test_two_parties_with_one_term_are_told_and_may_change_terms_with_each_other(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    first, second = f"part-{world.kommun.pk}-defined_term", f"part-{world.polis.pk}-defined_term"

    bad = as_(world.coordinator).post(url, settings_data(world, **{second: "kommunen"}))
    assert bad.status_code == 422
    assert [list(form.errors) for form in bad.context["forms"]] == [[], ["defined_term"]]

    swapped = settings_data(world, **{first: "Polisen", second: "Kommunen"})
    assert as_(world.coordinator).post(url, swapped).status_code == 302
    assert [party.defined_term for party in world.agreement.parties.all()] == ["Polisen", "Kommunen"]


def test_an_agreement_that_ends_before_it_begins_is_told_on_the_field(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    bad = as_(world.coordinator).post(url, settings_data(world, **{"avtal-ends_on": "2020-01-01"}))
    assert (bad.status_code, dict(bad.context["form"].errors)) == (
        422,
        {"ends_on": ["Slutdatum kan inte vara före startdatum."]},
    )


def test_a_colleagues_change_meanwhile_is_told_and_not_undone_unawares(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    number = f"part-{world.polis.pk}-registry_number"
    mine = settings_data(world, **{"avtal-title": "Ny titel", "avtal-review_months": "3"})
    theirs = {
        "avtal-ends_on": "2031-05-01",
        "avtal-review_months": "4",
        "avtal-fixed_communication_plan": "signatures",
        "avtal-is_prepared": "",
        number: "A200.300/2026",
    }
    assert as_(world.police_coordinator).post(url, settings_data(world, **theirs)).status_code == 302
    before = Agreement.objects.get(pk=world.agreement.pk)

    response = as_(world.coordinator).post(url, mine)

    page = response.content.decode()
    assert response.status_code == 422
    assert Agreement.objects.get(pk=world.agreement.pk).title == before.title, "nothing is saved yet"
    assert "Någon annan har ändrat inställningarna sedan du öppnade sidan." in page
    form, forms = response.context["form"], response.context["forms"]
    assert set(form.errors) == {"ends_on", "review_months", "fixed_communication_plan", "is_prepared"}
    assert [list(each.errors) for each in forms] == [[], ["registry_number"]]
    for now in ("1 maj 2031", "4", "alla parters underskrifter", "nej", "A200.300/2026"):
        assert f"Någon annan har ändrat det här under tiden. Nu står det: {now}" in page
    assert 'value="Ny titel"' in page
    assert 'value="3"' in page, "what I typed is not replaced"

    again = mine | {"avtal-ends_on": form["ends_on"].value(), number: forms[1]["registry_number"].value()}
    again |= {"avtal-fixed_communication_plan": "signatures", "avtal-is_prepared": ""} | response.context["seen"]
    assert as_(world.coordinator).post(url, again).status_code == 302
    after = Agreement.objects.get(pk=world.agreement.pk)
    assert (after.title, str(after.ends_on), after.review_months) == ("Ny titel", "2031-05-01", 3)
    assert (after.is_prepared, after.fixed_by("communication_plan")) == (False, "signatures")
    world.polis.refresh_from_db()
    assert world.polis.registry_number == "A200.300/2026"


def test_the_same_change_by_two_is_no_conflict(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    mine = settings_data(world, **{"avtal-ends_on": "2031-05-01"})
    assert as_(world.police_coordinator).post(url, settings_data(world, **mine)).status_code == 302

    assert as_(world.coordinator).post(url, mine).status_code == 302


def test_a_page_without_what_was_seen_overwrites_nothing_unawares(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    data = settings_data(world, **{"avtal-title": "Ny titel"})

    blind = as_(world.coordinator).post(url, {name: value for name, value in data.items() if "sett-" not in name})

    assert (blind.status_code, list(blind.context["form"].errors)) == (422, ["title"])


def test_a_party_that_joined_meanwhile_stands_on_the_page_as_it_is(world: World) -> None:
    url = reverse("agreements:agreement_edit", args=[world.agreement.slug])
    mine = settings_data(world, **{"avtal-title": "Ny titel"})
    facts = PartyFacts(make_organisation("Grannkommunen"), "Grannen")
    add_party(world.agreement, facts, position=3, by=world.police_coordinator)

    response = as_(world.coordinator).post(url, mine)

    assert response.status_code == 422
    joined = response.context["forms"][2]
    assert joined.errors == {"defined_term": ["Någon annan har ändrat det här under tiden. Nu står det: Grannen"]}
    assert joined["defined_term"].value() == "Grannen"
