"""What was decided or signed outside the portal, entered afterwards."""

import pytest
from django.urls import reverse

from agreements.forms.signing import ADD_ROW
from agreements.models import Annex, Decision, Manifest, Proposal
from agreements.rights import today
from agreements.states import ProposalStatus
from tests.agreements.views.signing_pages import rows_of
from tests.factories import World, as_, decide


def test_what_was_signed_on_paper_is_registered_and_confirmed(world: World) -> None:
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    client = as_(world.coordinator)
    assert client.get(url).status_code == 200
    assert client.post(url, signed_data(world, [*world.annexes.values()])).status_code == 302

    manifest = Manifest.objects.get()
    as_(world.police_coordinator).post(reverse("agreements:manifest_confirm", args=[manifest.pk]))

    assert Decision.objects.filter(is_registered_afterwards=True).count() == 4


def signed_data(world: World, annexes: list[Annex]) -> dict[str, object]:
    """Those annexes were signed on paper in 2020, by two for the municipality and one for the police."""
    where = {"signed_on": "2020-02-21", "place": "Stockholm"}
    chief: dict[str, object] = {"name": "Chefen", "title": "Chef", "marker": "acting", **where}
    other: dict[str, object] = {"name": "Ordföranden", "title": "Ordförande", "marker": "", **where}
    return {
        "effective_from": "2020-02-29",
        **{f"text-{annex.pk}-is_signed": "on" for annex in annexes},
        **rows_of(world.kommun, [chief, other]),
        **rows_of(world.polis, [chief, {"name": "", "title": ""}]),
    }


def test_texts_signed_on_paper_get_their_true_numbers_paragraphs_and_all_who_signed(world: World) -> None:
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    pk = world.picture.pk
    data = signed_data(world, [world.text, world.picture]) | {f"text-{pk}-number": 3, f"text-{pk}-item_number": "§ 9"}

    as_(world.coordinator).post(url, data)

    manifest = Manifest.objects.get()
    assert [(s.party, s.name) for s in manifest.signatories.all()] == [
        (world.kommun, "Chefen"), (world.kommun, "Ordföranden"), (world.polis, "Chefen"),
    ]  # fmt: skip
    signed = manifest.entries.filter(is_signed_for=True).values_list("revision__number", "item_number")
    assert list(signed) == [(1, ""), (3, "§ 9")]


def test_what_is_wrong_with_a_registered_signing_is_said_where_it_stands(world: World) -> None:
    decide(world)
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    client, pk = as_(world.coordinator), world.picture.pk

    taken = client.post(url, signed_data(world, [world.picture]) | {f"text-{pk}-number": 1})
    assert "Det finns redan en version med det numret." in taken.content.decode()
    nothing = client.post(url, signed_data(world, []))
    assert "Välj minst en text" in nothing.content.decode()
    nobody = client.post(url, signed_data(world, [world.text]) | rows_of(world.polis, [{"name": ""}]))
    assert {answer.status_code for answer in (taken, nothing, nobody)} == {422}
    assert not Manifest.objects.exists()


@pytest.mark.parametrize("number", ["0", "10000", str(2**31), "9" * 5000])
def test_a_version_number_that_no_text_has_is_refused_on_its_field(world: World, number: str) -> None:
    client, pk = as_(world.coordinator), world.picture.pk
    decided = {
        "annex": pk, "number": number, "decided_on": "2025-03-04", "effective_from": "2025-03-15", "resolution": "Ja.",
    }  # fmt: skip
    signed = signed_data(world, [world.picture]) | {f"text-{pk}-number": number}

    for word, data in (("decided", decided), ("signed", signed)):
        answer = client.post(reverse(f"agreements:registration_{word}", args=[world.agreement.slug]), data)
        assert (answer.status_code, "error-summary" in answer.content.decode()) == (422, True)
    assert not Proposal.objects.exists()


def test_a_year_is_a_version_number(world: World) -> None:
    data = signed_data(world, [world.picture]) | {f"text-{world.picture.pk}-number": 2019}

    as_(world.coordinator).post(reverse("agreements:registration_signed", args=[world.agreement.slug]), data)

    assert world.picture.revisions.get().number == 2019


def test_a_count_of_rows_that_no_page_has_adds_no_row(world: World) -> None:
    data = signed_data(world, [world.text]) | {
        ADD_ROW: world.polis.pk, f"part-{world.polis.pk}-TOTAL_FORMS": "9" * 5000,
    }  # fmt: skip

    answer = as_(world.coordinator).post(reverse("agreements:registration_signed", args=[world.agreement.slug]), data)

    assert answer.status_code == 422
    assert not Manifest.objects.exists()


def test_another_row_is_asked_for_without_being_told_what_is_wrong(world: World) -> None:
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    data = signed_data(world, [world.text]) | {"effective_from": "", ADD_ROW: world.polis.pk}

    answer = as_(world.coordinator).post(url, data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"part-{world.polis.pk}-2-name" in page
    assert "error-summary" not in page
    assert "Ordföranden" in page


def test_a_decision_taken_outside_is_registered(world: World) -> None:
    url = reverse("agreements:registration_decided", args=[world.agreement.slug])
    client = as_(world.coordinator)
    choice = client.get(reverse("agreements:registration_create", args=[world.agreement.slug]))
    assert "gäller när alla andra parter har bekräftat det" in choice.content.decode()

    response = client.post(
        url,
        {
            "annex": world.picture.pk, "number": 4, "decided_on": "2025-03-04", "effective_from": "2025-03-15",
            "resolution": "Styrgruppen fastställer lägesbilden.", "item_number": "§ 3",
        },
    )  # fmt: skip

    proposal = Proposal.objects.get()
    assert response["Location"] == proposal.get_absolute_url()
    assert proposal.revision.number == 4
    assert (
        "Registrerat. Det gäller när alla andra parter har bekräftat det."
        in client.get(proposal.get_absolute_url()).content.decode()
    )


def test_what_signatures_fix_is_not_among_what_is_registered_as_decided(world: World) -> None:
    url = reverse("agreements:registration_decided", args=[world.agreement.slug])
    day = str(today())
    data = {"annex": world.text.pk, "decided_on": day, "effective_from": day, "resolution": "Fastställs."}

    offered = as_(world.coordinator).get(url).context["form"].fields["annex"].queryset
    response = as_(world.coordinator).post(url, data)

    assert [annex.number for annex in offered] == ["1", "3a", "4"]
    assert response.status_code == 422
    assert "registreras som undertecknade" in str(response.context["form"]["annex"].errors)
    assert not Proposal.objects.exists()


def test_a_registered_signing_says_who_has_confirmed_and_is_disputed_with_a_reason(world: World) -> None:
    as_(world.coordinator).post(
        reverse("agreements:registration_signed", args=[world.agreement.slug]), signed_data(world, [world.text])
    )
    manifest = Manifest.objects.get()
    dispute = reverse("agreements:manifest_dispute", args=[manifest.pk])
    withdraw = reverse("agreements:manifest_withdraw", args=[manifest.pk])
    mine, theirs = as_(world.coordinator), as_(world.police_coordinator)

    page = mine.get(manifest.get_absolute_url()).content.decode()
    assert "har inte svarat" in page
    assert withdraw in page
    assert dispute not in page
    refusal = mine.get(dispute)
    assert refusal.status_code == 403
    assert "Den part som registrerade den tar tillbaka den." in refusal.content.decode()
    assert dispute in theirs.get(manifest.get_absolute_url()).content.decode()
    assert theirs.post(withdraw).status_code == 403

    assert theirs.post(dispute, {"reason": ""}).status_code == 422
    assert theirs.post(dispute, {"reason": "Polisen skrev aldrig under."}).status_code == 302

    assert "Polisen skrev aldrig under." in mine.get(manifest.get_absolute_url()).content.decode()
    assert world.text.proposals.get().status == ProposalStatus.WITHDRAWN
