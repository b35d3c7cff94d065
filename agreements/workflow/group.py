"""Groups, their rights, and who belongs to them; joining and leaving is logged (design.md, "Who may do what")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    AgreementGroupObjectPermission,
    Annex,
    AnnexGroupObjectPermission,
    GoverningGroup,
    GroupKind,
    Membership,
    Organisation,
    Party,
    PriorityArea,
    RoleGroup,
    Seat,
)
from agreements.permissions import ROLE_PERMS, Capacity, Perm, Role
from agreements.policies.agreement import may_let_in, may_manage
from agreements.policies.membership import may_act_for_none
from agreements.rights import forget, today
from agreements.signals import membership_changed
from agreements.states import AnnexKind
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, Verdict, refused

ROLE_OF_KIND = {
    GroupKind.STEERING: Role.STEERING,
    GroupKind.PREPARATORY: Role.PREPARATORY,
    GroupKind.WORKING: Role.WORKING_GROUP,
    GroupKind.CENTRAL_PREPARATORY: Role.CENTRAL,
}


def _permission(perm: Perm) -> Permission:
    return Permission.objects.get(content_type__app_label="agreements", codename=perm.codename)


def grant(group: Group, agreement: Agreement, role: Role) -> None:
    """Give ``group`` the rights of ``role`` on ``agreement``; again changes nothing."""
    codenames = [perm.codename for perm in ROLE_PERMS[role]]
    permissions = Permission.objects.filter(content_type__app_label="agreements", codename__in=codenames)
    AgreementGroupObjectPermission.objects.bulk_create(
        [
            AgreementGroupObjectPermission(group=group, permission=permission, content_object=agreement)
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def grant_annex(role_group: RoleGroup, annex: Annex) -> None:
    """Let the people of ``role_group`` edit ``annex``; again changes nothing."""
    AnnexGroupObjectPermission.objects.get_or_create(
        group=role_group.auth_group, permission=_permission(Perm.EDIT_ANNEX), content_object=annex
    )


def revoke_annex(role_group: RoleGroup, annex: Annex) -> None:
    """Take the right to edit ``annex`` from the people of ``role_group``."""
    AnnexGroupObjectPermission.objects.filter(group=role_group.auth_group, content_object=annex).delete()


def role_group(agreement: Agreement, role: Role, governing_group: GoverningGroup | None = None) -> RoleGroup:
    """The role group of ``role`` in ``agreement`` with its rights, made when it is missing."""
    found = RoleGroup.objects.filter(agreement=agreement, role=role, governing_group=governing_group).first()
    if found is not None:
        return found
    suffix = f":{governing_group.pk}" if governing_group else ""
    auth_group = Group.objects.create(name=f"{agreement.pk}:{role}{suffix}")
    grant(auth_group, agreement, role)
    made = RoleGroup.objects.create(
        auth_group=auth_group, agreement=agreement, role=role, governing_group=governing_group
    )
    if role == Role.COMMUNICATOR:
        for annex in agreement.annexes.filter(kind=AnnexKind.COMMUNICATION_PLAN):
            grant_annex(made, annex)
    if role == Role.CENTRAL:
        for child in agreement.children.all():
            grant(auth_group, child, role)
    return made


def grant_to_new_annex(annex: Annex) -> None:
    """Give communicators their communication plan. Called when an annex is made."""
    if annex.kind != AnnexKind.COMMUNICATION_PLAN:
        return
    for found in RoleGroup.objects.filter(agreement=annex.agreement_id, role=Role.COMMUNICATOR):
        grant_annex(found, annex)


def inherit_central_group(agreement: Agreement) -> None:
    """Let the overarching agreement's central preparatory group read what is in force here (R37, R46)."""
    if agreement.parent_id is None:
        return
    for central in RoleGroup.objects.filter(agreement=agreement.parent_id, role=Role.CENTRAL):
        grant(central.auth_group, agreement, Role.CENTRAL)


def leave_central_group(agreement: Agreement, parent: Agreement | None) -> None:
    """Take the rights on ``agreement`` from the central group of ``parent``, on which it rests no longer."""
    if parent is not None:
        central = RoleGroup.objects.filter(agreement=parent, role=Role.CENTRAL).values("auth_group")
        AgreementGroupObjectPermission.objects.filter(group__in=central, content_object=agreement).delete()


def write_group(agreement: Agreement, kind: GroupKind, *, name: str, **facts: Any) -> GoverningGroup:
    """Make a group with its role group, without asking who does it (set-up and examples)."""
    group = GoverningGroup.objects.create(agreement=agreement, kind=kind, name=name, **facts)
    role_group(agreement, ROLE_OF_KIND[kind], group)
    return group


def _require_manager(by: User, agreement: Agreement) -> None:
    if not (verdict := may_manage(by, agreement)):
        raise TransitionRefused(verdict)


@transaction.atomic
def create_group(
    agreement: Agreement,
    kind: GroupKind,
    *,
    name: str,
    by: User,
    task: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    next_meeting_on: date | None = None,
    areas: list[PriorityArea] | None = None,
) -> GoverningGroup:
    """Appoint a group; a working group may be limited in time and belongs to priority areas (R27, R31-R32)."""
    _require_manager(by, agreement)
    group = write_group(
        agreement, kind, name=name, task=task, starts_on=starts_on, ends_on=ends_on, next_meeting_on=next_meeting_on
    )
    group.priority_areas.set(areas or [])
    sync_working_group(group)
    return group


def _require_own(by: User, agreement: Agreement, party: Party | None) -> None:
    if not (verdict := may_let_in(by, agreement, party)):
        raise TransitionRefused(verdict)


def sync_working_group(group: GoverningGroup) -> None:
    """Let a working group edit just the action plans of its areas and those where it has a column."""
    if group.kind != GroupKind.WORKING:
        return
    own = RoleGroup.objects.get(governing_group=group)
    plans = Annex.objects.filter(agreement=group.agreement_id, kind=AnnexKind.ACTION_PLAN)
    mine = set(plans.filter(priority_area__in=group.priority_areas.all()).values_list("pk", flat=True))
    mine |= set(plans.filter(sections__sheet__columns__working_group=group).values_list("pk", flat=True))
    for annex in plans:
        if annex.pk in mine:
            grant_annex(own, annex)
        else:
            revoke_annex(own, annex)


@transaction.atomic
def change_group(group: GoverningGroup, *, by: User, areas: Iterable[PriorityArea] | None = None) -> GoverningGroup:
    """Save a changed group; ``areas`` replace those it belongs to, and its rights follow."""
    _require_manager(by, group.agreement)
    remember_why(group, "", by=by)
    group.save()
    if areas is not None:
        group.priority_areas.set(areas)
    sync_working_group(group)
    return group


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
                % {
                    "who": membership.user,
                    "group": membership.role_group.governing_group or membership.role_group.get_role_display(),
                },
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
