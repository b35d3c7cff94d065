"""An annex or a whole agreement gets its last day, or goes on after all: entered by one party, in effect when every
other party has confirmed it (R47, design.md "Deciding").

Every function locks the annex or the agreement first, so that the second of two simultaneous calls meets the new state.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Decision, Ending, EndingConfirmation
from agreements.policies import ending as policy
from agreements.policies.agreement import coordinated_parties
from agreements.signals import ending_answered, ending_entered
from agreements.workflow.revision import locked
from agreements.workflow.tasks import open_tasks_below
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, demand, refused


def _locked_agreement(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)


def _locked(ending: Ending) -> Ending:
    if ending.annex is not None:
        locked(ending.annex)
    else:
        _locked_agreement(ending.whole)
    rows = Ending.objects.select_for_update(of=("self",))
    return rows.select_related("agreement", "annex__agreement", "decision").get(pk=ending.pk)


@transaction.atomic
def enter_ending(annex: Annex, *, ends_on: date, because: str, decision: Decision, by: User) -> Ending:
    """Enter for ``by``'s party that ``annex`` ends by ``decision``; ``ends_on`` is its last day. The other parties
    confirm it. One that has ended gets another last day in the same way.

    Raises TransitionRefused with the policy's verdict: who, in what state, by which decision, on which day.
    """
    annex = locked(annex)
    demand(policy.may_enter_ending(by, annex))
    demand(policy.can_end(annex, decision, ends_on))
    return _enter(Ending(annex=annex, decision=decision, ends_on=ends_on), because, by=by)


@transaction.atomic
def call_off_ending(annex: Annex, *, because: str, by: User) -> Ending:
    """Enter for ``by``'s party that ``annex``, whose last day has not passed, does not end after all.

    Raises TransitionRefused with the policy's verdict.
    """
    annex = locked(annex)
    demand(policy.may_call_off(by, annex))
    return _enter(Ending(annex=annex, ground=Ending.Ground.CALLED_OFF), because, by=by)


@transaction.atomic
def enter_last_day(agreement: Agreement, *, ground: str, ends_on: date | None, because: str, by: User) -> Ending:
    """Enter for ``by``'s party that the whole of ``agreement`` ends on ``ground``, is prolonged or does not end after
    all; ``ends_on`` None is until further notice. The other parties confirm it.

    Raises TransitionRefused with the policy's verdict: who, in what state, on which day.
    """
    agreement = _locked_agreement(agreement)
    demand(policy.may_enter_ending(by, agreement))
    demand(policy.can_change_last_day(agreement, ground, ends_on))
    return _enter(Ending(agreement=agreement, ground=ground, ends_on=ends_on), because, by=by)


def _enter(ending: Ending, because: str, *, by: User) -> Ending:
    if not because.strip():
        raise TransitionRefused(refused("reason_missing", _("Write a reason.")))
    ending.because, ending.entered_by = because.strip(), by
    ending.party = coordinated_parties(by, ending.whole)[0]
    ending.save()
    ending_entered.send(Ending, ending=ending, by=by)
    return ending


@transaction.atomic
def confirm_ending(ending: Ending, *, by: User) -> Ending:
    """Confirm for ``by``'s party that it is right; the last confirmation carries it out."""
    ending = _locked(ending)
    demand(policy.may_confirm(by, ending))
    party = policy.confirming_party(by, ending)
    if party is None:
        raise TransitionRefused(refused("not_party", _("You do not act for a party here.")))
    EndingConfirmation.objects.create(ending=ending, party=party, confirmed_by=by)
    if not policy.parties_missing(ending):
        _close(ending, Ending.Status.IN_EFFECT, by=by)
        _carry_out(ending, by=by)
        ending_answered.send(Ending, ending=ending, by=by)
    return ending


def _carry_out(ending: Ending, *, by: User) -> None:
    """Give what ends its last day. An agreement's history says on which ground: no words leave it again by a removal,
    so they stand in the ending alone. Agreements that rest on it have something to do."""
    subject, why = ending.subject, ending.because
    subject.ends_on = ending.ends_on
    if isinstance(subject, Annex):
        subject.ended_because = "" if ending.goes_on else ending.because
        subject.ended_by = ending.decision
    else:
        why = str(ending.get_ground_display())
    remember_why(subject, why, by=by)
    subject.save()
    if ending.annex is None:
        open_tasks_below(ending, by=by)


@transaction.atomic
def dispute_ending(ending: Ending, *, reason: str, by: User) -> Ending:
    """Say for another party that it is wrong: it is closed, and everything is as it was."""
    ending = _locked(ending)
    demand(policy.may_dispute(by, ending))
    if not reason.strip():
        raise TransitionRefused(refused("reason_missing", _("Write a reason.")))
    _close(ending, Ending.Status.DISPUTED, by=by, answer=reason.strip())
    ending_answered.send(Ending, ending=ending, by=by)
    return ending


@transaction.atomic
def withdraw_ending(ending: Ending, *, by: User) -> Ending:
    """Take back what one's own party entered, before it was confirmed."""
    ending = _locked(ending)
    demand(policy.may_withdraw(by, ending))
    _close(ending, Ending.Status.WITHDRAWN, by=by)
    ending_answered.send(Ending, ending=ending, by=by)
    return ending


def _close(ending: Ending, status: Ending.Status, *, by: User, answer: str = "") -> None:
    ending.status, ending.closed_at, ending.closed_by, ending.answer = status, timezone.now(), by, answer
    ending.save(update_fields=["status", "closed_at", "closed_by", "answer"])
