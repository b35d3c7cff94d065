"""How the functions are reached, party by party. What is frozen keeps the names as signed, while the register
goes on changing (R136-R142, R167)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.rights import today
from agreements.workflow.kinds.base import Found, RowsKind, block, text
from agreements.workflow.order import DEEPEST
from samverkan.phones import display_phone

if TYPE_CHECKING:
    from agreements.models import Contact, Section


class ContactsKind(RowsKind):
    """The contacts of today as cards under a heading per party; then those of no party, and services last."""

    key = "contacts"
    name = gettext_lazy("contacts")
    related = ("annex__agreement__contacts__party__organisation", "annex__agreement__contacts__organisation")

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = []
        for (key, heading), contacts in groupby(contacts_of(section), key=_list_of):
            rows = list(contacts)
            blocks.append(
                block(
                    section, f"contacts-{key}", "heading",
                    level=min(section.level + 1, DEEPEST), number="", html=text(heading), row=None,
                )
            )  # fmt: skip
            blocks += [_card(section, contact) for contact in rows]
        return blocks

    def check(self, section: Section) -> Found:
        reached = {contact.party_id for contact in contacts_of(section) if not contact.is_service}
        return [
            ("party_without_contacts", _("%(party)s has no contacts.") % {"party": party})
            for party in section.annex.agreement.parties.select_related("organisation")
            if party.pk not in reached
        ]

    def edit_url(self, section: Section) -> str | None:
        return reverse("agreements:group_detail", args=[section.annex.agreement.slug]) + "#kontakter"


def contacts_of(section: Section) -> list[Contact]:
    """Those who hold today, by the parties' order; then those without a party, and services last, whoever has them."""
    day = today()
    held = [
        contact
        for contact in section.annex.agreement.contacts.all()
        if (contact.starts_on is None or contact.starts_on <= day)
        and (contact.ends_on is None or contact.ends_on >= day)
    ]
    return sorted(
        held,
        key=lambda contact: (
            contact.is_service,
            contact.party is None,
            contact.party.position if contact.party and not contact.is_service else 0,
            contact.position,
            contact.pk,
        ),
    )


def _list_of(contact: Contact) -> tuple[str, str]:
    """The list that the contact stands in: its key among the blocks, and its heading."""
    if contact.is_service:
        return "services", _("Services")
    return (str(contact.party_id), str(contact.party)) if contact.party else ("others", _("Others"))


def _organisation(contact: Contact) -> str:
    """The contact's organisation, or whose service it is; "" for that of the party that the heading names already."""
    own = contact.party.organisation if contact.party else None
    organisation = contact.organisation or own
    return "" if organisation is None or (organisation == own and not contact.is_service) else str(organisation)


def _card(section: Section, contact: Contact) -> dict[str, Any]:
    labels = (_("phone"), _("mobile"))
    phones = [
        {"label": label, "number": number, "display": display_phone(number)}
        for label, number in zip(labels, (contact.phone, contact.mobile), strict=True)
        if number
    ]
    named = f"{contact.name} ({contact.political_party})" if contact.political_party else contact.name
    return block(
        section, f"contact-{contact.pk}", "contact_card",
        party=str(contact.party) if contact.party else None, name=named, function=contact.function_with_tasks,
        organisation=_organisation(contact), phones=phones, email=contact.email,
    )  # fmt: skip
