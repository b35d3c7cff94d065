"""What stands around an agreement: the one above it and those under it, the one it replaces and the one after it; and
which organisations came before and after those that take part (R165)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from agreements.models import Organisation
from agreements.policies.agreement import visible_agreements

if TYPE_CHECKING:
    from agreements.models import Agreement
    from samverkan.accounts.models import User


@dataclass(frozen=True)
class Related:
    """Agreements that the reader may see; those that are hidden are not counted either. ``succession`` are the
    organisations that have one before or after them, ``successor`` and ``predecessors`` read."""

    parent: Agreement | None
    children: list[Agreement]
    predecessor: Agreement | None
    successors: list[Agreement]
    succession: list[Organisation]


def living_below(agreement: Agreement, day: date) -> QuerySet[Agreement]:
    """The agreements that rest on ``agreement`` and have not ended by ``day``, whoever may see them."""
    return agreement.children.exclude(ends_on__lt=day)


def related_to(agreement: Agreement, user: User) -> Related:
    """What stands around ``agreement`` as ``user`` may see it, in order; three queries."""
    near = Q(pk__in=[agreement.parent_id, agreement.predecessor_id]) | Q(parent=agreement) | Q(predecessor=agreement)
    found = list(visible_agreements(user).filter(near))
    by_pk: dict[int | None, Agreement] = {one.pk: one for one in found}
    return Related(
        by_pk.get(agreement.parent_id),
        [one for one in found if one.parent_id == agreement.pk],
        by_pk.get(agreement.predecessor_id),
        [one for one in found if one.predecessor_id == agreement.pk],
        _succession(agreement),
    )


def _succession(agreement: Agreement) -> list[Organisation]:
    parties, others = (rows.values("organisation") for rows in (agreement.parties, agreement.participants))
    taking_part = Organisation.objects.filter(Q(pk__in=parties) | Q(pk__in=others))
    found = taking_part.select_related("successor").prefetch_related("predecessors")
    return [one for one in found if one.successor or one.predecessors.all()]
