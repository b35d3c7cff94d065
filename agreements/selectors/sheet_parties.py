"""Whose the fields of an action plan's sheet are: the parties by the keys of their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.models import Agreement, Party

COMMITMENT = "_commitment"
"""What the key of a field ends with that holds a party's commitments."""

PartyKeys = list[tuple[str, "Party"]]


def party_keys(agreement: Agreement) -> PartyKeys:
    """What the fields of each party begin with: the first municipality and the first police have their own
    words, any further party its place in the order ("party_3")."""
    found: PartyKeys = []
    for party in agreement.parties.select_related("organisation"):
        word = "police" if party.organisation.is_police else "municipality"
        taken = any(key == word for key, _party in found)
        found.append((f"party_{party.position}" if taken else word, party))
    return found


def party_of_key(key: str, known: Sequence[tuple[str, Party]]) -> Party | None:
    """The party that the field with this key is about, or None; ``known`` as ``party_keys`` has it."""
    return next((party for word, party in known if key.startswith(f"{word}_")), None)
