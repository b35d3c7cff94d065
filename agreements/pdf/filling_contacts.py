"""From the register of contacts to the sheet that is printed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from agreements.models import Contact
from agreements.pdf.printed import ContactSheet, Imprint, PartyContacts, PrintedContact
from agreements.rights import today
from agreements.selectors.as_it_was import AsItWas, contacts_of


def known_on(day: date) -> date | None:
    """Today, when ``day`` is still to come: what is printed of it is what is known now. Else None."""
    return today() if day > today() else None


def contact_sheet(then: AsItWas, on_imprint: Imprint) -> ContactSheet | None:
    """How to reach whom on the day (R142), by the register of that day; None when it was empty. Services such as
    114 14 stand in a list of their own, whoever has them (R138)."""
    every = contacts_of(then)
    if not every:
        return None
    rows = [row for row in every if not row.is_service]
    groups = []
    for party in then.parties:
        if own := tuple(_contact(row, then.day) for row in rows if row.party_id == party.pk):
            organisation = party.organisation
            groups.append(PartyContacts(organisation.name_on(then.day), own, organisation.postal_address))
    known = {party.pk for party in then.parties}
    if others := tuple(_contact(row, then.day) for row in rows if row.party_id not in known):
        groups.append(PartyContacts(_("Others"), others))
    if services := tuple(_contact(row, then.day) for row in every if row.is_service):
        groups.append(PartyContacts(_("Services"), services))
    return ContactSheet(on_imprint, then.day, tuple(groups), known_on(then.day))


def _contact(row: Contact, day: date) -> PrintedContact:
    return PrintedContact(
        function=row.function_with_tasks,
        name=f"{row.name} ({row.political_party})" if row.political_party else row.name,
        organisation=row.organisation.name_on(day) if row.organisation else "",
        phones=tuple(("", shown) for _number, shown in row.phones),
        email=row.email,
    )
