"""The section kinds of agreements. ``register_all`` is called when the app is ready."""

from agreements import section_kinds
from agreements.workflow.kinds.text import TextKind


def register_all() -> None:
    """Make every kind of this app known, under the keys that Section.kind holds."""
    for kind in (TextKind(),):
        section_kinds.register(kind)
