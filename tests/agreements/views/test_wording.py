"""The sentence of a decision on its pages: shown, prefilled, changed with a warning."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agreements.models import Decision, Proposal
from agreements.rights import today
from agreements.selectors.wording import wording_of
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.revision import submit_matter
from tests.agreements.views.test_deciding import page, step
from tests.factories import World, answered, as_, decide, proposal_at

OURS = "Styrgruppen fastställer lägesbilden till och med 2027."
WARNING = "Om du ändrar meningen gäller inte de ja som redan har getts"


@pytest.fixture
def proposal(world: World) -> Proposal:
    return proposal_at(world, ProposalStatus.PROPOSED)


def test_the_next_partys_form_has_the_first_ones_wording_and_says_what_a_change_does(
    world: World, proposal: Proposal
) -> None:
    first = as_(world.anna).get(step(proposal, "bifall"))
    assert first.context["form"].initial["resolution"] == proposal.proposed_decision
    assert WARNING not in first.content.decode()
    as_(world.anna).post(step(proposal, "bifall"), {"resolution": OURS, "seen": wording_of(proposal).mark})

    second = as_(world.pia).get(step(proposal, "bifall"))

    assert second.context["form"].initial["resolution"] == OURS
    assert WARNING in second.content.decode()
    as_(world.pia).post(step(proposal, "bifall"), {"resolution": OURS, "seen": wording_of(proposal).mark})
    assert Decision.objects.get().resolution == OURS


def test_the_decision_page_shows_the_agreed_wording_where_it_differs(world: World, proposal: Proposal) -> None:
    moves.give_assent(proposal, by=world.anna)
    assert "det har sagts ja till" not in page(world.pia, proposal)
    moves.withdraw_assent(proposal, by=world.anna)

    moves.give_assent(proposal, by=world.anna, resolution=OURS)

    shown = page(world.pia, proposal)
    assert shown.index(proposal.proposed_decision) < shown.index("det har sagts ja till") < shown.index(OURS)


def test_a_changed_wording_is_on_its_way_so_far(world: World, proposal: Proposal) -> None:
    moves.give_assent(proposal, by=world.anna)
    as_(world.pia).post(step(proposal, "bifall"), {"resolution": OURS})

    shown = page(world.anna, proposal)

    way = shown.index("Vägen hit") if "Vägen hit" in shown else shown.index(f"vag-{proposal.pk}")
    assert "tidigare bifall gäller inte längre" in shown[way:]
    assert OURS in shown[way:]
    assert step(proposal, "bifall") in shown


def test_a_form_that_showed_another_wording_comes_back_with_the_one_of_now(world: World, proposal: Proposal) -> None:
    seen = wording_of(proposal).mark
    moves.give_assent(proposal, by=world.pia, resolution=OURS)

    untouched = as_(world.anna).post(step(proposal, "bifall"), {"resolution": proposal.proposed_decision, "seen": seen})
    assert untouched.status_code == 422
    assert untouched.context["form"]["resolution"].value() == OURS
    assert "ändrades medan du läste" in untouched.content.decode()

    written = as_(world.anna).post(step(proposal, "bifall"), {"resolution": "Något eget.", "seen": seen})
    assert written.context["form"]["resolution"].value() == "Något eget."
    again = {name: written.context["form"][name].value() for name in ("resolution", "seen")}
    assert as_(world.anna).post(step(proposal, "bifall"), again).status_code == 302
    assert wording_of(proposal).text == "Något eget."


def test_where_the_day_is_taken_the_form_asks_for_another(world: World) -> None:
    decide(world)
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    field = as_(world.anna).get(step(proposal, "bifall")).context["form"]["effective_from"]
    assert field.value() == today() + timedelta(days=1)

    taken = as_(world.anna).post(step(proposal, "bifall"), {"resolution": OURS, "effective_from": str(today())})
    assert taken.status_code == 422
    assert "Välj en annan dag" in str(taken.context["form"]["effective_from"].errors)
    day = today() + timedelta(days=5)
    for who in (world.anna, world.pia):
        as_(who).post(step(proposal, "bifall"), {"resolution": OURS, "effective_from": str(day)})

    assert Decision.objects.get(revision=proposal.revision).effective_from == day


def test_where_the_day_is_free_the_form_asks_for_none(world: World, proposal: Proposal) -> None:
    assert "effective_from" not in as_(world.anna).get(step(proposal, "bifall")).context["form"].fields


def test_yes_to_all_shows_each_wording_and_is_to_what_was_shown(world: World) -> None:
    matter = submit_matter([answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator)
    parts = list(matter.proposals.order_by("annex__sort_key"))
    for part in parts:
        moves.forward(part, by=world.preparer)
        moves.forward(part, by=world.police_preparer)
    url = reverse("agreements:matter_assent", args=[matter.pk])
    stale = {f"sedd-{part.pk}": wording_of(part).mark for part in parts}
    moves.give_assent(parts[0], by=world.anna, resolution=OURS)

    as_(world.pia).post(url, stale)
    assert not parts[1].assents.exists()
    assert OURS in as_(world.pia).get(url).content.decode()
    as_(world.pia).post(url, stale | {f"sedd-{parts[0].pk}": wording_of(parts[0]).mark})

    assert Decision.objects.get().resolution == OURS
    assert parts[1].assents.count() == 1
