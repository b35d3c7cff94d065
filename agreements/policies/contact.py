"""Who may change contacts: coordinators, and communicators, whose plan they stand in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from agreements.permissions import Perm, Role
from agreements.rights import Person, has, memberships_in
from samverkan.verdict import ALLOWED, Verdict, refused


def may_manage_contacts(user: Person, agreement: Agreement) -> Verdict:
    """One must be a coordinator or a communicator of a party in the agreement."""
    if has(user, Perm.MANAGE_GROUPS, agreement):
        return ALLOWED
    if any(m.role_group.role == Role.COMMUNICATOR for m in memberships_in(user, agreement)):
        return ALLOWED
    return refused("not_coordinator", _("Only coordinators and communicators can change contacts."))
