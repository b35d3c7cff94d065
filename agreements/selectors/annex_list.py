"""The annexes that the agreement's own text names."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from agreements.models import Agreement, Annex, Proposal
from agreements.rights import today


def listed_annexes(agreement: Agreement) -> list[Annex]:
    """The annexes of ``agreement`` in their order that have not ended. One party's own draft that has never
    been submitted is not among them: the other party is not to know of it."""
    submitted = Proposal.objects.filter(annex=OuterRef("pk"))
    found = (
        agreement.annexes.listed()
        .filter(Q(draft_party=None) | Exists(submitted))
        .filter(Q(ends_on=None) | Q(ends_on__gte=today()))
        .order_by("sort_key")
    )
    return list(found)
