"""Who enters that an annex ends, who confirms it for the other parties, and by which decision on which day.

Both parties are equal: an annex that one of them has decided on with the other does not end by the word of one
(R47, design.md "Deciding", decisions/0014).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Annex, Decision, Ending, Party
from agreements.permissions import Perm
from agreements.policies.agreement import coordinated_parties
from agreements.policies.annex import visible_annexes
from agreements.rights import agreements_with, has
from agreements.states import ON_THE_WAY
from samverkan.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from samverkan.accounts.models import User

    Person = User | AnonymousUser


def visible_endings(user: Person) -> QuerySet[Ending]:
    """Those in effect for everybody who reads the annex; what was entered, for those who take part."""
    return (
        Ending.objects.filter(annex__in=visible_annexes(user).values("pk"))
        .filter(Q(status=Ending.Status.IN_EFFECT) | Q(annex__agreement__in=agreements_with(user, Perm.READ_PROPOSED)))
        .select_related(
            "annex__agreement", "decision__revision__annex", "party__organisation", "entered_by", "closed_by"
        )
    )


def may_enter_ending(user: Person, annex: Annex) -> Verdict:
    """A coordinator of a party, for an annex of which something has been decided and nothing is on its way; one that
    has ended gets its last day corrected in the same way."""
    if not has(user, Perm.ENTER_DECISION, annex) or not coordinated_parties(user, annex.agreement):
        return refused("not_coordinator", _("Only a coordinator can enter that an annex ends."))
    if annex.is_agreement_text or not annex.decisions.exists():
        return refused("not_decided", _("No version of this annex has been decided."))
    return _is_free(annex)


def _is_free(annex: Annex, *, besides: Ending | None = None) -> Verdict:
    entered = annex.endings.filter(status=Ending.Status.ENTERED)
    if besides is not None:
        entered = entered.exclude(pk=besides.pk)
    if entered.exists():
        return refused("already_entered", _("An end of the annex has already been entered and waits for confirmation."))
    if annex.proposals.filter(status__in=ON_THE_WAY).exists():
        return refused("on_its_way", _("A version of the annex is on its way. Withdraw it first."))
    return ALLOWED


def ending_decisions(annex: Annex) -> QuerySet[Decision]:
    """The decisions that can end ``annex``: of its agreement, not older than its latest decided version."""
    last = annex.decisions.aggregate(day=Max("decided_on"))["day"]
    if last is None:
        return Decision.objects.none()
    return Decision.objects.filter(agreement=annex.agreement_id, decided_on__gte=last)


def can_end(annex: Annex, decision: Decision, ends_on: date) -> Verdict:
    """Whether ``annex`` can end by ``decision`` with ``ends_on`` as its last day; the database asks the same."""
    if not ending_decisions(annex).filter(pk=decision.pk).exists():
        return refused(
            "decision_too_old",
            _("Choose a decision of this agreement that is not older than the annex's latest decided version."),
        )
    if ends_on < decision.decided_on:
        return refused("before_decision", _("An annex cannot end before it was decided."))
    starts_on = annex.decisions.aggregate(day=Max("effective_from"))["day"]
    if ends_on < starts_on:
        return refused("before_start", _("The annex cannot end before the day from which its latest version applies."))
    return ALLOWED


def parties_missing(ending: Ending) -> list[Party]:
    """The parties that have not yet confirmed ``ending``, in the agreement's order."""
    parties = ending.annex.agreement.parties.select_related("organisation")
    return list(parties.exclude(pk=ending.party_id).exclude(pk__in=ending.confirmations.values("party")))


def confirming_party(user: Person, ending: Ending) -> Party | None:
    """The party for which ``user``, as its coordinator, can confirm ``ending`` today; None when there is none, and
    for whoever has confirmed for another: nobody speaks for two."""
    if ending.entered_by_id == user.pk or ending.confirmations.filter(confirmed_by=user.pk).exists():
        return None
    mine = {party.pk for party in coordinated_parties(user, ending.annex.agreement)}
    return next((party for party in parties_missing(ending) if party.pk in mine), None)


def _has_confirmed(user: Person, ending: Ending) -> bool:
    """Whether ``user``, or somebody else for each of ``user``'s parties but the one that entered it, has confirmed."""
    others = {party.pk for party in coordinated_parties(user, ending.annex.agreement)} - {ending.party_id}
    given = list(ending.confirmations.values_list("confirmed_by", "party"))
    is_own = any(person == user.pk for person, _party in given)
    return is_own or (bool(others) and others <= {party for _person, party in given})


def may_confirm(user: Person, ending: Ending) -> Verdict:
    """A coordinator of another party than the one that entered it, while it waits and still can take effect."""
    if not (verdict := may_dispute(user, ending)):
        return verdict
    if not (verdict := _is_free(ending.annex, besides=ending)):
        return verdict
    return can_end(ending.annex, ending.decision, ending.ends_on)


def may_dispute(user: Person, ending: Ending) -> Verdict:
    """A coordinator of another party than the one that entered it, while it waits for that party."""
    if not coordinated_parties(user, ending.annex.agreement):
        return refused("not_coordinator", _("Only a coordinator of another party can confirm."))
    if not ending.is_open:
        return refused("closed", _("This has already been answered."))
    if _has_confirmed(user, ending):
        return refused("already_confirmed", _("Your party has already confirmed it."))
    if confirming_party(user, ending) is None:
        return refused("own_entry", _("Your own party entered this; every other party confirms it."))
    return ALLOWED


def may_withdraw(user: Person, ending: Ending) -> Verdict:
    """A coordinator of the party that entered it, until it has been confirmed."""
    if ending.party_id not in {party.pk for party in coordinated_parties(user, ending.annex.agreement)}:
        return refused("not_own_entry", _("Only the party that entered it can withdraw it."))
    if not ending.is_open:
        return refused("closed", _("This has already been answered."))
    return ALLOWED
