"""What is on its way and has lapsed: what it is about has ended, so that it can never begin to apply.

That something is on its way does not hinder that its agreement ends (decisions/0014). Afterwards nobody says yes to it
any more, and a coordinator withdraws it; it goes on when the agreement is prolonged. A version has lapsed when the
last day of its annex or agreement comes before

* the day that was entered from a meeting, or
* the day of the signing that is open for it, else
* today.

So what was decided or signed while it applied is entered, registered and confirmed after the last day too. What is
bound together with a version that has lapsed has lapsed with it: no part is decided without the others.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreements.models import Annex, Manifest, MeetingEntry, Proposal
from agreements.rights import today
from agreements.states import ON_THE_WAY, ProposalStatus
from samverkan.verdict import ALLOWED, Verdict, refused

IS_PAST = Q(last_day__lt=F("first_day"))
"""Of what ``_dated`` gives."""


def can_begin_to_apply(proposal: Proposal) -> Verdict:
    """Whether ``proposal`` has not lapsed. Reads ``annex.agreement`` and ``matter``; no query but where there is a last
    day, and one for a matter whose parts are bound together."""
    if not (verdict := _can_alone(proposal)):
        return verdict
    return next((_hindered_by(part.annex) for part in _bound_with(proposal) if not _can_alone(part)), ALLOWED)


def _bound_with(proposal: Proposal) -> list[Proposal]:
    matter = proposal.matter
    return matter.moving if matter is not None and matter.is_bound_together else []


def _hindered_by(annex: Annex) -> Verdict:
    assert annex.last_day is not None  # noqa: S101 -- it has lapsed
    return refused(
        "lapsed",
        _(
            "This version is decided together with %(annex)s, whose last day is %(day)s, so neither can begin to "
            "apply. A coordinator can withdraw them."
        )
        % {"annex": annex, "day": date_format(annex.last_day, "j F Y")},
    )


def _can_alone(proposal: Proposal) -> Verdict:
    if proposal.annex.last_day is None:
        return ALLOWED
    return can_apply_on(proposal.annex, _first_day(proposal))


def can_apply_on(annex: Annex, day: date) -> Verdict:
    """Whether ``annex`` has not ended before ``day``, said about a version of it that is on its way."""
    last = annex.last_day
    if last is None or day <= last:
        return ALLOWED
    return refused(
        "lapsed",
        _("The last day of %(annex)s is %(day)s, so this version cannot begin to apply. A coordinator can withdraw it.")
        % {"annex": annex, "day": date_format(last, "j F Y")},
    )


def _first_day(proposal: Proposal) -> date:
    """The first day from which it can still apply."""
    if proposal.status == ProposalStatus.PROPOSED:
        entered = (entry.effective_from for entry in proposal.meeting_entries.all() if entry.closed_at is None)
        return next(entered, today())
    if proposal.status == ProposalStatus.AWAITING_SIGNATURES:
        signing = _signings_of(proposal.revision_id).values_list("effective_from", flat=True)
        return signing.first() or today()
    return today()


def _signings_of(revision: int | F) -> QuerySet[Manifest]:
    return Manifest.objects.open().filter(entries__revision=revision, entries__is_signed_for=True)


def lapsed(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Those of ``proposals``, which are on their way, that have lapsed."""
    return _dated(proposals).filter(IS_PAST | _is_bound_to_past())


def not_lapsed(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Those of ``proposals``, which are on their way, that can still begin to apply."""
    return _dated(proposals).filter(Q(last_day=None) | Q(last_day__gte=F("first_day")), ~_is_bound_to_past())


def _is_bound_to_past() -> Exists:
    """Whether a part that it is bound together with has lapsed."""
    parts = Proposal.objects.filter(matter=OuterRef("matter"), matter__is_bound_together=True, status__in=ON_THE_WAY)
    return Exists(_dated(parts).filter(IS_PAST))


def _dated(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With the days that ``can_begin_to_apply`` compares. PostgreSQL's LEAST passes over what is empty."""
    entered = MeetingEntry.objects.filter(proposal=OuterRef("pk"), closed_at=None)
    signing = _signings_of(OuterRef("revision"))
    return proposals.alias(
        last_day=Least("annex__ends_on", "annex__agreement__ends_on"),
        first_day=Coalesce(
            Subquery(entered.values("effective_from")[:1]),
            Subquery(signing.values("effective_from")[:1]),
            Value(today()),
        ),
    )
