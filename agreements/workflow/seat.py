"""Seats are added, changed and taken away as the agreement changes what it wants in a group (R22, R28, R34)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from agreements.models import GoverningGroup, Seat
from agreements.policies.agreement import may_manage
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused


@transaction.atomic
def add_seat(group: GoverningGroup, *, function: str, by: User, **facts: Any) -> Seat:
    """Add a function to a group; ``facts`` are other fields of the seat, which is a required one unless they say
    otherwise. Raises TransitionRefused with the policy's verdict."""
    seat = Seat(group=group, function=function, **facts)
    _require_manager(seat, by)
    remember_why(seat, "", by=by)
    seat.save()
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, by: User) -> Seat:
    """Save a changed seat; who sits there goes on sitting there. Raises TransitionRefused with the policy's verdict."""
    _require_manager(seat, by)
    remember_why(seat, "", by=by)
    seat.save()
    return seat


@transaction.atomic
def remove_seat(seat: Seat, *, by: User) -> None:
    """Take a seat away; who sat there stays in the group without one. The history keeps the seat.

    Raises TransitionRefused with the policy's verdict.
    """
    _require_manager(seat, by)
    remember_why(seat, "", by=by)
    seat.delete()


def _require_manager(seat: Seat, by: User) -> None:
    if not (verdict := may_manage(by, seat.group.agreement)):
        raise TransitionRefused(verdict)
