"""Sending several annexes: one sees of each what one sees when it is sent alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agreements.models import Annex, Membership, Proposal
from agreements.rights import today
from tests.factories import World, as_, decide, submit


def write(annex: Annex, body: str) -> str:
    """Write in the first section; returns the address of that place in the editor."""
    section = annex.sections.order_by("position")[0]
    section.body = body
    section.save()
    return f"{reverse('agreements:annex_edit', args=[annex.agreement.slug, annex.number])}#avsnitt-{section.pk}"


def url(world: World, *numbers: str) -> str:
    chosen = "&".join(f"bilaga={number}" for number in numbers)
    return f"{reverse('agreements:matter_create', args=[world.agreement.slug])}?{chosen}"


def sent(*numbers: str) -> dict[str, object]:
    data: dict[str, object] = {"bilagor": list(numbers), "skicka": "1", "arende-title": "Våren"}
    for number in numbers:
        data |= {
            f"bilaga-{number}-change_summary": "Ändrat.",
            f"bilaga-{number}-proposed_decision": f"Fastställs {number}.",
            f"bilaga-{number}-warnings_answered": "on",
        }
    return data


def test_each_annex_of_a_matter_shows_its_findings_with_their_places(world: World) -> None:
    wrong = write(world.picture, "<p>Se anmälan 5000-K123456-20.</p>")
    doubtful = write(world.plan, "<p>Ring 070-174 06 05.</p>")

    page = as_(world.coordinator).get(url(world, "1", "3a")).content.decode()

    assert f'<a href="{wrong}">Det här är' in page
    assert f'<a href="{doubtful}">' in page
    assert "Rätta först felen i Bilaga 1 Gemensam lokal lägesbild." in page
    assert 'name="skicka"' not in page


def test_a_number_in_the_title_leads_to_where_the_title_is_written(world: World) -> None:
    world.picture.geographic_scope = "Hos 880320-0016"
    world.picture.save()
    arguments = [world.agreement.slug, "1"]
    place = f'<a href="{reverse("agreements:annex_describe", args=arguments)}">'
    for name in ("annex_check", "submission_create"):
        page = as_(world.coordinator).get(reverse(f"agreements:{name}", args=arguments)).content.decode()
        assert f"{place}Det här är ett personnummer" in page
    sending = {f"bilaga-{name}": "Ändrat." for name in ("change_summary", "proposed_decision")}
    answer = as_(world.coordinator).post(reverse("agreements:submission_create", args=arguments), sending)
    assert f"{place}Gå till stället i texten</a>" in answer.content.decode()


def test_each_annex_of_a_matter_says_what_changed_and_leads_there(world: World) -> None:
    decide(world)
    write(world.picture, "<p>Parterna arbetar för att minska brott.</p>")

    page = as_(world.coordinator).get(url(world, "1", "3a")).content.decode()

    assert "1 avsnitt ändrat" in page
    compare = reverse("agreements:annex_compare", args=[world.agreement.slug, "1"])
    assert f'href="{compare}?fran=1&amp;till=utkast"' in page
    assert as_(world.coordinator).get(f"{compare}?fran=1&till=utkast").status_code == 200
    assert "Hela texten är ny" in page
    assert 'name="skicka"' in page


def test_both_pages_say_who_is_told_and_who_is_not(world: World) -> None:
    Membership.objects.filter(user=world.police_preparer).update(user=None, name="Polisens beredare")
    single = reverse("agreements:submission_create", args=[world.agreement.slug, "3a"])

    for address in (single, url(world, "1", "3a")):
        page = as_(world.coordinator).get(address).content.decode()

        assert "Samordnare polis" in page
        assert "Bo <span" in page
        assert "behöver få veta det av dig: Polisens beredare." in page
        assert f"{world.polis} har ingen med konto i beredningsgruppen." in page


def test_a_fault_that_came_in_meanwhile_names_its_annex(world: World) -> None:
    place = write(world.plan, "<p>Se anmälan 5000-K123456-20.</p>")

    response = as_(world.coordinator).post(url(world), sent("1", "3a"))

    assert response.status_code == 422
    errors = str(response.context["matter_form"].non_field_errors())
    assert "Bilaga 3a Åtgärdsplan har fel som måste rättas först." in errors
    assert place in errors
    assert not Proposal.objects.exists()


def test_an_annex_that_cannot_be_sent_any_more_is_named_and_nothing_is_sent(world: World) -> None:
    submit(world, "3a")

    response = as_(world.coordinator).post(url(world), sent("1", "3a"))

    assert response.status_code == 422
    assert "Bilaga 3a Åtgärdsplan: " in str(response.context["matter_form"].non_field_errors())
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(("days", "status"), [(0, 200), (-1, 403)])
def test_several_annexes_are_sent_together_until_the_last_day_and_not_offered_after_it(
    world: World, days: int, status: int
) -> None:
    world.agreement.ends_on = today() + timedelta(days=days)
    world.agreement.save()
    client, address = as_(world.coordinator), reverse("agreements:matter_create", args=[world.agreement.slug])

    agreement = client.get(world.agreement.get_absolute_url()).content.decode()
    response = client.get(address)

    assert (f'href="{address}"' in agreement) == (status == 200)
    assert response.status_code == status
    assert ("registreras i efterhand" in response.content.decode()) == (status == 403)


def test_the_cost_does_not_grow_with_those_who_are_told_twice(
    world: World, django_assert_max_num_queries: object
) -> None:
    client = as_(world.coordinator)
    client.get(url(world, "1"))

    with django_assert_max_num_queries(60):  # type: ignore[operator]
        client.get(url(world, "1", "3a", "4"))


def test_what_was_typed_for_an_annex_that_was_taken_meanwhile_stays_to_be_copied(world: World) -> None:
    submit(world, "3a")
    data = sent("3a") | {"bilaga-3a-change_summary": "Trygghetsvandringen i maj är ny."}

    response = as_(world.coordinator).post(url(world), data)

    page = response.content.decode()
    assert (response.status_code, Proposal.objects.count()) == (422, 1)
    assert "Bilaga 3a Åtgärdsplan: " in page
    assert "Välj minst en bilaga." not in page, "one reason is enough"
    assert "Det du skrev om Bilaga 3a Åtgärdsplan" in page
    assert "Trygghetsvandringen i maj är ny." in page
    assert 'value="Våren"' in page, "the title of the matter too"


def test_sending_nothing_is_told_and_keeps_what_was_typed(world: World) -> None:
    data = sent("3a") | {"bilaga-3a-change_summary": "Trygghetsvandringen i maj är ny."}

    response = as_(world.coordinator).post(url(world, "3a"), data | {"bilagor": []})

    assert response.status_code == 422, "what the address names is not what is ticked"
    assert "Välj minst en bilaga." in response.content.decode()
    assert "Trygghetsvandringen i maj är ny." in response.content.decode()
    assert not Proposal.objects.exists()


def test_another_choice_of_annexes_keeps_what_was_typed_and_judges_nothing(world: World) -> None:
    data = sent("3a") | {"bilagor": ["1", "3a"], "bilaga-3a-change_summary": "Trygghetsvandringen i maj är ny."}
    del data["skicka"], data["bilaga-3a-proposed_decision"]

    response = as_(world.coordinator).post(url(world), data)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Trygghetsvandringen i maj är ny." in page
    assert "Det du skrev om" not in page, "it is among the parts"
    assert 'value="Våren"' in page
    assert "Det här behöver rättas" not in page
    assert "Styrgruppen fastställer Bilaga 1" in page, "the new part begins with a proposed decision"


def test_texts_for_an_annex_one_cannot_read_are_not_kept(world: World) -> None:
    data = sent("3a") | {"bilaga-99-change_summary": "Okänt."}

    page = as_(world.coordinator).post(url(world), data | {"bilagor": []}).content.decode()

    assert "Okänt." not in page
