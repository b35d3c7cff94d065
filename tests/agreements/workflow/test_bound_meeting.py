"""Parts that are bound together and decided at a meeting: each record has its own day, § and minutes."""

from datetime import timedelta

from agreements.models import Decision, Proposal
from agreements.rights import today
from agreements.workflow import proposal as moves
from agreements.workflow.revision import submit_matter
from tests.factories import World
from tests.factories.proposals import answered


def _bound(world: World) -> list[Proposal]:
    matter = submit_matter(
        [answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator, is_bound_together=True
    )
    proposals = list(matter.proposals.order_by("annex__sort_key"))
    for proposal in proposals:
        moves.forward(proposal, by=world.preparer)
        moves.forward(proposal, by=world.police_preparer)
    return proposals


def _enter(world: World, proposal: Proposal, item: str, days_ago: int) -> None:
    day = today() - timedelta(days=days_ago)
    moves.enter_decision(
        proposal, by=world.coordinator, decided_on=day, effective_from=day, resolution=f"Beslut {item}.",
        item_number=item, attendance="Alla",
    )  # fmt: skip


def test_each_part_is_recorded_as_it_was_entered(world: World) -> None:
    first, second = _bound(world)
    _enter(world, first, "§ 4", 9)
    _enter(world, second, "§ 5", 2)

    assert moves.confirm_entry(first, by=world.police_coordinator) is None
    moves.confirm_entry(second, by=world.police_coordinator)

    found = {
        decision.annex_id: (decision.item_number, decision.resolution, (today() - decision.decided_on).days)
        for decision in Decision.objects.all()
    }
    assert found == {first.annex_id: ("§ 4", "Beslut § 4.", 9), second.annex_id: ("§ 5", "Beslut § 5.", 2)}
    assert not first.meeting_entries.filter(closed_at=None).exists()


def test_a_part_decided_per_capsulam_gets_nothing_from_the_meeting(world: World) -> None:
    first, second = _bound(world)
    moves.give_assent(first, by=world.anna)
    moves.give_assent(first, by=world.pia)
    _enter(world, second, "§ 5", 2)

    moves.confirm_entry(second, by=world.police_coordinator)

    alone = Decision.objects.get(annex=first.annex)
    assert (alone.item_number, alone.method, alone.decided_on) == ("", Decision.Method.PER_CAPSULAM, today())


def test_a_meeting_entered_first_is_kept_when_the_last_yes_comes_per_capsulam(world: World) -> None:
    first, second = _bound(world)
    _enter(world, first, "§ 4", 9)
    moves.confirm_entry(first, by=world.police_coordinator)
    moves.give_assent(second, by=world.anna)

    moves.give_assent(second, by=world.pia)

    assert Decision.objects.get(annex=first.annex).item_number == "§ 4"
    assert Decision.objects.get(annex=second.annex).method == Decision.Method.PER_CAPSULAM
