"""The sources behind the situational picture: one register, shown there and in the agreement's text (R56-R57)."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Section, Source
from agreements.selectors.picture_in_force import frozen_items, is_own_draft
from agreements.states import AnnexKind
from agreements.workflow.kinds.base import Found, RowsKind, item, item_list, note, text


class SourcesKind(RowsKind):
    """In the situational picture's own draft the register as it is now; elsewhere as the picture in force has
    it; while there is none, as it is now, unless that is one party's own draft."""

    key = "sources"
    name = gettext_lazy("sources")
    related = ("annex__agreement__sources",)

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        if section.annex.kind != AnnexKind.SITUATIONAL_PICTURE:
            settled = frozen_items(section.annex.agreement, "source-")
            if settled is not None or is_own_draft(section.annex.agreement):
                return item_list(section, "sources", settled or [])
        rows = [item(f"source-{source.pk}", _described(source)) for source in section.annex.agreement.sources.all()]
        return item_list(section, "sources", rows)

    def check(self, section: Section) -> Found:
        if section.annex.agreement.sources.all():
            return []
        return [("no_sources", _("No sources have been written in the list of sources."))]

    def copy(self, section: Section, target: Section) -> None:
        """The register of another agreement is added to, by the sources that it lacks."""
        agreement = target.annex.agreement
        if agreement.pk == section.annex.agreement_id:
            return
        known = set(agreement.sources.values_list("name", "period"))
        for source in section.annex.agreement.sources.all():
            if (source.name, source.period) not in known:
                source.pk, source.agreement = None, agreement
                source.save(force_insert=True)

    def edit_url(self, section: Section) -> str | None:
        annex = section.annex
        if annex.kind != AnnexKind.SITUATIONAL_PICTURE:  # shown elsewhere too, written there
            return None
        return reverse("agreements:source_edit", args=[annex.agreement.slug, annex.number, section.pk])


def _described(source: Source) -> str:
    """Inline HTML: "Trygghetsmätning 2024, Norrviks kommun (www.example.se)" with its explanation as a note."""
    named = f"{source.name} {source.period}".strip()
    words = ", ".join(part for part in (named, source.publisher) if part)
    html = text(words)
    if source.link:
        shown = re.sub(r"^https?://(www\.)?|/$", "", source.link)
        html += f' (<a href="{escape(source.link)}">{text(shown)}</a>)'
    return html + note(source.note)
