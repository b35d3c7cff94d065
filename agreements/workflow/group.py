"""Governing groups, and the role groups that carry the rights of their people (design.md, "Who may do what")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from agreements.models import (
    Agreement,
    AgreementGroupObjectPermission,
    Annex,
    AnnexGroupObjectPermission,
    GoverningGroup,
    GroupKind,
    PriorityArea,
    RoleGroup,
)
from agreements.permissions import ROLE_PERMS, Perm, Role
from agreements.policies.agreement import may_manage
from agreements.states import AnnexKind
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused

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
