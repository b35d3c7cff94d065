"""Who stands around an agreement today, and why each of them is told things."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    AgreementGroupObjectPermission,
    Annex,
    AnnexGroupObjectPermission,
    Membership,
    Party,
)
from agreements.permissions import Capacity, Perm, Role
from agreements.rights import today


class People:
    """The memberships of today with any right on ``agreement``, the central preparatory group's included.

    One query when first asked, one more for those who write an annex.
    """

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement

    @cached_property
    def memberships(self) -> list[Membership]:
        groups = AgreementGroupObjectPermission.objects.filter(content_object=self.agreement).values("group")
        return list(
            Membership.objects.on(today())
            .filter(role_group__auth_group__in=groups, user__is_active=True)
            .select_related("user", "party__organisation", "role_group__governing_group")
            .order_by("pk")
        )

    def holding(self, *roles: Role) -> list[Membership]:
        """Those with one of ``roles``, in the order of the roles."""
        return [m for role in roles for m in self.memberships if m.role_group.role == role]

    def writers(self, annex: Annex) -> list[Membership]:
        """Those who may edit just ``annex``: its working group, or the communicators."""
        rows = AnnexGroupObjectPermission.objects.filter(
            content_object=annex, permission__codename=Perm.EDIT_ANNEX.codename
        )
        groups = set(rows.values_list("group", flat=True))
        return [m for m in self.memberships if m.role_group.auth_group_id in groups]

    def of_parties(self, memberships: Iterable[Membership], parties: Iterable[Party]) -> list[Membership]:
        wanted = {party.pk for party in parties}
        return [m for m in memberships if m.party_id in wanted]

    def deciders(self) -> list[Membership]:
        """The steering group's members with a party's voice first, then the others."""
        steering = self.holding(Role.STEERING)
        return sorted(steering, key=lambda m: m.capacity != Capacity.DECISION_MAKER)


def reason_of(membership: Membership) -> str:
    """Why this membership makes somebody a recipient, as a sentence."""
    group = membership.role_group.governing_group
    if group is not None:
        return _("You belong to %(group)s.") % {"group": group.name}
    role = Role(membership.role_group.role)
    return _("You are %(role)s.") % {"role": role.label}
