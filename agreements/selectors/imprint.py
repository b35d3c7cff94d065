"""Who an agreement is between, as printed at the head and foot of its texts, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from agreements.models import Agreement, Party
from agreements.selectors.as_it_was import AsItWas


class PartyFacts(TypedDict):
    """A party as named on the day, by the registry number of its matter."""

    name: str
    registry_number: str
    defined_term: str
    org_number: str
    address: str


class ImprintFacts(TypedDict):
    """Kept with each decision, so that what was decided is printed alike for ever."""

    agreement: str
    parties: list[PartyFacts]


def imprint_of(agreement: Agreement, day: date) -> ImprintFacts:
    """The agreement and its parties today, by the names they bear on ``day`` (R165, R167). Two queries."""
    parties = agreement.parties.select_related("organisation").prefetch_related("organisation__names")
    return _facts(agreement, parties, day)


def imprint_then(then: AsItWas) -> ImprintFacts:
    """The agreement and its parties as they were. No query."""
    return _facts(then.agreement, then.parties, then.day)


def _facts(agreement: Agreement, parties: Iterable[Party], day: date) -> ImprintFacts:
    return {
        "agreement": agreement.title,
        "parties": [
            {
                "name": party.organisation.name_on(day),
                "registry_number": party.registry_number,
                "defined_term": party.defined_term,
                "org_number": party.organisation.org_number,
                "address": party.organisation.postal_address,
            }
            for party in parties
        ],
    }
