"""Who may move a submitted revision, and when. First *who*, then *in what state* (design.md, "Deciding").

Both parties are equal: a decision takes the assent of a decision-maker of each party, and the one who
submitted never counts (R22, R43, R49, R170).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Assent, MeetingEntry, Membership, Move, Party, Proposal
from agreements.permissions import Capacity, Perm, Role
from agreements.policies import comment
from agreements.policies.agreement import can_be_submitted
from agreements.policies.annex import may_edit
from agreements.policies.lapse import can_begin_to_apply
from agreements.rights import Person, agreements_with, has, holdings, memberships_in, today
from agreements.states import ON_THE_WAY, FixedBy, ProposalStatus
from samverkan.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from collections.abc import Iterable


def visible_proposals(user: Person) -> QuerySet[Proposal]:
    """The proposals that ``user`` may see: all in the agreements where the person takes part."""
    return Proposal.objects.filter(annex__agreement__in=agreements_with(user, Perm.READ_PROPOSED)).select_related(
        "revision", "annex__agreement", "matter", "party__organisation", "submitted_by"
    )


def sees_proposals(user: Person, agreement: Agreement) -> bool:
    """Whether ``visible_proposals`` has those of ``agreement``, also one that is not saved yet."""
    return has(user, Perm.READ_PROPOSED, agreement)


def _in_status(proposal: Proposal, *statuses: ProposalStatus) -> Verdict:
    if proposal.status in statuses:
        return ALLOWED
    return refused(
        "wrong_status",
        _("This is not possible now. The version is: %(status)s.") % {"status": proposal.get_status_display()},
    )


def seats(user: Person, proposal: Proposal, role: Role) -> list[Membership]:
    """The memberships of today with ``role`` that ``user`` has in the proposal's agreement."""
    return [m for m in memberships_in(user, proposal.annex.agreement) if m.role_group.role == role]


def decision_makers(agreement_id: int) -> QuerySet[Membership]:
    """Who can give a party's assent today: decision-makers, and substitutes for parties that have none whose account
    is open."""
    held = Membership.objects.on(today()).filter(
        role_group__agreement=agreement_id, role_group__role=Role.STEERING, user__is_active=True, party__isnull=False
    )
    ordinary = held.filter(capacity=Capacity.DECISION_MAKER)
    substitutes = held.filter(capacity=Capacity.SUBSTITUTE).exclude(party__in=ordinary.values("party"))
    return (ordinary | substitutes).select_related("user", "party__organisation", "seat")


def deciding_among(held: Iterable[Membership]) -> list[Membership]:
    """Those of ``held``, memberships of today, by which somebody can give a party's assent; one query at most."""
    seated = [m for m in held if m.role_group.role == Role.STEERING and m.party_id is not None]
    substitutes = [m for m in seated if m.capacity == Capacity.SUBSTITUTE]
    filled: set[tuple[int, int | None]] = set()
    if substitutes:
        agreements = {m.role_group.agreement_id for m in substitutes}
        deciders = Membership.objects.on(today()).filter(
            role_group__agreement__in=agreements, role_group__role=Role.STEERING, capacity=Capacity.DECISION_MAKER,
            user__is_active=True,
        )  # fmt: skip
        filled = set(deciders.values_list("role_group__agreement_id", "party_id"))
    return [
        m
        for m in seated
        if m.capacity == Capacity.DECISION_MAKER
        or (m.capacity == Capacity.SUBSTITUTE and (m.role_group.agreement_id, m.party_id) not in filled)
    ]


def deciding_in(user: Person, agreement: Agreement) -> list[Membership]:
    """The memberships by which ``user`` can give a party's assent in ``agreement`` today. No query but for
    substitutes, and one for all that is asked about one person."""
    held = holdings(user)
    if held.deciding is None:
        held.deciding = deciding_among(held.memberships)
    return [m for m in held.deciding if m.role_group.agreement_id == agreement.pk]


def deciding_party(user: Person, proposal: Proposal) -> Party | None:
    """The party whose assent ``user`` can give today, or None."""
    mine = deciding_in(user, proposal.annex.agreement)
    return mine[0].party if mine else None


def parties_missing(proposal: Proposal) -> list[Party]:
    """The parties whose assent is still missing, in the agreement's order."""
    given = set(proposal.assents.filter(withdrawn_at__isnull=True).values_list("party_id", flat=True))
    return [
        party
        for party in proposal.annex.agreement.parties.select_related("organisation").all()
        if party.pk not in given
    ]


def may_submit(user: Person, annex: Annex) -> Verdict:
    """A coordinator submits the shared working text of an annex of which nothing is on its way, and that has not ended
    with its agreement: what was decided before that is registered afterwards (decisions/0014)."""
    if not has(user, Perm.SUBMIT, annex):
        return refused("not_coordinator", _("Only a coordinator can submit."))
    if annex.follows_parent:
        return refused("follows_parent", _("This annex follows the overarching agreement's text."))
    if annex.draft_party_id is not None:
        return refused("own_draft", _("The draft is your own. Share it with the other party before you submit it."))
    if not (verdict := may_edit(user, annex)):
        return verdict
    if not (verdict := can_be_submitted(annex.agreement)):
        return verdict
    if annex.proposals.filter(status__in=ON_THE_WAY).exists():
        return refused("already_on_its_way", _("There is already a version of this annex on its way."))
    return ALLOWED


def may_bind(annexes: Iterable[Annex]) -> Verdict:
    """Texts are bound together when all of them are fixed in the same way: a decision applies from the steering
    group's yes, signatures come days or weeks later, and nothing would hold the one for the other."""
    if len({annex.fixed_by == FixedBy.SIGNATURES for annex in annexes}) > 1:
        return refused(
            "bound_apart",
            _(
                "Some of these texts are fixed by signatures and others by the steering group's decision, so they "
                "cannot be decided together. Send them one by one, or as two matters."
            ),
        )
    return ALLOWED


def may_forward(user: Person, proposal: Proposal) -> Verdict:
    """One member of the preparatory group of each party forwards what can still be decided, nobody for two; the
    writers may be among them (R24-R26)."""
    mine = [m for m in seats(user, proposal, Role.PREPARATORY) if m.party_id is not None]
    if not mine or not has(user, Perm.PREPARE, proposal.annex):
        return refused("not_preparatory", _("Only members of the preparatory group who act for a party can forward."))
    if not (verdict := _in_status(proposal, ProposalStatus.IN_PREPARATION)):
        return verdict
    forwards = [move for move in proposal.moves.all() if move.verb == Move.Verb.FORWARD]
    done = {move.party_id for move in forwards}
    if not any(m.party_id not in done for m in mine):
        return refused("already_forwarded", _("Your party has already forwarded it."))
    if any(move.moved_by_id == user.pk for move in forwards):
        return refused(
            "forwarded_for_another",
            _("You have forwarded it for another party. Somebody else forwards it for this one."),
        )
    return can_begin_to_apply(proposal)


def may_refer_back(user: Person, proposal: Proposal) -> Verdict:
    """The preparatory group while it prepares; a decision-maker while it lies before the steering group. What has
    ended is not reworked; a coordinator withdraws it."""
    prepares = bool(seats(user, proposal, Role.PREPARATORY))
    decides = deciding_party(user, proposal) is not None
    if not (prepares or decides):
        return refused("not_your_turn", _("Only those whose turn it is can refer it back."))
    if (prepares and proposal.status == ProposalStatus.IN_PREPARATION) or (
        decides and proposal.status == ProposalStatus.PROPOSED
    ):
        return can_begin_to_apply(proposal)
    return _in_status(proposal)


def _has_voice(user: Person, proposal: Proposal) -> Verdict:
    if deciding_party(user, proposal) is None:
        return refused("not_decision_maker", _("Only a decision-maker of a party can do this."))
    return _in_status(proposal, ProposalStatus.PROPOSED)


def _may_decide(user: Person, proposal: Proposal) -> Verdict:
    if not (verdict := _has_voice(user, proposal)):
        return verdict
    return can_begin_to_apply(proposal)


def may_reject(user: Person, proposal: Proposal) -> Verdict:
    """A decision-maker of any party, while the revision lies before the steering group."""
    return _may_decide(user, proposal)


def may_postpone(user: Person, proposal: Proposal) -> Verdict:
    """A decision-maker of any party; the status stays, the date is new."""
    return _may_decide(user, proposal)


def may_assent(user: Person, proposal: Proposal) -> Verdict:
    """A decision-maker whose party has not yet assented, and who did not submit the revision."""
    if not (verdict := _may_decide(user, proposal)):
        return verdict
    if proposal.submitted_by_id == user.pk:
        return refused("submitted_it", _("You submitted this version, so somebody else must decide for your party."))
    if proposal.kind == Proposal.Kind.REGISTRATION or open_entry(proposal) is not None:
        return refused("entered", _("A decision of a meeting has been entered. Confirm or dispute it."))
    if standing_assent(proposal, deciding_party(user, proposal)) is not None:
        return refused("already_assented", _("Your party has already assented."))
    return ALLOWED


def standing_assent(proposal: Proposal, party: Party | None) -> Assent | None:
    """The yes of ``party`` that has not been withdrawn. One query, none where assents are prefetched."""
    found = (assent for assent in proposal.assents.all() if assent.withdrawn_at is None)
    return next((assent for assent in found if party is not None and assent.party_id == party.pk), None)


def may_withdraw_assent(user: Person, proposal: Proposal) -> Verdict:
    """The party's decision-maker, until the last assent has been given; also when it can no longer be."""
    if not (verdict := _has_voice(user, proposal)):
        return verdict
    given = standing_assent(proposal, deciding_party(user, proposal))
    if given is None or given.is_entered:
        return refused("no_assent", _("Your party has not assented."))
    return ALLOWED


def may_give_opinion(user: Person, proposal: Proposal) -> Verdict:
    """A member of the steering group without a party's voice records support or dissent; it never blocks."""
    if not seats(user, proposal, Role.STEERING):
        return refused("not_steering", _("Only members of the steering group can record support or dissent."))
    if deciding_party(user, proposal) is not None:
        return refused("decides", _("You decide for your party; support and dissent are for the other members."))
    if not (verdict := _in_status(proposal, ProposalStatus.PROPOSED)):
        return verdict
    if any(opinion.given_by_id == user.pk for opinion in proposal.opinions.all()):
        return refused("already_given", _("You have already recorded your opinion."))
    return ALLOWED


def may_withdraw(user: Person, proposal: Proposal) -> Verdict:
    """A coordinator, as long as the revision is on its way. What has been registered as signed goes with its signing,
    which one party withdraws and the others dispute."""
    if not has(user, Perm.SUBMIT, proposal.annex):
        return refused("not_coordinator", _("Only a coordinator can withdraw."))
    if not (verdict := _in_status(proposal, *ON_THE_WAY)):
        return verdict
    if (
        proposal.status == ProposalStatus.AWAITING_SIGNATURES
        and proposal.revision.manifest_entries.filter(
            manifest__is_registered_afterwards=True, manifest__closed_at=None, manifest__withdrawn_at=None
        ).exists()
    ):
        return refused("registered_signing", _("It was registered as signed. Withdraw or dispute the signing instead."))
    return ALLOWED


def may_comment(user: Person, proposal: Proposal) -> Verdict:
    """Whoever takes part asks and comments while the revision is on its way."""
    if not (verdict := _in_status(proposal, *ON_THE_WAY)):
        return verdict
    return comment.may_comment(user, proposal.annex)


def coordinator_party(user: Person, proposal: Proposal) -> Party | None:
    """The party for which ``user`` is coordinator here, or None."""
    return next((m.party for m in seats(user, proposal, Role.COORDINATOR) if m.party is not None), None)


def may_enter_decision(user: Person, proposal: Proposal) -> Verdict:
    """A coordinator enters what a meeting decided, while the revision lies before the steering group."""
    if not has(user, Perm.ENTER_DECISION, proposal.annex) or coordinator_party(user, proposal) is None:
        return refused("not_coordinator", _("Only a coordinator can enter a decision."))
    if not (verdict := _in_status(proposal, ProposalStatus.PROPOSED)):
        return verdict
    if open_entry(proposal) is not None:
        return refused("already_entered", _("A decision has already been entered and waits for confirmation."))
    return ALLOWED


def open_entry(proposal: Proposal) -> MeetingEntry | None:
    """What was entered from a meeting and waits for confirmation. One query, none where entries are prefetched."""
    return next((entry for entry in proposal.meeting_entries.all() if entry.closed_at is None), None)


def confirming_party(user: Person, proposal: Proposal) -> Party | None:
    """The party for which ``user`` can confirm an entered decision: as coordinator or as decision-maker."""
    return coordinator_party(user, proposal) or deciding_party(user, proposal)


def may_dispute(user: Person, proposal: Proposal) -> Verdict:
    """A coordinator or decision-maker of another party than the one that entered the decision."""
    party = confirming_party(user, proposal)
    if party is None:
        return refused("not_party", _("Only a coordinator or decision-maker of the other party can confirm."))
    if not (verdict := _in_status(proposal, ProposalStatus.PROPOSED)):
        return verdict
    entry = open_entry(proposal)
    if entry is None:
        return refused("nothing_entered", _("No decision of a meeting waits for confirmation."))
    if entry.party_id == party.pk or entry.entered_by_id == user.pk:
        return refused("own_entry", _("Your own party entered this; the other party confirms it."))
    if standing_assent(proposal, party) is not None:
        return refused("already_confirmed", _("Your party has already confirmed it."))
    return ALLOWED


def may_confirm(user: Person, proposal: Proposal) -> Verdict:
    """Whoever may dispute it, when the day that was entered is not after the last one."""
    if not (verdict := may_dispute(user, proposal)):
        return verdict
    return can_begin_to_apply(proposal)


def names_of(parties: Iterable[Party]) -> str:
    """The parties' names for a sentence."""
    return ", ".join(party.organisation.name for party in parties)
