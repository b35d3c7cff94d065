"""Who may see and change an agreement, and which agreements somebody sees."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Membership, Party, Proposal
from agreements.permissions import Perm, Role
from agreements.rights import Person, agreements_with, has, memberships_in, today
from agreements.states import ON_THE_WAY, AnnexKind
from samverkan.verdict import ALLOWED, Verdict, refused


def visible_agreements(user: Person) -> QuerySet[Agreement]:
    """The agreements that ``user`` may see at all: those where any membership of today gives a right to read."""
    return agreements_with(user, Perm.READ_IN_FORCE)


def coordinated_parties(user: Person, agreement: Agreement) -> list[Party]:
    """The parties for which ``user`` is coordinator in ``agreement`` today."""
    held = memberships_in(user, agreement)
    return [m.party for m in held if m.role_group.role == Role.COORDINATOR and m.party is not None]


def may_create(user: Person) -> Verdict:
    """Administrators make agreements; they get no right to read what is written in them."""
    if not user.has_perm("agreements.add_agreement"):
        return refused("not_administrator", _("Only an administrator can make an agreement."))
    return ALLOWED


def may_manage(user: Person, agreement: Agreement) -> Verdict:
    """Groups, contacts, parties, settings: coordinators of a party."""
    if not has(user, Perm.MANAGE_GROUPS, agreement):
        return refused("not_coordinator", _("Only a coordinator can change this."))
    return ALLOWED


def _is_moving(agreement: Agreement, *, kind: str = "") -> Verdict:
    """Refused with a sentence while a version is on its way, of ``kind`` when one is given, or a signing is open."""
    moving = Proposal.objects.filter(annex__agreement=agreement, status__in=ON_THE_WAY)
    if (moving.filter(annex__kind=kind) if kind else moving).exists():
        return refused("on_its_way", _("A version is on its way. Wait until it is decided, or withdraw it."))
    if agreement.manifests.open().exists():
        return refused("signing_open", _("A signing is open. Wait until it is closed, or give it up."))
    return ALLOWED


def may_add_party(user: Person, agreement: Agreement) -> Verdict:
    """A coordinator, while nothing is on its way: whose assent and signature a text takes must not change under it."""
    if not (verdict := may_manage(user, agreement)):
        return verdict
    return _is_moving(agreement)


def may_change_fixing(user: Person, agreement: Agreement) -> Verdict:
    """How texts are prepared and fixed is what those who decide have been told: it does not change while a text is on
    its way."""
    if not (verdict := may_manage(user, agreement)):
        return verdict
    return _is_moving(agreement)


def may_change_period(user: Person, agreement: Agreement) -> Verdict:
    """A coordinator says in the settings when it ends, while it is being drafted: not when its text lies before those
    who fix it, and never again when something has been decided. Then it takes every party (policies.ending)."""
    if not (verdict := may_manage(user, agreement)):
        return verdict
    if agreement.decisions.exists():
        return refused("decided", _("Something has been decided here: another last day takes every party's word."))
    return _is_moving(agreement, kind=AnnexKind.AGREEMENT_TEXT)


def can_begin_on(agreement: Agreement, day: date | None) -> Verdict:
    """Whether ``day`` can be its first, None being that of its text. Not while its text lies before those who fix it.
    Later than its text has been decided to apply, it would make an agreement in force one that has not begun; the
    database asks the same."""
    text = agreement.decisions.filter(annex__kind=AnnexKind.AGREEMENT_TEXT)
    applies_from = text.aggregate(day=Min("effective_from"))["day"]
    if day is not None and applies_from is not None and day > applies_from:
        return refused(
            "text_applies",
            _("Its text applies from %(day)s: the agreement cannot begin later.")
            % {"day": date_format(applies_from, "j F Y")},
        )
    return _is_moving(agreement, kind=AnnexKind.AGREEMENT_TEXT)


def may_change_parent(user: Person, agreement: Agreement) -> Verdict:
    """A coordinator says on which overarching agreement a local one rests (R2-R3). Not while the annex that follows it
    is on its way, or a signing lists it; and when something has been decided, only where it rests on none yet: what
    annex 5 says is not for one party to change or take away, and the database refuses it too."""
    if not (verdict := may_manage(user, agreement)):
        return verdict
    if agreement.level == Agreement.Level.OVERARCHING:
        return refused("overarching", _("An overarching agreement rests on no other."))
    if agreement.parent_id is not None and agreement.decisions.exists():
        return refused(
            "decided",
            _("Something has been decided here: to rest on another takes a new agreement, signed by every party."),
        )
    return _is_moving(agreement, kind=AnnexKind.OVERARCHING_AGREEMENT)


def may_rest_on(user: Person, agreement: Agreement, parent: Agreement | None) -> Verdict:
    """Who may change what it rests on chooses one that they see, since its decided text becomes readable here."""
    if not (verdict := may_change_parent(user, agreement)):
        return verdict
    above = visible_agreements(user).filter(level=Agreement.Level.OVERARCHING)
    if parent is not None and not above.filter(pk=parent.pk).exists():
        return refused("not_above", _("Choose an overarching agreement that you can read."))
    return ALLOWED


def may_let_in(user: Person, agreement: Agreement, party: Party | None) -> Verdict:
    """Who acts for a party is that party's own affair: both are equal, and one's own drafts are hidden from the other.
    To let somebody in for ``party``, or see somebody out, one must be a coordinator, and either

    * be a coordinator of just that party, or
    * let in somebody who acts for no party, or
    * help a party that has no coordinator today.
    """
    if not (verdict := may_manage(user, agreement)) or party is None:
        return verdict
    if any(m.party_id == party.pk and m.role_group.role == Role.COORDINATOR for m in memberships_in(user, agreement)):
        return ALLOWED
    theirs = Membership.objects.on(today()).filter(
        role_group__agreement=agreement, role_group__role=Role.COORDINATOR, party=party, user__is_active=True
    )
    if theirs.exists():
        return refused("other_party", _("Only a coordinator of that party can say who acts for it."))
    return ALLOWED


def may_enter_decision(user: Person, agreement: Agreement) -> Verdict:
    """Decisions taken at a meeting or outside the portal are entered by coordinators."""
    if not has(user, Perm.ENTER_DECISION, agreement):
        return refused("not_coordinator", _("Only a coordinator can enter a decision."))
    return ALLOWED


def may_submit(user: Person, agreement: Agreement) -> Verdict:
    """Coordinators, while it has not ended."""
    if not has(user, Perm.SUBMIT, agreement):
        return refused("not_coordinator", _("Only a coordinator can submit."))
    return can_be_submitted(agreement)


def can_be_submitted(agreement: Agreement) -> Verdict:
    """Nothing of what has ended; what was decided before that is registered afterwards (decisions/0014)."""
    if agreement.has_ended(today()):
        return refused(
            "agreement_ended",
            agreement.say(_("%(the_agreement)s has ended. What was decided before that is registered afterwards.")),
        )
    return ALLOWED
