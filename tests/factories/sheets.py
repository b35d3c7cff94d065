"""The sheet of an action plan."""

from agreements.models import ActionPlanSheet
from agreements.rights import forget
from agreements.workflow.annex import create_annex
from tests.factories.agreements import World


def make_sheet(world: World) -> ActionPlanSheet:
    """The sheet of a new action plan about the area that Bo's working group belongs to, in the place of the plan."""
    world.plan.delete()
    world.annexes["3a"] = create_annex(
        world.agreement, "action_plan", number="3a", title="Plan", by=world.coordinator, priority_area=world.area
    )
    forget(world.bo)
    found: ActionPlanSheet = world.plan.sections.get(kind="action_plan_sheet").sheet
    return found
