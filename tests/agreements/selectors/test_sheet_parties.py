"""Whose each commitment is where the parties are not one municipality and one police: on the decision page and in
the print of a matter."""

import re
from copy import copy

import pytest

from agreements.models import Commitment, OrganisationKind, Party, Proposal, SheetField
from agreements.pdf.matter import printed_matter
from agreements.permissions import Capacity, Role
from agreements.rights import today
from agreements.selectors.history_words import changes_between
from agreements.selectors.sheet_parties import COMMITMENT, party_keys
from agreements.workflow.agreement import PartyFacts, add_party
from agreements.workflow.revision import submit_matter
from agreements.workflow.sheet_template import new_sheet
from samverkan.accounts.models import User
from tests.agreements.views.test_deciding import page
from tests.factories import World, answered, make_organisation, make_user, submit
from tests.factories.agreements import seat_in

THIRD = [OrganisationKind.MUNICIPAL_COMPANY, OrganisationKind.MUNICIPALITY, OrganisationKind.POLICE_AREA]


@pytest.fixture(params=THIRD)
def third(world: World, request: pytest.FixtureRequest) -> Party:
    """A third party: a company, another municipality, or more police."""
    facts = PartyFacts(make_organisation("Bolaget AB", request.param), "Bolaget", "B 2026/1")
    return add_party(world.agreement, facts, position=3, by=world.coordinator)


@pytest.fixture
def decider(world: World, third: Party) -> User:
    user = make_user("Disa Dahl")
    seat_in(world.agreement, Role.STEERING, user, third, Capacity.DECISION_MAKER)
    return user


def plan_of(world: World, **texts: str) -> None:
    """A new sheet in which each party, by its defined term, undertakes one thing."""
    section = world.plan.sections.order_by("position")[0]
    section.kind = "action_plan_sheet"
    section.save()
    sheet = new_sheet(section)
    for key, party in party_keys(world.agreement):
        if text := texts.get(party.defined_term):
            value = sheet.fields.get(key=f"{key}{COMMITMENT}").values.get()
            Commitment.objects.create(value=value, party=party, text=text)


def of_all(world: World) -> None:
    plan_of(world, Kommunen="Städa torget", Polisen="Fotpatrullera", Bolaget="Byta lampor")


def meaning(user: User, proposal: Proposal) -> str:
    """What stands under "Vad ett ja innebär" for ``user``."""
    found = re.search(r'id="innebar-.*?</section>', page(user, proposal), re.DOTALL)
    assert found is not None
    return found.group()


def told(user: User, proposal: Proposal) -> set[str]:
    return {text for text in ("Städa torget", "Fotpatrullera", "Byta lampor") if text in meaning(user, proposal)}


def test_each_partys_decision_maker_reads_its_own_commitments(world: World, decider: User) -> None:
    of_all(world)
    proposal = submit(world, "3a")

    assert told(world.anna, proposal) == {"Städa torget"}
    assert told(world.pia, proposal) == {"Fotpatrullera"}
    assert told(decider, proposal) == {"Byta lampor"}


def test_a_reader_without_a_party_reads_all_and_whose_they_are(world: World, third: Party) -> None:
    of_all(world)
    shown = meaning(world.registrar, submit(world, "3a"))

    assert {party for party in world.agreement.parties.all() if f"({party}" in shown} == {
        world.kommun, world.polis, third,
    }  # fmt: skip
    assert "Byta lampor" in shown


def test_the_print_of_a_matter_says_each_partys_under_its_name(world: World, third: Party) -> None:
    of_all(world)
    matter = submit_matter([answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator)

    parts = {part.asked: part for part in printed_matter(matter).parts}
    plan = parts[f"Styrgruppen fastställer {world.plan}."]
    assert {
        name: [row.text.removesuffix(f" ({world.working_group})") for row in rows] for name, rows in plan.parties
    } == {
        party.organisation.name_on(today()): [text]
        for party, text in ((world.kommun, "Städa torget"), (world.polis, "Fotpatrullera"), (third, "Byta lampor"))
    }


def test_whose_commitments_do_not_change_is_told_so_while_others_do(world: World, decider: User) -> None:
    plan_of(world, Kommunen="Städa torget")
    proposal = submit(world, "3a")

    assert "inget av er parts åtaganden ändras" in meaning(decider, proposal)
    assert "åtaganden ändras" not in meaning(world.anna, proposal)


def test_where_nobody_undertakes_anything_no_party_is_set_apart(world: World, decider: User) -> None:
    plan_of(world)
    assert "inga åtaganden ändras" in meaning(decider, submit(world, "3a"))


def test_commitments_of_a_party_that_is_not_known_are_told_to_all(world: World) -> None:
    of_all(world)
    SheetField.objects.filter(key="police_commitment").update(key="party_9_commitment", label="Regionens åtagande")
    matter = submit_matter([answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator)
    proposal = matter.proposals.get(annex=world.plan)

    for user in (world.anna, world.pia):
        assert "Fotpatrullera" in meaning(user, proposal)
        assert "Regionens åtagande" in meaning(user, proposal)
    (row,) = next(part.common for part in printed_matter(matter).parts if part.common)
    assert row.text.startswith("Fotpatrullera (Regionens åtagande")


def test_the_history_says_nothing_of_a_partys_key(world: World) -> None:
    known = world.kommun.history.get()
    before_there_were_keys = copy(known)
    before_there_were_keys.key = ""

    assert changes_between(before_there_were_keys, known) == []
