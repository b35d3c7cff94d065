"""A signing: prepared, recorded, complete."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agreements.models import Decision, Manifest
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.views.lookup import require
from agreements.workflow.signing import (
    SignatoryFacts,
    give_up,
    open_manifest,
    require_higher_decision,
    set_signatories,
)
from samverkan.verdict import Verdict
from tests.agreements.views.signing_pages import rows_of
from tests.factories import World, as_, proposal_at

S = ProposalStatus


def test_signing_is_prepared_recorded_and_complete(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    as_(world.coordinator).post(
        reverse("agreements:manifest_create", args=[world.agreement.slug]), {"effective_from": today()}
    )
    manifest = Manifest.objects.get()
    for signatory, person in zip(
        manifest.signatories.order_by("party__position"), (world.signatory, world.police_signatory), strict=True
    ):
        assert as_(person).get(manifest.get_absolute_url()).status_code == 200
        as_(person).post(
            reverse("agreements:signature_create", args=[manifest.pk, signatory.pk]),
            {"signed_on": today(), "place": "Norrvik"},
        )

    manifest.refresh_from_db()
    assert manifest.closed_at is not None
    assert Decision.objects.get().manifest == manifest


def test_a_decision_from_above_is_recorded_by_its_own_party_not_before_its_day(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    needed = require_higher_decision(manifest, party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)
    url = reverse("agreements:higher_decision_edit", args=[manifest.pk, needed.pk])
    mine, theirs = as_(world.coordinator), as_(world.police_coordinator)

    assert url in mine.get(manifest.get_absolute_url()).content.decode()
    assert url not in theirs.get(manifest.get_absolute_url()).content.decode()
    assert theirs.post(url, {"decided_on": today()}).status_code == 403
    late = mine.post(url, {"decided_on": today() + timedelta(days=1)})
    assert late.context["form"].errors["decided_on"] == ["Beslutet kan inte vara senare än i dag."]

    assert mine.post(url, {"decided_on": today(), "item_number": "§ 4"}).status_code == 302
    assert mine.get(url).context["form"]["item_number"].value() == "§ 4"
    assert mine.post(url, {"decided_on": today(), "item_number": "§ 5"}).status_code == 302
    page = mine.get(manifest.get_absolute_url()).content.decode()
    assert "§ 4" in page
    assert "§ 5" in page
    assert "Rättat" in page


def test_the_page_of_those_who_sign_shows_and_keeps_every_one(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    extra = [SignatoryFacts(world.kommun, name, "Chef") for name in ("Ett", "Två")]
    own = [SignatoryFacts(world.polis, "Undertecknare polis", "Chef", user=world.police_signatory)]
    set_signatories(manifest, [*extra, *own], by=world.coordinator)
    url = reverse("agreements:signatories_edit", args=[manifest.pk])
    client = as_(world.coordinator)

    shown = client.get(url)
    page = shown.content.decode()
    assert all(f'value="{name}"' in page for name in ("Ett", "Två", "Undertecknare polis"))

    def row(name: str, **more: object) -> dict[str, object]:
        pk = manifest.signatories.get(name=name).pk
        return {"id": pk, "name": name, "title": "Direktör", "marker": ""} | more

    kommun = rows_of(world.kommun, [row("Ett", DELETE="on"), row("Två"), {"name": "Tre", "title": "Chef"}], 2)
    data = {"seen": shown.context["seen"], **kommun, **rows_of(world.polis, [row("Undertecknare polis")], 1)}
    assert client.post(url, data).status_code == 302

    now = manifest.signatories.all()
    assert [(s.name, s.title) for s in now] == [
        ("Två", "Direktör"), ("Tre", "Chef"), ("Undertecknare polis", "Direktör"),
    ]  # fmt: skip
    assert manifest.signatories.get(party=world.polis).user == world.police_signatory
    for seen in (shown.context["seen"], f"{shown.context['seen']} {'9' * 5000}"):
        again = client.post(url, data | {"seen": seen})
        assert again.status_code == 409  # the list is another one since that page was opened


def test_every_party_keeps_a_signatory_on_the_page(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    url = reverse("agreements:signatories_edit", args=[manifest.pk])
    mine, theirs = manifest.signatories.all()
    data = {
        "seen": f"{mine.pk} {theirs.pk}",
        **rows_of(world.kommun, [{"id": mine.pk, "name": mine.name, "title": mine.title, "DELETE": "on"}], 1),
        **rows_of(world.polis, [{"id": theirs.pk, "name": theirs.name, "title": theirs.title}], 1),
    }

    answer = as_(world.coordinator).post(url, data)

    assert answer.status_code == 422
    assert "Varje part behöver en undertecknare." in answer.content.decode()
    assert manifest.signatories.count() == 2


def test_the_signing_asks_first_who_has_signed_and_what_is_missing(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    page = as_(world.anna).get(manifest.get_absolute_url()).content.decode()

    found = [page.index(f'id="{name}"') for name in ("undertecknare", "saknas", "ovanifran", "texter")]
    assert found == sorted(found)


def test_a_signing_that_somebody_else_gave_up_meanwhile_is_told_as_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    def asked_while_somebody_acts(verdict: Verdict) -> None:
        require(verdict)
        give_up(manifest, by=world.police_coordinator)

    monkeypatch.setattr("agreements.views.signing.require", asked_while_somebody_acts)
    answer = as_(world.coordinator).post(reverse("agreements:manifest_give_up", args=[manifest.pk]))

    assert answer.status_code == 409
    assert "Underskriften är avslutad." in answer.content.decode()
    assert manifest.history.filter(withdrawn_at__isnull=False).count() == 1


def test_the_holder_of_each_original_is_chosen(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    url = reverse("agreements:originals_edit", args=[manifest.pk])

    assert url in as_(world.coordinator).get(manifest.get_absolute_url()).content.decode()
    as_(world.coordinator).post(url, {"original-1": world.polis.pk, "original-2": world.polis.pk})

    assert [copy.holder for copy in manifest.originals.all()] == [world.polis, world.polis]
    stranger = world.other.parties.all()[0]
    assert as_(world.coordinator).post(url, {"original-1": stranger.pk}).status_code == 422
    assert as_(world.signatory).get(url).status_code == 403


def test_an_original_more_in_the_settings_gets_its_holder_in_the_open_signing_too(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    world.agreement.original_copies = 3
    world.agreement.save()
    chosen = {"original-1": world.kommun.pk, "original-2": world.polis.pk, "original-3": world.polis.pk}

    as_(world.coordinator).post(reverse("agreements:originals_edit", args=[manifest.pk]), chosen)

    assert [copy.holder for copy in manifest.originals.all()] == [world.kommun, world.polis, world.polis]
