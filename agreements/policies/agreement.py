"""Who may see and change an agreement, and which agreements somebody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Membership, Party
from agreements.permissions import Perm, Role
from agreements.rights import agreements_with, has, memberships_in, today
from samverkan.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from samverkan.accounts.models import User

    Person = User | AnonymousUser


def visible_agreements(user: Person) -> QuerySet[Agreement]:
    """The agreements that ``user`` may see at all: those where any membership of today gives a right to read."""
    return agreements_with(user, Perm.READ_IN_FORCE)


def may_create(user: Person) -> Verdict:
    """Administrators make agreements; they get no right to read what is written in them."""
    if not user.has_perm("agreements.add_agreement"):
        return refused("not_administrator", _("Only an administrator can make an agreement."))
    return ALLOWED


def may_manage(user: Person, agreement: Agreement) -> Verdict:
    """Groups, contacts, parties, settings: coordinators of a party."""
    if not has(user, Perm.MANAGE_GROUPS, agreement):
        return refused("not_coordinator", _("Only a coordinator can change this."))
    return ALLOWED


def may_let_in(user: Person, agreement: Agreement, party: Party | None) -> Verdict:
    """Who acts for a party is that party's own affair: both are equal, and one's own drafts are hidden from the other.
    To let somebody in for ``party``, or see somebody out, one must be a coordinator, and either

    * be a coordinator of just that party, or
    * let in somebody who acts for no party, or
    * help a party that has no coordinator today.
    """
    if not (verdict := may_manage(user, agreement)) or party is None:
        return verdict
    if any(m.party_id == party.pk and m.role_group.role == Role.COORDINATOR for m in memberships_in(user, agreement)):
        return ALLOWED
    theirs = Membership.objects.on(today()).filter(
        role_group__agreement=agreement, role_group__role=Role.COORDINATOR, party=party, user__is_active=True
    )
    if theirs.exists():
        return refused("other_party", _("Only a coordinator of that party can say who acts for it."))
    return ALLOWED


def may_enter_decision(user: Person, agreement: Agreement) -> Verdict:
    """Decisions taken at a meeting or outside the portal are entered by coordinators."""
    if not has(user, Perm.ENTER_DECISION, agreement):
        return refused("not_coordinator", _("Only a coordinator can enter a decision."))
    return ALLOWED


def may_submit(user: Person, agreement: Agreement) -> Verdict:
    """Submission and withdrawal: coordinators."""
    if not has(user, Perm.SUBMIT, agreement):
        return refused("not_coordinator", _("Only a coordinator can submit and withdraw."))
    return ALLOWED
