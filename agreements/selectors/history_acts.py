"""What people have done that stands in rows of its own, written once: moves, signings, endings, reviews, removals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    Annex,
    Correction,
    DraftSharing,
    Ending,
    HigherDecision,
    Manifest,
    Move,
    Removal,
    Review,
    Signature,
    SigningAnswer,
    Task,
)
from agreements.policies.ending import visible_endings
from agreements.policies.removal import visible_removals
from agreements.policies.signing import visible_manifests
from agreements.selectors.history_events import LIMIT, Event, Stream, happened_before

if TYPE_CHECKING:
    from samverkan.accounts.models import User

TEXTS = [f"proposal__revision__{column}" for column in ("content", "plain_text", "ids")]
"""What a line does not need, and what a frozen text weighs."""


def moves(before: datetime | None, *, limit: int | None = None, **lookup: Any) -> Stream:
    """Each step of proposals, from the newest before that time: so many, or a page of them."""
    limit = limit or LIMIT
    rows = Move.objects.filter(**lookup).select_related("moved_by", "proposal__revision__annex__agreement")
    if before is not None:
        rows = rows.filter(moved_at__lt=before)
    found = list(rows.defer(*TEXTS).order_by("-moved_at", "-pk")[:limit])
    events = [
        Event(
            move.moved_at,
            str(move.moved_by),
            f"{move.get_verb_display()}: {move.proposal.revision}",
            move.reason,
            move.proposal.get_absolute_url(),
        )
        for move in found
    ]
    return Stream(events, found[-1].moved_at if len(found) == limit else None)


def removals(user: User, before: datetime | None, **lookup: Any) -> Stream:
    """Each request to remove content and its answer; without what was, or is, to be removed."""
    return happened_before(_removals(user, **lookup), before)


def _removals(user: User, **lookup: Any) -> Iterator[Event]:
    answers = {
        Removal.Status.CONFIRMED: _("Content removed from %(text)s"),
        Removal.Status.REJECTED: _("Removal from %(text)s rejected"),
        Removal.Status.WITHDRAWN: _("Request for removal from %(text)s withdrawn"),
    }
    for row in visible_removals(user).filter(**lookup):
        words, url = {"text": row.subject}, row.get_absolute_url()
        asked = _("Removal from %(text)s asked for") % words
        yield Event(row.requested_at, f"{row.requested_by}, {row.party}", asked, row.reason, url)
        if row.answered_at is not None:
            who = f"{row.answered_by}, {row.answered_for or row.party}"
            yield Event(row.answered_at, who, answers[Removal.Status(row.status)] % words, row.answer, url)


def sharings(annex: Annex, before: datetime | None) -> Stream:
    """That a party has let the others see its own draft."""
    rows = DraftSharing.objects.filter(annex=annex).select_related("shared_by", "party__organisation")
    what = _("Draft shared %(purpose)s")
    events = (
        Event(row.shared_at, str(row.shared_by), what % {"purpose": row.get_purpose_display()}, row.message)
        for row in rows
    )
    return happened_before(events, before)


def after_the_decision(annex: Annex, user: User, before: datetime | None) -> Stream:
    """What happens to an annex that has been decided: its end, that it was looked over, corrections, tasks done."""
    found = [*_endings(user, annex=annex), *_reviews(annex), *_corrections(annex), *_tasks(annex)]
    return happened_before(found, before)


def last_days(agreement: Agreement, user: User, before: datetime | None) -> Stream:
    """What was entered and answered about when the whole of ``agreement`` ends."""
    return happened_before(_endings(user, agreement=agreement), before)


def _endings(user: User, **lookup: Any) -> Iterator[Event]:
    answers = {Ending.Status.DISPUTED: _("Disputed: %(what)s"), Ending.Status.WITHDRAWN: _("Taken back: %(what)s")}
    rows = visible_endings(user).filter(**lookup)
    for row in rows.prefetch_related("confirmations__confirmed_by", "confirmations__party__organisation"):
        url, what = row.get_absolute_url(), {"what": row.in_full}
        yield Event(row.entered_at, f"{row.entered_by}, {row.party}", _("Entered: %(what)s") % what, row.because, url)
        for word in row.confirmations.all():
            who = f"{word.confirmed_by}, {word.party}"
            yield Event(word.confirmed_at, who, _("Confirmed: %(what)s") % what, url=url)
        if row.closed_at is not None and row.status in answers:
            yield Event(row.closed_at, str(row.closed_by), answers[Ending.Status(row.status)] % what, row.answer, url)


def _reviews(annex: Annex) -> Iterator[Event]:
    for row in Review.objects.filter(annex=annex).select_related("recorded_by"):
        what = _("Looked over on %(day)s, stands without change") % {"day": date_format(row.reviewed_on, "j F Y")}
        yield Event(row.recorded_at, str(row.recorded_by), what, row.note)


def _corrections(annex: Annex) -> Iterator[Event]:
    for row in Correction.objects.filter(decision__annex=annex).select_related("decision", "corrected_by"):
        what = _("Correction of %(decision)s") % {"decision": row.decision}
        yield Event(row.corrected_at, str(row.corrected_by), what, row.text, row.decision.get_absolute_url())


def _tasks(annex: Annex) -> Iterator[Event]:
    rows = Task.objects.filter(annex=annex, done_at__isnull=False).select_related("done_by", "agreement")
    for row in rows:
        if row.done_at is not None:
            yield Event(row.done_at, str(row.done_by), _("Done: %(task)s") % {"task": row})


def signings(agreement: Agreement, user: User, before: datetime | None) -> Stream:
    """How each signing went: prepared, decided from above, signed, answered, complete or given up."""
    return happened_before(_signings(agreement, user), before)


def _signings(agreement: Agreement, user: User) -> Iterator[Event]:
    manifests = list(visible_manifests(user).filter(agreement=agreement).select_related("created_by"))
    for manifest in manifests:
        begun = (
            _("%(signing)s registered afterwards") if manifest.is_registered_afterwards else _("%(signing)s prepared")
        )
        yield _of_signing(manifest, manifest.created_at, str(manifest.created_by), begun)
    yield from _records(manifests)
    yield from _closings(manifests)


def _of_signing(manifest: Manifest, when: datetime, who: str, what: str, reason: str = "") -> Event:
    return Event(when, who, what % {"signing": manifest}, reason, manifest.get_absolute_url())


def _records(manifests: list[Manifest]) -> Iterator[Event]:
    """What was recorded of each: signatures, decisions from above, and the parties' words on a registered one."""
    signed = Signature.objects.filter(signatory__manifest__in=manifests)
    for row in signed.select_related("signatory__manifest", "signatory__party__organisation", "recorded_by"):
        what = _("%(signing)s: signature of %(name)s recorded") % {
            "signing": row.signatory.manifest, "name": f"{row.signatory}, {row.signatory.party}",
        }  # fmt: skip
        url = row.signatory.manifest.get_absolute_url()
        yield Event(
            row.recorded_at, str(row.recorded_by), what, f"{row.place} {date_format(row.signed_on, 'j F Y')}", url
        )
    above = HigherDecision.objects.filter(manifest__in=manifests, recorded_at__isnull=False)
    for decided in above.select_related("manifest", "recorded_by"):
        if decided.recorded_at is not None and decided.decided_on is not None:
            what = _("%(signing)s: decision of %(body)s on %(day)s recorded") % {
                "signing": decided.manifest, "body": decided.body, "day": date_format(decided.decided_on, "j F Y"),
            }  # fmt: skip
            yield Event(decided.recorded_at, str(decided.recorded_by), what, url=decided.manifest.get_absolute_url())
    answers = SigningAnswer.objects.filter(manifest__in=manifests)
    for answer in answers.select_related("manifest", "party__organisation", "answered_by"):
        is_disputed = answer.stance == SigningAnswer.Stance.DISPUTED
        what = _("%(signing)s disputed") if is_disputed else _("%(signing)s confirmed")
        who = f"{answer.answered_by}, {answer.party}"
        yield _of_signing(answer.manifest, answer.answered_at, who, what, answer.reason)


def _closings(manifests: list[Manifest]) -> Iterator[Event]:
    """The ends of signings; who it was stands in the row's own history."""
    known = {manifest.pk: manifest for manifest in manifests}
    ended = Manifest.history.filter(id__in=known).exclude(closed_at=None, withdrawn_at=None)
    first: dict[int, Any] = {}
    for row in ended.select_related("history_user").order_by("history_id"):
        first.setdefault(row.id, row)
    for manifest in manifests:
        when = manifest.closed_at or manifest.withdrawn_at
        if when is not None:
            row = first.get(manifest.pk)
            who = str(row.history_user) if row is not None and row.history_user else _("The portal")
            what = _("%(signing)s is complete") if manifest.closed_at else _("%(signing)s given up")
            yield _of_signing(manifest, when, who, what)
