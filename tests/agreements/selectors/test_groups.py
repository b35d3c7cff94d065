"""An agreement's groups, in the order in which people look for them."""

from pytest_django import DjangoAssertNumQueries

from agreements.models import GroupKind
from agreements.rights import today
from agreements.selectors.groups import groups_of
from agreements.workflow.group import write_group
from tests.factories import World

NAMES = ["alby", "Boden", "Éksta", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro"]


def test_groups_come_by_kind_from_the_top_and_then_in_swedish_order(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.working_group.delete()
    for name in sorted(NAMES):
        write_group(world.agreement, GroupKind.WORKING, name=name)
    with django_assert_num_queries(5):
        views = groups_of(world.agreement, today())
    assert [view.group.kind for view in views] == ["steering", "preparatory", *["working"] * len(NAMES)]
    assert [view.group.name for view in views][2:] == NAMES
