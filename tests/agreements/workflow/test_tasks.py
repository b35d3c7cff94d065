"""What a new situational picture asks of the plans: only what is still to be done, and closed when it is done."""

from datetime import date, timedelta

import pytest

from agreements.documents.areas import areas_of
from agreements.models import Annex, Decision, PriorityArea, Proposal, Section, Task
from agreements.rights import today
from agreements.selectors.working_text import draft_document
from agreements.states import AnnexKind, ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.registration import TakenDecision, register_decided
from agreements.workflow.revision import submit_matter
from tests.factories import World, answered, decide, drive, submit
from tests.factories.agreements import make_annex

YESTERDAY = today() - timedelta(days=1)
CHANGED, ADDED, REMOVED, FOLLOW_UP = (
    Task.Kind.AREA_CHANGED, Task.Kind.AREA_ADDED, Task.Kind.AREA_REMOVED, Task.Kind.FOLLOW_UP,
)  # fmt: skip


@pytest.fixture
def young(world: World) -> Annex:
    """A second area with a plan of its own; the picture writes the areas out, and all is decided since yesterday."""
    Section.objects.filter(pk=world.picture.sections.order_by("position")[1].pk).update(kind="priority_areas")
    area = PriorityArea.objects.create(agreement=world.agreement, position=2, title="Unga i risk")
    plan = make_annex(world.agreement, AnnexKind.ACTION_PLAN, "3b", "Åtgärdsplan", priority_area=area)
    world.annexes["3b"] = plan
    for number in ("1", "3a", "3b"):
        register(world, number, YESTERDAY)
    return plan


def register(world: World, number: str, day: date, effective_from: date | None = None) -> Decision:
    """Decided at a meeting on that day, and registered afterwards."""
    taken = TakenDecision(decided_on=day, effective_from=effective_from or day, resolution="Fastställs.")
    proposal = register_decided(world.annexes[number], taken, by=world.coordinator)
    moves.confirm_entry(proposal, by=world.police_coordinator)
    return Decision.objects.get(revision=proposal.revision)


def change(area: PriorityArea) -> None:
    area.description = f"<p>Det har förändrats {area.version} gånger.</p>"
    area.version += 1
    area.save()


def opened(decision: Decision | None = None) -> set[tuple[str, str, str]]:
    rows = Task.objects.filter(done_at=None)
    rows = rows.filter(decision=decision) if decision else rows
    return {(row.kind, row.annex.number if row.annex else "", row.area_title) for row in rows}


def test_a_changed_area_asks_for_its_plan_and_the_others_are_followed_up(world: World, young: Annex) -> None:
    change(world.area)

    assert opened(decide(world)) == {(CHANGED, "3a", "Trygga platser"), (FOLLOW_UP, "3b", "")}


def test_a_new_part_of_an_area_with_a_plan_belongs_to_that_plan(world: World, young: Annex) -> None:
    PriorityArea.objects.create(agreement=world.agreement, part_of=world.area, title="Kajstråket")

    assert opened(decide(world)) == {(CHANGED, "3a", "Trygga platser"), (FOLLOW_UP, "3b", "")}


def test_a_new_area_without_a_plan_is_told_once_with_its_parts(world: World, young: Annex) -> None:
    area = PriorityArea.objects.create(agreement=world.agreement, position=3, title="Trafik")
    PriorityArea.objects.create(agreement=world.agreement, part_of=area, title="Mopeder")

    assert {row for row in opened(decide(world)) if row[0] == ADDED} == {(ADDED, "", "Trafik")}


def test_a_new_area_with_a_plan_for_one_of_its_parts_has_a_plan(world: World, young: Annex) -> None:
    area = PriorityArea.objects.create(agreement=world.agreement, position=3, title="Trafik")
    part = PriorityArea.objects.create(agreement=world.agreement, part_of=area, title="Mopeder")
    make_annex(world.agreement, AnnexKind.ACTION_PLAN, "3c", "Åtgärdsplan", priority_area=part)

    assert opened(decide(world)) == {(CHANGED, "3c", "Mopeder"), (FOLLOW_UP, "3a", ""), (FOLLOW_UP, "3b", "")}


def test_the_plan_of_an_area_that_is_gone_is_asked_about_even_with_a_new_version(world: World, young: Annex) -> None:
    submit(world, "3a")
    PriorityArea.objects.filter(pk=world.area.pk).update(is_left_out=True)

    assert (REMOVED, "3a", "Trygga platser") in opened(decide(world))


@pytest.mark.parametrize("together", [True, False])
def test_plans_in_the_same_matter_are_asked_for_nothing(world: World, young: Annex, together: bool) -> None:
    change(world.area)
    matter = submit_matter(
        [answered(world.picture), answered(world.plan)],
        title="Våren", by=world.coordinator, is_bound_together=together,
    )  # fmt: skip
    for part in matter.proposals.order_by("annex__sort_key"):
        drive(world, Proposal.objects.get(pk=part.pk), ProposalStatus.DECIDED)

    assert opened() == {(FOLLOW_UP, "3b", "")}


def test_a_plan_written_with_the_new_picture_is_asked_for_nothing_while_it_is_on_its_way(
    world: World, young: Annex
) -> None:
    change(world.area)
    picture = submit(world)
    submit(world, "3a")

    drive(world, picture, ProposalStatus.DECIDED)

    assert opened() == {(FOLLOW_UP, "3b", "")}


def test_a_plan_that_was_sent_before_the_picture_is_asked_for(world: World, young: Annex) -> None:
    change(world.area)
    submit(world, "3a")

    assert (CHANGED, "3a", "Trygga platser") in opened(decide(world))


def test_a_plan_that_came_back_is_asked_for(world: World, young: Annex) -> None:
    change(world.area)
    picture = submit(world)
    drive(world, submit(world, "3a"), ProposalStatus.REFERRED_BACK)

    drive(world, picture, ProposalStatus.DECIDED)

    assert opened() == {(CHANGED, "3a", "Trygga platser"), (FOLLOW_UP, "3b", "")}


def test_a_plan_decided_earlier_the_same_day_is_asked_for_nothing(world: World, young: Annex) -> None:
    change(world.area)
    decide(world, "3a")

    assert opened(decide(world)) == {(FOLLOW_UP, "3b", "")}


def test_a_new_version_of_the_plan_closes_what_was_asked_of_it(world: World, young: Annex) -> None:
    change(world.area)
    decide(world)

    decision = decide(world, "3a")

    assert opened() == {(FOLLOW_UP, "3b", "")}
    done = Task.objects.get(annex=world.plan, kind=CHANGED)
    assert (done.done_by, done.done_at is not None) == (decision.written_by, True)


def test_a_plan_for_the_new_area_closes_what_was_asked(world: World, young: Annex) -> None:
    area = PriorityArea.objects.create(agreement=world.agreement, position=3, title="Trafik")
    other = PriorityArea.objects.create(agreement=world.agreement, position=4, title="Buller")
    decide(world)
    assert {row for row in opened() if row[0] == ADDED} == {(ADDED, "", area.title), (ADDED, "", other.title)}

    world.annexes["3c"] = make_annex(world.agreement, AnnexKind.ACTION_PLAN, "3c", "Åtgärdsplan", priority_area=area)
    decide(world, "3c")

    assert {row for row in opened() if row[0] == ADDED} == {(ADDED, "", other.title)}


def test_a_picture_that_was_superseded_before_it_was_registered_asks_for_nothing(world: World, young: Annex) -> None:
    register(world, "1", date(2023, 6, 1))
    change(world.area)

    assert opened(register(world, "1", date(2024, 6, 1))) == set()


def test_an_old_plan_that_is_registered_closes_nothing(world: World, young: Annex) -> None:
    change(world.area)
    decide(world)

    register(world, "3a", date(2024, 6, 1))

    assert (CHANGED, "3a", "Trygga platser") in opened()


def test_a_registered_picture_that_is_in_force_asks_for_what_it_changes(world: World, young: Annex) -> None:
    change(world.area)

    decision = register(world, "1", YESTERDAY - timedelta(days=1), today())

    assert (CHANGED, "3a", "Trygga platser") in opened(decision)


def test_areas_know_what_they_are_part_of(world: World, young: Annex) -> None:
    part = PriorityArea.objects.create(agreement=world.agreement, part_of=world.area, title="Kajstråket")
    for is_numbered in (False, True):
        Section.objects.filter(annex=world.picture).update(is_numbered=is_numbered)

        found = {area.title: area.part_of for area in areas_of(draft_document(world.picture))}

        assert found == {"Trygga platser": "", part.title: str(world.area.pk), "Unga i risk": ""}
