"""The annexes of the agreement: numbers and titles, nothing else, so that an annex can be revised without
touching the text that names it (R9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.selectors.annex_list import listed_annexes
from agreements.workflow.kinds.base import Found, RowsKind, item, item_list, text

if TYPE_CHECKING:
    from agreements.models import Section


class AnnexListKind(RowsKind):
    """Annexes in force or on their way to be; never one party's own draft."""

    key = "annex_list"
    name = gettext_lazy("the list of annexes")

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        rows = [
            item(f"annex-{annex.pk}", text(f"{annex.label}: {annex.title}"))
            for annex in listed_annexes(section.annex.agreement)
        ]
        return item_list(section, "annexes", rows)

    def check(self, section: Section) -> Found:
        agreement = section.annex.agreement
        if listed_annexes(agreement):
            return []
        return [("no_annexes", agreement.say(_("%(the_agreement)s has no annexes yet.")))]
