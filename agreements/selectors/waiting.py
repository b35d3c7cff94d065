"""What I wait for from others, with whom and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.models import Ending, Manifest, MeetingEntry, Move, Proposal, Removal, SigningAnswer
from agreements.permissions import Perm, Role
from agreements.policies.lapse import not_lapsed
from agreements.policies.removal import KEEPERS
from agreements.rights import agreements_with
from agreements.selectors.work_item import TEXT, parties_of, roles_of
from agreements.selectors.work_on_proposals import address_of, unanswered_questions
from agreements.states import ON_THE_WAY, TURNS, ProposalStatus, Turn
from samverkan.accounts.models import User


@dataclass(frozen=True)
class Waiting:
    """What I wait for from others: with whom, since when."""

    what: str
    with_whom: str | Promise
    since: datetime
    url: str


WITH_WHOM = {
    Turn.PREPARATORY_GROUP: _("the preparatory group"),
    Turn.STEERING_GROUP: _("the steering group"),
    Turn.SIGNATORIES: _("the signatories"),
}

OTHERS = _("the other parties")


def waiting_for(user: User) -> list[Waiting]:
    """What ``user`` submitted or asked, and what the user's party has forwarded, assented to, entered or asked to be
    removed, that waits for somebody else; longest first, and each thing once. What has lapsed waits for nobody but the
    coordinators who withdraw it. A constant number of queries."""
    found = [*_on_their_way(user), *_asked(user), *_removals(user), *_endings(user), *_registered(user)]
    return sorted(found, key=lambda waiting: waiting.since)


@dataclass(frozen=True)
class _Part:
    """A version on its way, with whom it is and since when."""

    proposal: Proposal
    with_whom: str | Promise
    since: datetime


def _on_their_way(user: User) -> list[Waiting]:
    """Versions on their way; the parts of one matter that are with the same people are one row."""
    parts: dict[int, _Part] = {}
    for part in (*_forwarded(user), *_submitted(user)):
        parts.setdefault(part.proposal.pk, part)
    alone = [part for part in parts.values() if part.proposal.matter is None]
    together: dict[tuple[int | None, str], list[_Part]] = {}
    for part in parts.values():
        if part.proposal.matter is not None:
            together.setdefault((part.proposal.matter_id, str(part.with_whom)), []).append(part)
    return [_row([part]) for part in alone] + [_row(same) for same in together.values()]


def _row(parts: list[_Part]) -> Waiting:
    first, matter = parts[0], parts[0].proposal.matter
    since = min(part.since for part in parts)
    if matter is None or len(parts) == 1:
        proposal = first.proposal
        return Waiting(str(proposal.revision), first.with_whom, since, proposal.get_absolute_url())
    ordered = sorted(parts, key=lambda part: part.proposal.annex.sort_key)
    labels = ", ".join(part.proposal.annex.label for part in ordered)
    return Waiting(f"{matter.title}: {labels}", first.with_whom, since, matter.get_absolute_url())


def _forwarded(user: User) -> list[_Part]:
    """What the user's party has forwarded, and another party's members of the preparatory group have not."""
    parties = parties_of(roles_of(user, Role.PREPARATORY))
    if not parties:
        return []
    moving = not_lapsed(Proposal.objects.filter(status=ProposalStatus.IN_PREPARATION))
    moves = (
        Move.objects.filter(verb=Move.Verb.FORWARD, party__in=parties, proposal__in=moving)
        .select_related("proposal__revision__annex", "proposal__annex__agreement", "proposal__matter")
        .defer(*(f"proposal__{column}" for column in TEXT))
    )
    return [_Part(move.proposal, OTHERS, move.moved_at) for move in moves]


def _asked(user: User) -> list[Waiting]:
    """Questions before a decision ("Fråga först") that the one who submitted the text has not answered."""
    rows = unanswered_questions(user).filter(written_by=user)
    return [
        Waiting(
            _("Your question about %(text)s") % {"text": row.annex},
            str(row.revision.proposal.submitted_by),
            row.written_at,
            address_of(row),
        )
        for row in rows.select_related("revision__proposal__submitted_by")
        if row.revision and row.revision.proposal.submitted_by_id != user.pk
    ]


def _removals(user: User) -> list[Waiting]:
    """Removals of unlawful content that the user's party has asked for, and another has not answered."""
    rows = (
        Removal.objects.filter(status=Removal.Status.REQUESTED, party__in=parties_of(roles_of(user, *KEEPERS)))
        .select_related("revision__annex", "file")
        .defer(*TEXT)
    )
    return [Waiting(str(row), OTHERS, row.requested_at, row.get_absolute_url()) for row in rows]


def _submitted(user: User) -> list[_Part]:
    """What the user has submitted or said yes to, or the user's party submitted, where the user may still read it."""
    readable = Proposal.objects.filter(
        status__in=ON_THE_WAY, annex__agreement__in=agreements_with(user, Perm.READ_PROPOSED)
    )
    parties = parties_of(roles_of(user, Role.STEERING, Role.COORDINATOR))
    rows = (
        not_lapsed(readable)
        .filter(
            Q(submitted_by=user)
            | Q(assents__given_by=user, assents__withdrawn_at=None)
            | Q(party__in=parties, annex__agreement__in=list(roles_of(user, Role.COORDINATOR)))
        )
        .exclude(kind=Proposal.Kind.REGISTRATION, status=ProposalStatus.AWAITING_SIGNATURES)  # see _registered
        .distinct()
        .annotate(is_entered=Exists(MeetingEntry.objects.filter(proposal=OuterRef("pk"), closed_at=None)))
        .select_related("revision__annex", "annex__agreement", "matter")
        .defer(*TEXT)
    )
    return [
        _Part(row, OTHERS if row.is_entered else WITH_WHOM[TURNS[ProposalStatus(row.status)]], row.status_since)
        for row in rows
    ]


def _endings(user: User) -> list[Waiting]:
    """Last days that the user's party has entered or confirmed, and that another party has not."""
    mine = parties_of(roles_of(user, Role.COORDINATOR))
    said = Q(party__in=mine) | Q(confirmations__party__in=mine)
    rows = Ending.objects.filter(said, status=Ending.Status.ENTERED).distinct()
    rows = rows.select_related("agreement", "annex__agreement")
    return [Waiting(str(row), OTHERS, row.entered_at, row.get_absolute_url()) for row in rows]


def _registered(user: User) -> list[Waiting]:
    """Signings registered afterwards that the user's party has confirmed, and another has not."""
    said = SigningAnswer.objects.filter(manifest=OuterRef("pk"), party__in=parties_of(roles_of(user, Role.COORDINATOR)))
    rows = Manifest.objects.open().filter(Exists(said), is_registered_afterwards=True)
    return [
        Waiting(f"{row}, {row.agreement}", OTHERS, row.created_at, row.get_absolute_url())
        for row in rows.select_related("agreement")
    ]
