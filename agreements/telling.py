"""Who will be told of something before it happens: agreements asks, and whoever writes the notices answers.

The one who tells is registered, not known: communication registers in its ``AppConfig.ready`` the functions that
find the recipients of its notices, so that a page never names others than those who are then told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from agreements.models import Annex
    from samverkan.accounts.models import User


@dataclass(frozen=True)
class Told:
    """A person, or a mailbox, with the sentence that says why just they are told."""

    name: str
    reason: str


class Teller(Protocol):
    """``of_submission``: those who would be told if ``by`` sent the annexes (of one agreement) on their way now."""

    def of_submission(self, annexes: Sequence[Annex], *, by: User) -> list[Told]: ...


_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let ``teller`` answer; a second registration replaces the first."""
    _tellers[:] = [teller]


def teller() -> Teller:
    """Who answers; LookupError when nobody has registered."""
    if not _tellers:
        raise LookupError("Nobody has said who is told.")
    return _tellers[0]
