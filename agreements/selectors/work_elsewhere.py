"""What waits for somebody that agreements knows nothing of: the one who does is registered and answers with rows.

As with ``agreements.telling``: communication registers in its ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable

from agreements.selectors.work_item import Item
from samverkan.accounts.models import User

Source = Callable[[User], list[Item]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let ``source`` add its rows, in a constant number of queries; registered once however often it is said."""
    if source not in _sources:
        _sources.append(source)


def from_elsewhere(user: User) -> list[Item]:
    """The rows of everyone registered."""
    return [item for source in _sources for item in source(user)]
