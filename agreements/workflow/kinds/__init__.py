"""The section kinds of agreements. ``register_all`` is called when the app is ready."""

from agreements import section_kinds
from agreements.workflow.kinds.action_plan_sheet import ActionPlanSheetKind
from agreements.workflow.kinds.annex_list import AnnexListKind
from agreements.workflow.kinds.contacts import ContactsKind
from agreements.workflow.kinds.definitions import DefinitionsKind
from agreements.workflow.kinds.groups import GroupsKind
from agreements.workflow.kinds.parties import PartiesKind
from agreements.workflow.kinds.priority_areas import PriorityAreasKind
from agreements.workflow.kinds.sources import SourcesKind
from agreements.workflow.kinds.text import TextKind


def register_all() -> None:
    """Make every kind of this app known, under the keys that Section.kind holds."""
    for kind in (
        TextKind(),
        PartiesKind(),
        AnnexListKind(),
        GroupsKind(),
        SourcesKind(),
        PriorityAreasKind(),
        ActionPlanSheetKind(),
        DefinitionsKind(),
        ContactsKind(),
    ):
        section_kinds.register(kind)
