"""What is in force on a day: computed from dates, never stored (design.md, "States").

A decided revision is in force on a day when its ``effective_from`` has come, no later one's has, and the annex
has not ended. An annex that follows the parent agreement (kind OVERARCHING_AGREEMENT) shows the parent's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agreements.models import Agreement, Annex, Decision, Proposal, Revision
from agreements.states import ON_THE_WAY, AnnexKind, FixedBy


def decisions_in_force(annex_ids: QuerySet[Annex] | list[int], day: date) -> QuerySet[Decision]:
    """One decision per annex: the newest whose day has come by ``day`` (no look at ends_on)."""
    return (
        Decision.objects.filter(annex__in=annex_ids, effective_from__lte=day)
        .order_by("annex_id", "-effective_from")
        .distinct("annex_id")
        .select_related("revision", "annex__agreement")
    )


def revision_in_force(annex: Annex, day: date) -> Revision | None:
    """The revision of ``annex`` that is in force on ``day``, or None."""
    if annex.ends_on is not None and annex.ends_on < day:
        return None
    decision = decisions_in_force([annex.pk], day).first()
    return decision.revision if decision else None


@dataclass(frozen=True)
class Standing:
    """How one annex stands on a day. ``decision``: what is in force; ``coming``: decided, day still to come;
    ``proposal``: what is on its way; ``has_ended``; ``follows``: the parent's decision for annex 5."""

    annex: Annex
    decision: Decision | None
    coming: Decision | None
    proposal: Proposal | None
    follows: Decision | None = None

    @property
    def has_ended(self) -> bool:
        return self.annex.ends_on is not None and self.decision is None

    @property
    def shown(self) -> Decision | None:
        """The decision whose text is read and printed for this annex."""
        return self.decision or self.follows


def standings(agreement: Agreement, day: date) -> list[Standing]:
    """Every annex of ``agreement`` (number 0, its own text, first) as it stands on ``day``. Five queries at most."""
    annexes = list(agreement.annexes.select_related("priority_area", "draft_party__organisation").order_by("sort_key"))
    for annex in annexes:
        annex.agreement = agreement
    ids = [annex.pk for annex in annexes]
    now = {decision.annex_id: decision for decision in decisions_in_force(ids, day)}
    coming: dict[int, Decision] = {}
    for later in Decision.objects.filter(annex__in=ids, effective_from__gt=day).order_by("-effective_from"):
        coming[later.annex_id] = later
    moving = {
        proposal.annex_id: proposal
        for proposal in Proposal.objects.filter(annex__in=ids, status__in=ON_THE_WAY).select_related("revision")
    }
    parent = parent_decision(agreement, day)
    return [
        Standing(
            annex,
            None if annex.ends_on is not None and annex.ends_on < day else now.get(annex.pk),
            coming.get(annex.pk),
            moving.get(annex.pk),
            parent if annex.kind == AnnexKind.OVERARCHING_AGREEMENT and annex.fixed_by == FixedBy.PARENT else None,
        )
        for annex in annexes
    ]


def parent_decision(agreement: Agreement, day: date) -> Decision | None:
    """The decision on the overarching agreement's own text in force on ``day`` (R3, R12)."""
    if agreement.parent_id is None:
        return None
    return (
        Decision.objects.filter(
            annex__agreement=agreement.parent_id, annex__kind=AnnexKind.AGREEMENT_TEXT, effective_from__lte=day
        )
        .order_by("-effective_from")
        .select_related("revision", "annex__agreement")
        .first()
    )
