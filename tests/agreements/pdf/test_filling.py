"""What was decided or signed is called in print as it was then, whatever it is called today."""

from datetime import timedelta

import pytest

from agreements.models import Agreement, Annex, Decision
from agreements.pdf.filling import printed_agreement, printed_manifest
from agreements.pdf.filling_decision import printed_decision
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow.annex import describe_annex
from agreements.workflow.signing import open_manifest
from tests.agreements.workflow.test_signing import follow_from_above
from tests.factories import World, decide, decided_before, proposal_at


def describe(world: World, annex: Annex, title: str, heading: str = "") -> None:
    describe_annex(
        annex, title=title, heading=heading, subtitle="", geographic_scope="", priority_area=annex.priority_area,
        by=world.coordinator,
    )  # fmt: skip


@pytest.mark.parametrize("heading", ["", "Lägesbild Norrvik"])
def test_the_record_calls_a_text_what_it_called_itself(world: World, heading: str) -> None:
    describe(world, world.picture, "Lägesbilden", heading)
    decide(world)

    describe(world, world.picture, "Ett annat namn", "Ett annat huvud")

    (item,) = printed_decision([Decision.objects.get()]).items
    assert item.title == (heading or "Lägesbilden")


def test_the_list_of_signed_texts_calls_them_what_they_were_called(world: World) -> None:
    decision = follow_from_above(world, since=today())
    decide(world)
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    before = printed_manifest(manifest).manifest

    describe(world, world.picture, "Ett annat namn")
    Agreement.objects.filter(pk=decision.agreement_id).update(title="En annan överenskommelse")

    assert printed_manifest(manifest).manifest == before
    assert [line.title for line in before] == [
        "Överenskommelsen", "Gemensam lokal lägesbild", "Övergripande överenskommelse Prov",
    ]  # fmt: skip


def test_a_text_from_above_whose_decision_kept_no_imprint_has_its_agreements_title(world: World) -> None:
    decision = follow_from_above(world, since=today())
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    entry = manifest.entries.select_related("revision__decision", "stands_as").get(revision=decision.revision)

    entry.revision.decision.imprint = {}

    assert entry.title == "Övergripande överenskommelse Prov"


def test_where_only_annexes_are_in_force_the_agreement_is_called_what_it_was_called_that_day(world: World) -> None:
    before = world.agreement.title
    day = today() - timedelta(days=9)
    decided_before(world, "1", day)
    world.agreement.title = "Ny titel"
    world.agreement.save()

    then, now = (printed_agreement(world.agreement, when) for when in (day, today()))

    assert then is not None
    assert now is not None
    assert (then.text.title, then.text.document["title"]) == (before, before)
    assert (now.text.title, now.title) == ("Ny titel", "Ny titel")
