"""Joining and leaving: for a party, from a date, until a date, and logged (design.md, "Who may do what")."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Membership, Organisation, Party, RoleGroup, Seat
from agreements.permissions import Capacity
from agreements.policies.agreement import may_let_in
from agreements.policies.membership import may_act_for_none
from agreements.rights import forget, today
from agreements.signals import membership_changed
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, Verdict, refused


@transaction.atomic
def join(
    group: RoleGroup,
    *,
    by: User,
    user: User | None = None,
    name: str = "",
    party: Party | None = None,
    organisation: Organisation | None = None,
    seat: Seat | None = None,
    capacity: Capacity = Capacity.ORDINARY,
    is_convener: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Let somebody join for a party, from a date (default today) until a date. Logged with who did it.

    Raises TransitionRefused with the policy's verdict: another party's people are not ``by``'s to choose, and some
    roles are only had for a party.
    """
    _require_own(by, group.agreement, party)
    return write_membership(
        group, by=by, user=user, name=name, party=party, organisation=organisation, seat=seat, capacity=capacity,
        is_convener=is_convener, starts_on=starts_on or today(), ends_on=ends_on,
    )  # fmt: skip


@transaction.atomic
def write_membership(group: RoleGroup, *, by: User | None, **facts: Any) -> Membership:
    """Write a membership without asking who does it (set-up and examples); the rest as ``join``. Locks the group.

    The very same one a second time (a double click) is the one that there is. Raises TransitionRefused when the
    person already belongs to the group for that party on one of those days.
    """
    party, seat = facts.get("party"), facts.get("seat")
    if party is not None and party.agreement_id != group.agreement_id:
        raise TransitionRefused(refused("other_agreement", _("That party belongs to another agreement.")))
    if seat is not None and seat.group_id != group.governing_group_id:
        raise TransitionRefused(refused("other_group", _("That seat belongs to another group.")))
    if party is None and not (verdict := _acts_for_none(group, facts)):
        raise TransitionRefused(verdict)
    RoleGroup.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    membership = Membership(role_group=group, **facts)
    if (same := _same_as(membership)) is not None:
        return same
    _refuse_second_seat(membership)
    remember_why(membership, str(_("Joined")), by=by)
    membership.save()
    if membership.user is not None:
        forget(membership.user)
    if by is not None:
        membership_changed.send(Membership, membership=membership, by=by)
    return membership


def _require_own(by: User, agreement: Agreement, party: Party | None) -> None:
    if not (verdict := may_let_in(by, agreement, party)):
        raise TransitionRefused(verdict)


def _acts_for_none(group: RoleGroup, facts: dict[str, Any]) -> Verdict:
    capacity = facts.get("capacity", Capacity.ORDINARY)
    return may_act_for_none(group.role, capacity, is_from_elsewhere=facts.get("organisation") is not None)


SAME = (
    "role_group", "user", "name", "party", "organisation", "seat", "capacity", "is_convener", "starts_on", "ends_on",
)  # fmt: skip
"""What two memberships that are the same have in common: all that was written."""


def _same_as(membership: Membership) -> Membership | None:
    return Membership.objects.filter(**{name: getattr(membership, name) for name in SAME}).first()


def _refuse_second_seat(membership: Membership) -> None:
    """The database refuses it too; who holds the lock on the group says it in a sentence."""
    if membership.user is None:
        return
    held = Membership.objects.filter(
        role_group=membership.role_group, user=membership.user, party=membership.party
    ).exclude(pk=membership.pk).exclude(ends_on__lt=membership.starts_on)  # fmt: skip
    if membership.ends_on is not None:
        held = held.filter(starts_on__lte=membership.ends_on)
    if held.exists():
        raise TransitionRefused(
            refused(
                "already_member",
                _("%(who)s already belongs to %(group)s then. End that membership first, or choose other days.")
                % {"who": membership.user, "group": membership.role_group.label},
            )
        )


@transaction.atomic
def end_membership(membership: Membership, *, by: User, ends_on: date | None = None) -> Membership:
    """Let the membership end; ``ends_on`` is its last day (default yesterday, so that the right ends at once).

    Raises TransitionRefused with the policy's verdict, or when a later last day meets the person's next membership.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    _require_own(by, membership.role_group.agreement, membership.party)
    before, last = membership.ends_on, ends_on or today() - timedelta(days=1)
    membership.ends_on = max(last, membership.starts_on) if ends_on else last
    membership.starts_on = min(membership.starts_on, membership.ends_on)
    if before is not None and before < membership.ends_on:
        _refuse_second_seat(membership)
    remember_why(membership, str(_("Left")), by=by)
    membership.save()
    if membership.user is not None:
        forget(membership.user)
    membership_changed.send(Membership, membership=membership, by=by)
    return membership
