"""Who the parties are: names, organisation numbers, addresses, defined terms (R5-R7, R39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.workflow.kinds.base import Found, RowsKind, block, item, item_list, text

if TYPE_CHECKING:
    from agreements.models import Party, Section


class PartiesKind(RowsKind):
    """The parties of the agreement in their order, then those who take part without signing."""

    key = "parties"
    name = gettext_lazy("the parties")
    related = ("annex__agreement__parties__organisation", "annex__agreement__participants__organisation")

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        agreement = section.annex.agreement
        parties = [item(f"party-{party.pk}", text(_described(party))) for party in agreement.parties.all()]
        together = text(_("Together they are called the “Parties”."))
        others = [
            item(f"participant-{row.pk}", text(", ".join(part for part in (str(row), row.note) if part)))
            for row in agreement.participants.all()
        ]
        taking_part = text(_("Taking part without being a party:"))
        return [
            *item_list(section, "parties", parties),
            block(section, "together", "rich_text", html=f"<p>{together}</p>"),
            *([block(section, "taking-part", "rich_text", html=f"<p>{taking_part}</p>")] if others else []),
            *item_list(section, "participants", others),
        ]

    def check(self, section: Section) -> Found:
        return [
            (
                "party_incomplete",
                _("The organisation number or postal address of %(party)s is missing.") % {"party": party},
            )
            for party in section.annex.agreement.parties.all()
            if not (party.organisation.org_number and party.organisation.postal_address)
        ]

    def edit_url(self, section: Section) -> str | None:
        return reverse("agreements:agreement_edit", args=[section.annex.agreement.slug])


def _described(party: Party) -> str:
    """ "Norrviks kommun, org.nr 219900-1179, postadress Box 1, 100 00 Norrvik, nedan kallad ”Kommunen”"."""
    organisation = party.organisation
    parts = [
        organisation.name,
        _("org. no. %(number)s") % {"number": organisation.org_number} if organisation.org_number else "",
        _("postal address %(address)s") % {"address": organisation.postal_address}
        if organisation.postal_address
        else "",
        _("below called the “%(term)s”") % {"term": party.defined_term},
    ]
    return ", ".join(part for part in parts if part)
