"""What a person may, today: django-guardian rights of role groups, held through dated memberships.

A right ends with its date without any job: every question asks for memberships that hold *today*
(Europe/Stockholm). Rights live in guardian's own tables with real foreign keys; people never hang in
auth's user-group table.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.utils import timezone

from agreements.models import (
    Agreement,
    AgreementGroupObjectPermission,
    Annex,
    AnnexGroupObjectPermission,
    Membership,
    Party,
)
from agreements.permissions import Perm
from samverkan.accounts.models import User

Person: TypeAlias = User | AnonymousUser
"""Whoever asks: signed in, or nobody."""


def today() -> date:
    """The day it is in Sweden."""
    return timezone.localdate()


@dataclass
class Holdings:
    """Everything that one person's memberships of today give: two queries, then no more. ``deciding``: those by which
    the person gives a party's assent, when policies.proposal has asked."""

    day: date
    agreements: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    annexes: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    memberships: list[Membership] = field(default_factory=list)
    deciding: list[Membership] | None = None


def _load(user: User, day: date) -> Holdings:
    held = Holdings(day)
    held.memberships = list(
        Membership.objects.on(day)
        .filter(user=user)
        .select_related("role_group", "role_group__governing_group", "party", "party__organisation")
    )
    groups = {membership.role_group.auth_group_id for membership in held.memberships}
    if not groups:
        return held
    rows = AgreementGroupObjectPermission.objects.filter(group__in=groups)
    for pk, codename in rows.values_list("content_object_id", "permission__codename"):
        held.agreements[pk].add(codename)
    own = AnnexGroupObjectPermission.objects.filter(group__in=groups)
    for pk, codename in own.values_list("content_object_id", "permission__codename"):
        held.annexes[pk].add(codename)
    return held


def holdings(user: Person) -> Holdings:
    """What ``user`` holds today. Kept on the user object until the day changes or ``forget`` is called."""
    day = today()
    if not isinstance(user, User) or not user.is_active:
        return Holdings(day)
    held: Holdings | None = getattr(user, "_holdings", None)
    if held is None or held.day != day:
        held = _load(user, day)
        user._holdings = held  # type: ignore[attr-defined]
    return held


def forget(user: User) -> None:
    """Drop what ``holdings`` kept: call it when a membership of ``user`` was changed in this process."""
    if hasattr(user, "_holdings"):
        del user._holdings


class DatedRightsBackend:
    """Authentication back end that answers ``user.has_perm(perm, obj)`` for agreements and annexes."""

    def authenticate(self, request: object, **credentials: object) -> None:
        return None

    def has_perm(self, user: Person, perm: str, obj: Model | None = None) -> bool:
        """Whether a membership of today gives ``perm`` on ``obj``. A right on the agreement covers its annexes."""
        held = holdings(user)
        codename = perm.partition(".")[2]
        if isinstance(obj, Agreement):
            return codename in held.agreements.get(obj.pk, ())
        if isinstance(obj, Annex):
            return codename in held.annexes.get(obj.pk, ()) or codename in held.agreements.get(obj.agreement_id, ())
        return False


def has(user: Person, perm: Perm, obj: Agreement | Annex) -> bool:
    """Whether ``user`` has ``perm`` on ``obj`` today. Asks no other back end: an administrator reads no drafts."""
    return DatedRightsBackend().has_perm(user, perm.value, obj)


def agreements_with(user: Person, *perms: Perm) -> QuerySet[Agreement]:
    """The agreements on which ``user`` has any of ``perms`` today."""
    wanted = {perm.codename for perm in perms}
    held = holdings(user)
    return Agreement.objects.filter(pk__in=[pk for pk, names in held.agreements.items() if names & wanted])


def annexes_with(user: Person, perm: Perm) -> list[int]:
    """The ids of the annexes on which ``user`` has ``perm`` today by itself, not by way of the agreement."""
    return [pk for pk, names in holdings(user).annexes.items() if perm.codename in names]


def memberships_in(user: Person, agreement: Agreement) -> list[Membership]:
    """The memberships of today that ``user`` has in ``agreement``."""
    return [m for m in holdings(user).memberships if m.role_group.agreement_id == agreement.pk]


def parties_of(user: Person, agreement: Agreement) -> set[Party]:
    """The parties for which ``user`` acts in ``agreement`` today, whatever the role."""
    return {m.party for m in memberships_in(user, agreement) if m.party is not None}
