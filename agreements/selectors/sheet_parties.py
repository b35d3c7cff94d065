"""Whose the fields of an action plan's sheet are: the parties by the keys of their fields."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from agreements.models import Agreement, Organisation, Party

COMMITMENT = "_commitment"
"""What the key of a field ends with that holds a party's commitments."""

OF_A_PARTY = re.compile(r"(police|municipality|party_[0-9]+)_")
"""What the keys of parties' fields begin with, in whatever agreement: the words of ``free_key``."""

PartyKeys = list[tuple[str, "Party"]]


def party_keys(agreement: Agreement) -> PartyKeys:
    """What the fields of each party begin with, in the order of the parties."""
    return [(party.key, party) for party in agreement.parties.select_related("organisation")]


def free_key(organisation: Organisation, taken: Collection[str]) -> str:
    """The key of one more party: the first municipality (or whoever is not police) and the first police have their own
    words, any further party a number ("party_3")."""
    word = "police" if organisation.is_police else "municipality"
    if word not in taken:
        return word
    return next(key for number in count(len(taken) + 1) if (key := f"party_{number}") not in taken)


def party_of_key(key: str, known: Sequence[tuple[str, Party]]) -> Party | None:
    """The party that the field with this key is about, or None; ``known`` as ``party_keys`` has it."""
    return next((party for word, party in known if key.startswith(f"{word}_")), None)


def key_here(key: str, known: Sequence[tuple[str, Party]]) -> str:
    """The key that a field from elsewhere has in an agreement with the parties ``known``. That of a party which is not
    here becomes nobody's: one that joins later does not come to have said what stands there."""
    return f"elsewhere_{key}" if OF_A_PARTY.match(key) and party_of_key(key, known) is None else key
