"""A section that is rich text and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from agreements.workflow.kinds.base import RowsKind

if TYPE_CHECKING:
    from agreements.models import Section


class TextKind(RowsKind):
    """No rows: everything stands in the section's body."""

    key = "text"
    name = gettext_lazy("text")

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        return []
