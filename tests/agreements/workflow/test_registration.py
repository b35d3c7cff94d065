"""What was decided long ago is registered as it stands, but not what must not be kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Annex, Proposal, Revision
from agreements.rights import today
from agreements.selectors.worklist import worklist
from agreements.states import AnnexKind, FixedBy, ProposalStatus
from agreements.workflow.proposal import confirm_entry, dispute_entry
from agreements.workflow.registration import TakenDecision, register_decided, register_signed
from agreements.workflow.signing import SignatoryFacts
from tests.agreements.workflow.test_proposal import code_of
from tests.factories import World, as_, make_world
from tests.factories.agreements import make_annex

UNLAWFUL = ["Mannen, 880320-0016, är känd.", "Se anmälan 5000-K123456-20."]


def write(annex: Annex, body: str) -> None:
    section = annex.sections.order_by("position")[0]
    section.body = body
    section.save()


def register(world: World) -> str:
    taken = TakenDecision(decided_on=today(), effective_from=today(), resolution="Fastställs.")
    return code_of(lambda: register_decided(world.picture, taken, by=world.coordinator))


@pytest.mark.parametrize("words", UNLAWFUL)
def test_what_must_not_be_kept_stops_a_registration(world: World, words: str) -> None:
    write(world.picture, f"<p>{words}</p>")
    write(world.text, f"<p>{words}</p>")
    signatures = [
        (SignatoryFacts(party, "Chefen", "Chef"), today(), "Norrvik") for party in (world.kommun, world.polis)
    ]

    assert register(world) == "text_is_unlawful"
    assert (
        code_of(
            lambda: register_signed(
                world.agreement, [world.text], signatures=signatures, effective_from=today(), by=world.coordinator
            )
        )
        == "text_is_unlawful"
    )
    assert not Revision.objects.exists()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(("rule", "code"), [(FixedBy.PARENT, "follows_parent"), (FixedBy.DECISION, "")])
def test_a_text_of_ones_own_does_not_take_the_place_of_the_one_above_that_is_followed(
    world: World, rule: FixedBy, code: str
) -> None:
    above = make_world(level="overarching").agreement
    annex = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    world.agreement.parent, world.agreement.fixing_rules = above, {annex.kind: rule.value}
    world.agreement.save()
    taken = TakenDecision(decided_on=today(), effective_from=today(), resolution="Fastställs.")
    url = reverse("agreements:registration_decided", args=[world.agreement.slug])

    page = as_(world.coordinator).get(url).content.decode()

    assert (f'<option value="{annex.pk}">' in page) == (code == "")
    if code:
        assert code_of(lambda: register_decided(annex, taken, by=world.coordinator)) == code
    else:
        assert register_decided(annex, taken, by=world.coordinator).status == ProposalStatus.PROPOSED


def test_a_registered_decision_that_is_disputed_ends_and_can_be_registered_anew(world: World) -> None:
    taken = TakenDecision(decided_on=today(), effective_from=today(), resolution="Fastställs.")
    proposal = register_decided(world.picture, taken, by=world.coordinator)

    proposal = dispute_entry(proposal, by=world.police_coordinator, reason="Det beslutades aldrig.")

    assert proposal.status == ProposalStatus.WITHDRAWN
    last = proposal.moves.last()
    assert last is not None
    assert (last.verb, last.to_status, last.reason) == ("dispute", "withdrawn", "Det beslutades aldrig.")
    assert worklist(world.anna) == worklist(world.pia) == []
    again = register_decided(world.picture, taken, by=world.coordinator)
    assert confirm_entry(again, by=world.police_coordinator) is not None


def test_the_texts_are_locked_in_one_order_before_their_agreement_as_by_whatever_else_moves_them(world: World) -> None:
    signatures = [
        (SignatoryFacts(party, "Chefen", "Chef"), today(), "Norrvik") for party in (world.kommun, world.polis)
    ]
    texts = [world.picture, world.text]

    with CaptureQueriesContext(connection) as asked:
        register_signed(world.agreement, texts, signatures=signatures, effective_from=today(), by=world.coordinator)

    first, second, *_rest = (query["sql"] for query in asked if "FOR UPDATE" in query["sql"])
    assert 'FROM "agreements_annex"' in first
    assert f'IN ({world.picture.pk}, {world.text.pk}) ORDER BY "agreements_annex"."id"' in first
    assert 'FROM "agreements_agreement"' in second


def test_other_faults_do_not_stop_what_was_decided_as_it_stands(world: World) -> None:
    write(world.picture, "<p>Ring 070-174 06 05.</p>")
    for section in world.picture.sections.order_by("position")[1:]:
        section.template_key, section.level, section.body = "purpose", 3, ""
        section.save()

    assert register(world) == "done"


def test_the_form_names_the_annex_and_leads_to_the_place(world: World) -> None:
    write(world.picture, f"<p>{UNLAWFUL[0]}</p>")
    section = world.picture.sections.order_by("position")[0]

    page = as_(world.coordinator).post(
        reverse("agreements:registration_decided", args=[world.agreement.slug]),
        {
            "annex": world.picture.pk, "decided_on": today().isoformat(), "effective_from": today().isoformat(),
            "resolution": "Fastställs.",
        },
    )  # fmt: skip

    assert page.status_code == 422
    text = page.content.decode()
    assert f"{world.picture}: Det här är ett personnummer" in text
    assert f'{reverse("agreements:annex_edit", args=[world.agreement.slug, "1"])}#avsnitt-{section.pk}"' in text
    assert "880320" not in text
