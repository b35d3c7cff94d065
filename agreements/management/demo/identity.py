"""Stable ids: the same section, area or commitment keeps its identity from version to version."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6f0f3f1e-52f4-4c4a-9d0e-6a2f5f7f9b11")


def row_id(*words: object) -> UUID:
    """The id of the row with that name: agreement, annex, and the key in the example."""
    return uuid5(NAMESPACE, "/".join(str(word) for word in words))
