"""Who enters the last day of an annex or of a whole agreement, who confirms it for the other parties, and on which
day something can end, or go on after all.

Both parties are equal: what one of them has agreed on with the other does not end by the word of one
(R47, design.md "Deciding", decisions/0014).
"""

from __future__ import annotations

from datetime import date

from django.db.models import Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Decision, Ending, Party
from agreements.models.agreement import agreement_of
from agreements.models.ending import EndingQuerySet
from agreements.permissions import Perm
from agreements.policies.agreement import coordinated_parties, visible_agreements
from agreements.policies.annex import visible_annexes
from agreements.rights import Person, agreements_with, has, today
from agreements.states import ON_THE_WAY
from samverkan.verdict import ALLOWED, Verdict, refused


def visible_endings(user: Person) -> EndingQuerySet:
    """Those in effect for everybody who reads the annex or the agreement; what was entered, for those who take part."""
    part, annexes = agreements_with(user, Perm.READ_PROPOSED), visible_annexes(user).values("pk")
    return (
        Ending.objects.filter(Q(annex__in=annexes) | Q(agreement__in=visible_agreements(user)))
        .filter(Q(status=Ending.Status.IN_EFFECT) | Q(agreement__in=part) | Q(annex__agreement__in=part))
        .select_related(
            "agreement", "annex__agreement", "decision__revision__annex", "party__organisation", "entered_by",
            "closed_by",
        )
    )  # fmt: skip


def may_enter_ending(user: Person, subject: Annex | Agreement) -> Verdict:
    """A coordinator of a party, where something has been decided, and for an annex while nothing is on its way. What
    has ended gets its last day corrected in the same way."""
    if not (verdict := _coordinates(user, subject)):
        return verdict
    if isinstance(subject, Agreement):
        if not subject.decisions.exists():
            nothing = _("Nothing has been decided here yet: the last day is set in the settings.")
            return refused("not_decided", nothing)
    elif subject.is_agreement_text or not subject.decisions.exists():
        return refused("not_decided", _("No version of this annex has been decided."))
    return _is_free(subject)


def may_call_off(user: Person, annex: Annex) -> Verdict:
    """A coordinator of a party, for an annex whose last day has been confirmed and has not passed."""
    if not (verdict := _coordinates(user, annex)):
        return verdict
    if not (verdict := can_go_on(annex, Ending.Ground.CALLED_OFF, None)):
        return verdict
    return _nothing_entered(annex)


def _coordinates(user: Person, subject: Annex | Agreement) -> Verdict:
    if has(user, Perm.ENTER_DECISION, subject) and coordinated_parties(user, agreement_of(subject)):
        return ALLOWED
    if isinstance(subject, Agreement):
        return refused("not_coordinator", _("Only a coordinator can enter that an agreement ends."))
    return refused("not_coordinator", _("Only a coordinator can enter that an annex ends."))


def _nothing_entered(subject: Annex | Agreement, *, besides: Ending | None = None) -> Verdict:
    entered = subject.endings.filter(status=Ending.Status.ENTERED)
    if besides is not None:
        entered = entered.exclude(pk=besides.pk)
    if not entered.exists():
        return ALLOWED
    if isinstance(subject, Agreement):
        already = _("Another last day has already been entered and waits for confirmation.")
        return refused("already_entered", already)
    return refused("already_entered", _("An end of the annex has already been entered and waits for confirmation."))


def _is_free(subject: Annex | Agreement, *, besides: Ending | None = None) -> Verdict:
    if not (verdict := _nothing_entered(subject, besides=besides)):
        return verdict
    if isinstance(subject, Annex) and subject.proposals.filter(status__in=ON_THE_WAY).exists():
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


def can_change_last_day(agreement: Agreement, ground: str, ends_on: date | None) -> Verdict:
    """Whether ``ends_on`` can be the last day of ``agreement`` on ``ground``, None being until further notice; the
    database asks the same."""
    if ground in Ending.GOES_ON:
        return can_go_on(agreement, ground, ends_on)
    if ends_on is None:
        return refused("no_day", _("Write the last day."))
    first = agreement.decisions.aggregate(day=Min("effective_from"))["day"]
    begun = max(filter(None, (first, agreement.starts_on)), default=None)
    if begun is not None and ends_on < begun:
        return refused("before_start", _("It cannot end before it began to apply."))
    return ALLOWED


def can_go_on(subject: Annex | Agreement, ground: str, ends_on: date | None) -> Verdict:
    """Whether ``subject``, which has a last day, can get a later one, or none; one whose day has passed has ended, and
    its end is not called off."""
    if subject.ends_on is None:
        return refused("no_end", _("There is no last day to change: it applies until further notice."))
    if ends_on is not None and ends_on <= subject.ends_on:
        return refused("not_later", _("Choose a day after the last day there is now, or none."))
    if ground == Ending.Ground.CALLED_OFF and subject.ends_on < today():
        return refused("has_ended", _("It has ended already, so the end cannot be called off."))
    return ALLOWED


def can_be(ending: Ending) -> Verdict:
    """Whether what ``ending`` says can still come true."""
    if ending.agreement is not None:
        return can_change_last_day(ending.agreement, ending.ground, ending.ends_on)
    assert ending.annex is not None  # noqa: S101 -- one or the other, the database sees to it
    if ending.goes_on:
        return can_go_on(ending.annex, ending.ground, ending.ends_on)
    assert ending.decision is not None and ending.ends_on is not None  # noqa: S101, PT018 -- likewise
    if not (verdict := _is_free(ending.annex, besides=ending)):
        return verdict
    return can_end(ending.annex, ending.decision, ending.ends_on)


def parties_missing(ending: Ending) -> list[Party]:
    """The parties that have not yet confirmed ``ending``, in the agreement's order."""
    parties = ending.whole.parties.select_related("organisation")
    return list(parties.exclude(pk=ending.party_id).exclude(pk__in=ending.confirmations.values("party")))


def confirming_party(user: Person, ending: Ending) -> Party | None:
    """The party for which ``user``, as its coordinator, can confirm ``ending`` today; None when there is none, and
    for whoever has confirmed for another: nobody speaks for two."""
    if ending.entered_by_id == user.pk or ending.confirmations.filter(confirmed_by=user.pk).exists():
        return None
    mine = {party.pk for party in coordinated_parties(user, ending.whole)}
    return next((party for party in parties_missing(ending) if party.pk in mine), None)


def _has_confirmed(user: Person, ending: Ending) -> bool:
    """Whether ``user``, or somebody else for each of ``user``'s parties but the one that entered it, has confirmed."""
    others = {party.pk for party in coordinated_parties(user, ending.whole)} - {ending.party_id}
    given = list(ending.confirmations.values_list("confirmed_by", "party"))
    is_own = any(person == user.pk for person, _party in given)
    return is_own or (bool(others) and others <= {party for _person, party in given})


def may_confirm(user: Person, ending: Ending) -> Verdict:
    """A coordinator of another party than the one that entered it, while it waits and still can take effect."""
    if not (verdict := may_dispute(user, ending)):
        return verdict
    return can_be(ending)


def may_dispute(user: Person, ending: Ending) -> Verdict:
    """A coordinator of another party than the one that entered it, while it waits for that party."""
    if not coordinated_parties(user, ending.whole):
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
    if ending.party_id not in {party.pk for party in coordinated_parties(user, ending.whole)}:
        return refused("not_own_entry", _("Only the party that entered it can withdraw it."))
    if not ending.is_open:
        return refused("closed", _("This has already been answered."))
    return ALLOWED
