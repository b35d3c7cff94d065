"""An annex ends: entered by one party, in effect when every other party has confirmed it (R47, design.md "Deciding").

Every function locks the annex first, so that the second of two simultaneous calls meets the new state.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Annex, Decision, Ending, EndingConfirmation
from agreements.policies import ending as policy
from agreements.policies.agreement import coordinated_parties
from agreements.signals import ending_answered, ending_entered
from agreements.workflow.revision import locked
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, Verdict, refused


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise TransitionRefused(verdict)


def _locked(ending: Ending) -> Ending:
    locked(ending.annex)
    rows = Ending.objects.select_for_update(of=("self",)).select_related("annex__agreement", "decision")
    return rows.get(pk=ending.pk)


@transaction.atomic
def enter_ending(annex: Annex, *, ends_on: date, because: str, decision: Decision, by: User) -> Ending:
    """Enter for ``by``'s party that ``annex`` ends by ``decision``; ``ends_on`` is its last day. The other parties
    confirm it. One that has ended gets another last day in the same way.

    Raises TransitionRefused with the policy's verdict: who, in what state, by which decision, on which day.
    """
    annex = locked(annex)
    _require(policy.may_enter_ending(by, annex))
    _require(policy.can_end(annex, decision, ends_on))
    if not because.strip():
        raise TransitionRefused(refused("reason_missing", _("Write a reason.")))
    ending = Ending.objects.create(
        annex=annex, decision=decision, ends_on=ends_on, because=because.strip(), entered_by=by,
        party=coordinated_parties(by, annex.agreement)[0],
    )  # fmt: skip
    ending_entered.send(Ending, ending=ending, by=by)
    return ending


@transaction.atomic
def confirm_ending(ending: Ending, *, by: User) -> Ending:
    """Confirm for ``by``'s party that it is right; the last confirmation lets the annex end."""
    ending = _locked(ending)
    _require(policy.may_confirm(by, ending))
    party = policy.confirming_party(by, ending)
    if party is None:
        raise TransitionRefused(refused("not_party", _("You do not act for a party here.")))
    EndingConfirmation.objects.create(ending=ending, party=party, confirmed_by=by)
    if not policy.parties_missing(ending):
        _close(ending, Ending.Status.IN_EFFECT, by=by)
        annex = ending.annex
        annex.ends_on, annex.ended_because, annex.ended_by = ending.ends_on, ending.because, ending.decision
        remember_why(annex, ending.because, by=by)
        annex.save()
        ending_answered.send(Ending, ending=ending, by=by)
    return ending


@transaction.atomic
def dispute_ending(ending: Ending, *, reason: str, by: User) -> Ending:
    """Say for another party that it is wrong: it is closed, and the annex is as it was."""
    ending = _locked(ending)
    _require(policy.may_dispute(by, ending))
    if not reason.strip():
        raise TransitionRefused(refused("reason_missing", _("Write a reason.")))
    _close(ending, Ending.Status.DISPUTED, by=by, answer=reason.strip())
    ending_answered.send(Ending, ending=ending, by=by)
    return ending


@transaction.atomic
def withdraw_ending(ending: Ending, *, by: User) -> Ending:
    """Take back what one's own party entered, before it was confirmed."""
    ending = _locked(ending)
    _require(policy.may_withdraw(by, ending))
    _close(ending, Ending.Status.WITHDRAWN, by=by)
    ending_answered.send(Ending, ending=ending, by=by)
    return ending


def _close(ending: Ending, status: Ending.Status, *, by: User, answer: str = "") -> None:
    ending.status, ending.closed_at, ending.closed_by, ending.answer = status, timezone.now(), by, answer
    ending.save(update_fields=["status", "closed_at", "closed_by", "answer"])
