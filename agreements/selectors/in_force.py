"""What is in force on a day: computed from dates, never stored (design.md, "States").

A decided revision is in force on a day when its ``effective_from`` has come, no later one's has, and neither the
annex nor the agreement has ended. An annex that follows the parent agreement (kind OVERARCHING_AGREEMENT) shows the
parent's text, until the parent's last day; on a day that has passed the parent is that of the day, from the history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.models import Agreement, Annex, Decision, Proposal, Revision
from agreements.selectors.as_it_was import agreement_on
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
    come and not after the last; ``proposal``: what is on its way; ``follows``: the parent's decision for annex 5,
    ``above_until`` the last day of that text; ``has_ended``: what was in force no longer is, and nothing took its
    place."""

    annex: Annex
    has_ended: bool
    decision: Decision | None
    coming: Decision | None
    proposal: Proposal | None
    follows: Decision | None = None
    above_until: date | None = None

    @property
    def shown(self) -> Decision | None:
        """The decision whose text is read and printed for this annex."""
        return self.decision or self.follows

    @property
    def title(self) -> str:
        """What the text in force calls itself; without one, the title in the list of annexes."""
        return (self.shown and self.shown.revision.document["title"]) or self.annex.title

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be in force: that of the annex, or of the text above that it follows."""
        return min(filter(None, (self.annex.last_day, self.above_until)), default=None)


def standings(agreement: Agreement, day: date) -> list[Standing]:
    """Every annex of ``agreement`` (number 0, its own text, first) as it stands on ``day``. Five queries at most; two
    more for a day that has passed, where an annex follows the overarching agreement."""
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
    above = _text_above(agreement, annexes, now, day)
    return [_standing(annex, day, now, coming, moving, above) for annex in annexes]


def _text_above(
    agreement: Agreement, annexes: Iterable[Annex], now: Mapping[int, Decision], day: date
) -> Decision | None:
    """The overarching agreement's text for the annexes that follow it, by what ``agreement`` rested on on ``day``: the
    row that ``as_it_was`` finds, when it is given what was in force."""
    if not any(follows_above(annex) for annex in annexes):
        return None
    shown = [now[annex.pk] for annex in annexes if annex.pk in now and not annex.has_ended(day)]
    return text_above(agreement_on(agreement, day, shown), day)


def _standing(
    annex: Annex,
    day: date,
    now: Mapping[int, Decision],
    coming: Mapping[int, Decision],
    moving: Mapping[int, Proposal],
    above: Decision | None,
) -> Standing:
    decision, followed, later = now.get(annex.pk), above if follows_above(annex) else None, coming.get(annex.pk)
    if later is not None and annex.has_ended(later.effective_from):
        later = None  # the last day was entered after that decision, whose day never comes
    until = followed.annex.last_day if followed else None
    if annex.has_ended(day):
        was_in_force = (decision or followed) is not None
        return Standing(annex, was_in_force, None, None, moving.get(annex.pk), None, until)
    if followed is not None and followed.annex.has_ended(day):
        return Standing(annex, decision is None, decision, later, moving.get(annex.pk), None, until)
    return Standing(annex, False, decision, later, moving.get(annex.pk), followed, until)


def applies_from(agreement: Agreement, text: Standing | None) -> date | None:
    """The first day on which a decided ``text`` of ``agreement``, the row of the day that is asked about, is in force:
    not before the agreement begins, nor before the text's own day. None where no text had been decided."""
    first = text and (text.decision or text.coming)
    return max(first.effective_from, agreement.starts_on or first.effective_from) if first else None


def follows_above(annex: Annex) -> bool:
    """Whether ``annex`` is one that shows the overarching agreement's text. Reads ``agreement``."""
    return annex.kind == AnnexKind.OVERARCHING_AGREEMENT and annex.fixed_by == FixedBy.PARENT


def text_above(agreement: Agreement, day: date) -> Decision | None:
    """The newest decision on the overarching agreement's own text whose day has come by ``day`` (no look at last days).
    ``agreement`` is the row of that day (``as_it_was``)."""
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


def parent_decision(agreement: Agreement, day: date) -> Decision | None:
    """The decision on the overarching agreement's own text in force on ``day`` (R3, R12); None after its last day.
    ``agreement`` is the row of that day."""
    decision = text_above(agreement, day)
    return None if decision is None or decision.annex.has_ended(day) else decision


def numbers_in_force(agreements: Iterable[Agreement], day: date) -> Counter[int]:
    """How many annexes are in force on ``day``, today or to come, per agreement's id. ``agreements`` have their annexes
    fetched. Two queries at most."""
    annexes = [
        annex
        for agreement in agreements
        for annex in agreement.annexes.all()
        if not annex.is_agreement_text and not annex.has_ended(day)
    ]
    own = decisions_in_force([annex.pk for annex in annexes], day).select_related(None)
    decided = set(own.values_list("annex_id", flat=True))
    follow = {a.pk: a.agreement.parent_id for a in annexes if follows_above(a) and a.agreement.parent_id is not None}
    above = _texts_in_force(set(follow.values()), day) if follow else set()
    return Counter(a.agreement_id for a in annexes if a.pk in decided or follow.get(a.pk) in above)


def _texts_in_force(agreement_ids: Iterable[int], day: date) -> set[int]:
    """Those of the agreements with these ids whose own text is in force on ``day``; one query."""
    decided = Decision.objects.filter(annex=OuterRef("pk"), effective_from__lte=day)
    texts = Annex.objects.filter(Exists(decided), agreement__in=agreement_ids, kind=AnnexKind.AGREEMENT_TEXT).filter(
        Q(ends_on=None) | Q(ends_on__gte=day), Q(agreement__ends_on=None) | Q(agreement__ends_on__gte=day)
    )
    return set(texts.values_list("agreement_id", flat=True))
