"""The annexes that the agreement's own text names."""

from __future__ import annotations

from typing import cast

from django.db.models import Exists, OuterRef, Q

from agreements.models import Agreement, Annex, Proposal
from agreements.rights import today


def listed_annexes(agreement: Agreement) -> list[Annex]:
    """The annexes of ``agreement`` in their order that have not ended. One query, kept on the instance.

    One party's own draft that has never been submitted is not among them: the other party is not to know of it.
    """
    known = agreement.__dict__
    if "_listed_annexes" not in known:
        submitted = Proposal.objects.filter(annex=OuterRef("pk"))
        found = (
            agreement.annexes.listed()
            .filter(Q(draft_party=None) | Exists(submitted))
            .filter(Q(ends_on=None) | Q(ends_on__gte=today()))
            .order_by("sort_key")
        )
        known["_listed_annexes"] = list(found)
    return cast("list[Annex]", known["_listed_annexes"])
