"""What is in force on a day: computed from dates, never stored (design.md, "States").

A decided revision is in force on a day when its ``effective_from`` has come, no later one's has, and neither the
annex nor the agreement has ended. An annex that follows the parent agreement (kind OVERARCHING_AGREEMENT) shows the
parent's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agreements.models import Agreement, Annex, Decision, Proposal, Revision
from agreements.states import ON_THE_WAY, AnnexKind, FixedBy


def decisions_in_force(annex_ids: QuerySet[Annex] | list[int], day: date) -> QuerySet[Decision]:
    """One decision per annex: the newest whose day has come by ``day`` (no look at last days)."""
    return (
        Decision.objects.filter(annex__in=annex_ids, effective_from__lte=day)
        .order_by("annex_id", "-effective_from")
        .distinct("annex_id")
        .select_related("revision", "annex__agreement")
    )


def revision_in_force(annex: Annex, day: date) -> Revision | None:
    """The revision of ``annex`` that is in force on ``day``, or None."""
    if annex.has_ended(day):
        return None
    decision = decisions_in_force([annex.pk], day).first()
    return decision.revision if decision else None


@dataclass(frozen=True)
class Standing:
    """How one annex stands on a day. ``decision``: what is in force; ``coming``: decided by then, its day still to
    come; ``proposal``: what is on its way; ``follows``: the parent's decision for annex 5; ``has_ended``: what was
    in force no longer is, and nothing took its place."""

    annex: Annex
    has_ended: bool
    decision: Decision | None
    coming: Decision | None
    proposal: Proposal | None
    follows: Decision | None = None

    @property
    def shown(self) -> Decision | None:
        """The decision whose text is read and printed for this annex."""
        return self.decision or self.follows

    @property
    def title(self) -> str:
        """What the text in force calls itself; without one, the title in the list of annexes."""
        return (self.shown and self.shown.revision.document["title"]) or self.annex.title


def standings(agreement: Agreement, day: date) -> list[Standing]:
    """Every annex of ``agreement`` (number 0, its own text, first) as it stands on ``day``. Five queries at most."""
    annexes = list(agreement.annexes.select_related("priority_area", "draft_party__organisation").order_by("sort_key"))
    for annex in annexes:
        annex.agreement = agreement
    ids = [annex.pk for annex in annexes]
    now = {decision.annex_id: decision for decision in decisions_in_force(ids, day)}
    coming: dict[int, Decision] = {}
    known = Decision.objects.filter(annex__in=ids, decided_on__lte=day)
    for later in known.filter(effective_from__gt=day).order_by("-effective_from"):
        coming[later.annex_id] = later
    moving = {
        proposal.annex_id: proposal
        for proposal in Proposal.objects.filter(annex__in=ids, status__in=ON_THE_WAY).select_related("revision")
    }
    parent = parent_decision(agreement, day)
    return [_standing(annex, day, now, coming, moving, parent) for annex in annexes]


def _standing(
    annex: Annex,
    day: date,
    now: Mapping[int, Decision],
    coming: Mapping[int, Decision],
    moving: Mapping[int, Proposal],
    parent: Decision | None,
) -> Standing:
    follows = annex.kind == AnnexKind.OVERARCHING_AGREEMENT and annex.fixed_by == FixedBy.PARENT
    decision, followed, later = now.get(annex.pk), parent if follows else None, coming.get(annex.pk)
    if annex.has_ended(day):
        was_in_force = (decision or followed) is not None
        return Standing(annex, was_in_force, None, None, moving.get(annex.pk))
    return Standing(annex, False, decision, later, moving.get(annex.pk), followed)


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
