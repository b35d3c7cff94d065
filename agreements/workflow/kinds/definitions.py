"""Terms and what they mean in one annex (R67)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.workflow.kinds.base import RowsKind, inline, item, item_list, text

if TYPE_CHECKING:
    from agreements.models import Definition, Section


class DefinitionsKind(RowsKind):
    """The annex's definitions as a list, each with where it comes from."""

    key = "definitions"
    name = gettext_lazy("definitions")
    related = ("annex__definitions",)

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        rows = [item(f"definition-{row.pk}", _written(row)) for row in section.annex.definitions.all()]
        return item_list(section, "definitions", rows)

    def copy(self, section: Section, target: Section) -> None:
        known = set(target.annex.definitions.values_list("term", flat=True))
        for row in section.annex.definitions.exclude(term__in=known):
            row.pk, row.annex = None, target.annex
            row.save(force_insert=True)

    def edit_url(self, section: Section) -> str | None:
        annex = section.annex
        return reverse("agreements:definition_edit", args=[annex.agreement.slug, annex.number, section.pk])


def _written(row: Definition) -> str:
    """Inline HTML: "**Term**: meaning (Source: …)"."""
    source = text(_("Source: %(source)s") % {"source": row.source}) if row.source else ""
    return inline(f"<strong>{text(row.term)}</strong>: {row.meaning}{f' ({source})' if source else ''}")
