"""Whom a submission reaches: who is told, who must be told otherwise, and which party nobody can act for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.models import Annex, Membership, Party
from agreements.permissions import Role
from agreements.policies.proposal import decision_makers
from agreements.rights import today
from agreements.telling import Told, teller
from samverkan.accounts.models import User


@dataclass(frozen=True)
class Circle:
    """``told`` are those who get a notice. ``without_account`` sit in the group whose turn it becomes and get none.
    ``is_empty``: nobody sits there at all. ``lacks`` are sentences about parties that nobody can act for."""

    told: list[Told]
    without_account: list[Membership]
    is_empty: bool
    lacks: list[str]


def circle_of(annexes: Sequence[Annex], *, by: User) -> Circle:
    """The circle of ``annexes``, all of one agreement and at least one, when ``by`` sends them."""
    agreement = annexes[0].agreement
    role = Role.PREPARATORY if agreement.is_prepared else Role.STEERING
    in_turn = list(
        Membership.objects.on(today())
        .filter(role_group__agreement=agreement, role_group__role=role)
        .select_related("user", "party__organisation")
    )
    reached = [member for member in in_turn if member.user is not None and member.user.is_active]
    deciders = decision_makers(agreement.pk).exclude(user=by)
    parties = list(agreement.parties.select_related("organisation"))
    lacks = [
        _("%(party)s has nobody with an account in the preparatory group: nobody can send it on for that party.")
        % {"party": party}
        for party in (_absent(parties, reached) if agreement.is_prepared else ())
    ]
    lacks += [
        _("%(party)s has no other decision-maker with an account: only a meeting's decision can be entered.")
        % {"party": party}
        for party in _absent(parties, deciders)
    ]
    without = [member for member in in_turn if member not in reached]
    return Circle(teller().of_submission(annexes, by=by), without, not in_turn, lacks)


def _absent(parties: Iterable[Party], members: Iterable[Membership]) -> list[Party]:
    """The parties for which none of ``members`` acts."""
    present = {member.party_id for member in members}
    return [party for party in parties if party.pk not in present]
