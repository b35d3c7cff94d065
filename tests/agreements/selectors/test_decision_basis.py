"""What a yes means, read from two frozen texts."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.models import Commitment, Proposal, SheetField, SheetValue
from agreements.rights import today
from agreements.selectors.annexes import of_draft
from agreements.selectors.decision_basis import basis_of, previous
from agreements.states import ProposalStatus
from agreements.workflow.decision import correct
from agreements.workflow.proposal import withdraw
from agreements.workflow.sheet_template import new_sheet
from tests.factories import World, decide, decided_before, drive, proposal_at, submit

S = ProposalStatus
CLOSED = [S.REFERRED_BACK, S.REJECTED, S.WITHDRAWN]


def plan_with(world: World, municipality: list[str], police: list[str], funding: str) -> None:
    """The plan's sheet with these commitments and this funding; the same rows are changed when it is there."""
    section = world.plan.sections.order_by("position")[0]
    section.kind = "action_plan_sheet"
    section.save()
    sheet = getattr(section, "sheet", None) or new_sheet(section)
    values = {
        value.field.key: value
        for value in SheetValue.objects.filter(field__sheet=sheet, field__scope=SheetField.Scope.GROUP).select_related(
            "field"
        )
    }
    for key, texts in (("municipality_commitment", municipality), ("police_commitment", police)):
        values[key].commitments.all().delete()
        for at, text in enumerate(texts):
            Commitment.objects.create(value=values[key], position=at, text=text)
    values["funding"].html = f"<p>{funding}</p>"
    values["funding"].save()


def test_new_changed_and_dropped_commitments_are_told_by_party(world: World) -> None:
    plan_with(world, ["Belysa gångvägen till stationen varje höst", "Städa torget"], ["Fotpatrullera"], "Inom budget")
    old = of_draft(world.plan).document

    plan_with(
        world,
        ["Belysa gångvägen till stationen varje vår och höst", "Öppna fritidsgården"],
        ["Fotpatrullera"],
        "200 000 kronor",
    )
    basis = basis_of(old, of_draft(world.plan).document, world.agreement)

    assert {(change.kind, change.party, change.text, change.was) for change in basis.commitments} == {
        (
            "changed", world.kommun, "Belysa gångvägen till stationen varje vår och höst",
            "Belysa gångvägen till stationen varje höst",
        ),
        ("new", world.kommun, "Öppna fritidsgården", ""),
        ("dropped", world.kommun, "Städa torget", "Städa torget"),
    }  # fmt: skip
    assert [(change.text, change.was) for change in basis.funding] == [("200 000 kronor", "Inom budget")]


def test_without_an_earlier_text_every_commitment_is_new(world: World) -> None:
    plan_with(world, ["Städa torget"], ["Fotpatrullera"], "Inom budget")

    basis = basis_of(None, of_draft(world.plan).document, world.agreement)

    assert {(change.kind, change.party) for change in basis.commitments} == {
        ("new", world.kommun), ("new", world.polis),
    }  # fmt: skip


def test_a_version_is_compared_with_the_one_it_would_supersede_on_its_day(world: World) -> None:
    first = decide(world).revision
    later = decide(world, effective_from=today() + timedelta(days=20)).revision

    assert previous(submit(world, effective_from=today() + timedelta(days=10))) == first
    withdraw(Proposal.objects.get(status=ProposalStatus.IN_PREPARATION), by=world.coordinator)
    assert previous(submit(world, effective_from=today() + timedelta(days=30))) == later


def test_a_decided_version_is_compared_with_the_one_before_it_whatever_has_superseded_it(world: World) -> None:
    first = decided_before(world, "1", today() - timedelta(days=30))
    second = decide(world)
    third = decide(world, effective_from=today() + timedelta(days=20))
    decided_before(world, "3a", today() - timedelta(days=10))  # another annex

    found = [previous(decision.revision.proposal) for decision in (first, second, third)]

    assert found == [None, first.revision, second.revision]


def test_what_was_registered_afterwards_has_its_place_by_the_day_from_which_it_applied(world: World) -> None:
    first = decided_before(world, "1", today() - timedelta(days=30))
    second = decide(world)
    between = decided_before(world, "1", today() - timedelta(days=10))

    found = [previous(decision.revision.proposal) for decision in (first, between, second)]

    assert found == [None, first.revision, between.revision]


def test_a_correction_changes_nothing_of_what_a_decided_version_is_compared_with(world: World) -> None:
    first = decided_before(world, "1", today() - timedelta(days=30))
    second = decide(world)
    correct(first, text="Ska vara § 4.", by=world.coordinator)

    assert [previous(decision.revision.proposal) for decision in (first, second)] == [None, first.revision]


@pytest.mark.parametrize("status", CLOSED, ids=str)
def test_a_version_that_came_back_is_compared_with_what_it_would_have_superseded_then(
    world: World, status: ProposalStatus
) -> None:
    """Not with what was decided after it, though that applies from the same day."""
    first = decided_before(world, "1", today() - timedelta(days=30))
    closed = proposal_at(world, status)
    decide(world)

    assert previous(closed) == first.revision


@pytest.mark.parametrize("status", CLOSED, ids=str)
def test_a_version_that_came_back_before_anything_was_decided_has_no_earlier_text(
    world: World, status: ProposalStatus
) -> None:
    closed = proposal_at(world, status)
    decide(world)

    assert previous(closed) is None


def test_a_rejected_version_is_still_compared_with_what_its_own_day_would_have_met(world: World) -> None:
    first = decided_before(world, "1", today() - timedelta(days=30))
    coming = decide(world, effective_from=today() + timedelta(days=20))

    def rejected_from(days: int) -> Proposal:
        return drive(world, submit(world, effective_from=today() + timedelta(days=days)), S.REJECTED)

    assert [previous(rejected_from(days)) for days in (10, 30)] == [first.revision, coming.revision]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("status", [S.PROPOSED, S.DECIDED, S.REJECTED], ids=str)
def test_what_it_is_compared_with_takes_one_query_however_many_there_were(
    world: World, status: ProposalStatus, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    earlier = [decided_before(world, "1", today() - timedelta(days=9 - at)) for at in range(number)]
    pk = proposal_at(world, status).pk
    proposal = Proposal.objects.select_related("annex__agreement").get(pk=pk)

    with django_assert_num_queries(1):
        found = previous(proposal)
    assert found == earlier[-1].revision


def test_the_same_text_means_no_change(world: World) -> None:
    plan_with(world, ["Städa torget"], ["Fotpatrullera"], "Inom budget")
    document = of_draft(world.plan).document

    basis = basis_of(document, document, world.agreement)

    assert not basis.commitments
    assert not basis.funding


def test_open_points_are_listed(world: World) -> None:
    plan_with(world, [], [], "")
    value = SheetValue.objects.get(field__key="funding")
    value.is_to_be_decided, value.html, value.owner = True, "<p>Bestäms senare</p>", "Samordnaren"
    value.save()

    (point,) = basis_of(None, of_draft(world.plan).document, world.agreement).open_points

    assert point.text.startswith("Bestäms senare")
