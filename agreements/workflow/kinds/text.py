"""A section that is rich text and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agreements.models import Section


class TextKind:
    """No rows: everything stands in the section's body."""

    key = "text"
    name = _("text")

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        return []

    def take_in(self, section: Section, proposal: Any) -> bool:
        return False

    def check(self, section: Section) -> list[tuple[str, str]]:
        return []

    def copy(self, section: Section, target: Section) -> None:
        return None

    def edit_url(self, section: Section) -> str | None:
        return None
