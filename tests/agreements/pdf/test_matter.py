"""A matter as printed says after the decision what it said before it."""

from datetime import timedelta

from agreements.models import Matter
from agreements.pdf.matter import printed_matter
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow.revision import submit_matter
from tests.agreements.selectors.test_decision_basis import plan_with
from tests.factories import World, answered, decided_before, drive


def told(matter: Matter) -> tuple[list[tuple[str, str]], list[tuple[str, str]], str]:
    """What the print of the only part says that a yes means, what it says has changed, and between which texts."""
    (part,) = printed_matter(matter).parts
    meanings = [(meaning.about, meaning.text) for _party, told in part.parties for meaning in told]
    return meanings, [(change.was, change.became) for change in part.redline.changes], part.redline.name


def test_after_the_decision_the_print_tells_the_same_change_as_before_it(world: World) -> None:
    plan_with(world, ["Städa torget"], ["Fotpatrullera"], "Inom budget")
    decided_before(world, "3a", today() - timedelta(days=30))
    plan_with(world, ["Städa torget", "Öppna fritidsgården"], ["Fotpatrullera"], "Inom budget")
    matter = submit_matter([answered(world.plan)], title="Våren", by=world.coordinator)
    before = told(matter)

    drive(world, matter.proposals.get(), ProposalStatus.DECIDED)

    assert told(matter) == before
    meanings, changes, name = before
    assert meanings == [("Nytt åtagande:", "Öppna fritidsgården (Arbetsgrupp trygga platser)")]
    assert len(changes) == 1
    assert name.startswith("Jämförelse version 1 – 2")
