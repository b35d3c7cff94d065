"""A submitted text on its way: put before a group, sent on, sent back, postponed, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.models import Move, Proposal
from agreements.permissions import Role
from agreements.policies.proposal import decision_makers, parties_missing, sees_proposals
from agreements.states import ProposalStatus
from communication.notices.base import About, Announcement, Recipient, long_date
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from agreements.models import Membership
    from samverkan.accounts.models import User


class ProposalAnnouncement(Announcement):
    """Something happened to a proposal; ``move`` is its row in the log, where there is one."""

    def __init__(self, proposal: Proposal, *, by: User, move: Move | None = None) -> None:
        annex = proposal.annex
        super().__init__(About(annex.agreement, annex=annex, revision=proposal.revision, proposal=proposal), by=by)
        self.proposal = proposal
        self.move = move

    def path(self) -> str:
        return self.proposal.get_absolute_url()

    def may_see(self, user: User) -> bool:
        return sees_proposals(user, self.proposal.annex.agreement)

    def words(self) -> dict[str, str]:
        """What the subjects are put together from."""
        wanted = self.proposal.answer_wanted_by
        return {
            "text": str(self.proposal.revision),
            "day": long_date(wanted) if wanted else "",
            "party": str(self.move.party) if self.move and self.move.party else "",
        }

    def preparers(self) -> list[Membership]:
        """Coordinators and the annex's own writers."""
        return [*self.circle.holding(Role.COORDINATOR), *self.circle.writers(self.proposal.annex)]

    def also(self) -> Iterable[Recipient]:
        return [Recipient.person(self.proposal.submitted_by, _("You submitted it."))]

    def group_in_turn(self, status: str) -> list[Membership]:
        """The group whose turn ``status`` is."""
        if status == ProposalStatus.IN_PREPARATION:
            return self.circle.holding(Role.PREPARATORY)
        if status == ProposalStatus.AWAITING_SIGNATURES:
            return self.circle.holding(Role.SIGNATORY)
        return self.circle.deciders()


class Submitted(ProposalAnnouncement):
    """A new version: to the group whose turn it is, and to those who write. R26, R43."""

    event = NoticeEvent.SUBMITTED

    def subject(self) -> str:
        if self.proposal.kind == Proposal.Kind.REGISTRATION:
            return _("%(text)s has been registered afterwards and waits for confirmation") % self.words()
        if self.proposal.status == ProposalStatus.IN_PREPARATION:
            return _("%(text)s is with the preparatory group") % self.words()
        return _before_steering_group(self)

    def people(self) -> list[Membership]:
        return [*self.group_in_turn(self.proposal.status), *self.preparers()]


class Forwarded(ProposalAnnouncement):
    """The preparatory group has said its last word: to the steering group, and to those who write."""

    event = NoticeEvent.FORWARDED

    def is_applicable(self) -> bool:
        """One party's word alone changes nobody's turn."""
        return self.proposal.status == ProposalStatus.PROPOSED

    def subject(self) -> str:
        return _before_steering_group(self)

    def people(self) -> list[Membership]:
        return [*self.circle.deciders(), *self.preparers()]


def _before_steering_group(announcement: ProposalAnnouncement) -> str:
    words = announcement.words()
    if words["day"]:
        return _("%(text)s is with the steering group, which is to answer by %(day)s") % words
    return _("%(text)s is with the steering group") % words


class _Back(ProposalAnnouncement):
    """It comes back: to those who write, the preparatory group, and the group that it was taken from."""

    def people(self) -> list[Membership]:
        before = self.move.from_status if self.move else ""
        taken_from = self.group_in_turn(before) if before else []
        return [*self.preparers(), *self.circle.holding(Role.PREPARATORY), *taken_from]


class ReferredBack(_Back):
    """It comes back to those who write, with the reason."""

    event = NoticeEvent.REFERRED_BACK

    def subject(self) -> str:
        return _("%(text)s has been referred back") % self.words()


class Rejected(_Back):
    """The steering group has said no, and why."""

    event = NoticeEvent.REJECTED

    def subject(self) -> str:
        return _("%(text)s has been rejected") % self.words()


class Withdrawn(_Back):
    """Nobody has to decide on it any more."""

    event = NoticeEvent.WITHDRAWN

    def subject(self) -> str:
        return _("%(text)s has been withdrawn") % self.words()


class Postponed(ProposalAnnouncement):
    """The answer waits: to the steering group and to those who write."""

    event = NoticeEvent.POSTPONED

    def subject(self) -> str:
        return _("The decision on %(text)s has been postponed to %(day)s") % self.words()

    def people(self) -> list[Membership]:
        return [*self.circle.deciders(), *self.preparers()]


class Assented(ProposalAnnouncement):
    """One party has said yes: to the decision-makers whose yes is missing. The last yes is a decision."""

    event = NoticeEvent.ASSENTED

    def subject(self) -> str:
        return _("%(party)s has assented to %(text)s; your party's answer is missing") % self.words()

    def also(self) -> Iterable[Recipient]:
        return ()

    def people(self) -> list[Membership]:
        missing = parties_missing(self.proposal)
        return self.circle.of_parties(decision_makers(self.proposal.annex.agreement_id), missing)


class Reworded(Assented):
    """One party has said yes to another sentence, and the assents given before are void: to those who gave them, and
    to the decision-makers whose yes is missing."""

    event = NoticeEvent.REWORDED

    def subject(self) -> str:
        return _("%(party)s has assented to %(text)s in another wording; your party's answer is missing") % self.words()

    def also(self) -> Iterable[Recipient]:
        void = self.proposal.assents.filter(withdrawn_at__isnull=False)
        last = void.order_by("-withdrawn_at").values("withdrawn_at")[:1]
        return [
            Recipient.person(assent.given_by, _("The yes that you gave no longer holds."))
            for assent in void.filter(withdrawn_at=last).select_related("given_by")
        ]


class AssentWithdrawn(ProposalAnnouncement):
    """A yes was taken back: to all who decide, and to coordinators."""

    event = NoticeEvent.ASSENT_WITHDRAWN

    def subject(self) -> str:
        return _("%(party)s has withdrawn its assent to %(text)s") % self.words()

    def people(self) -> list[Membership]:
        return [*decision_makers(self.proposal.annex.agreement_id), *self.circle.holding(Role.COORDINATOR)]


class DecisionEntered(AssentWithdrawn):
    """A meeting's decision was entered: to those who can confirm it for the other party, and the rest who decide."""

    event = NoticeEvent.DECISION_ENTERED

    def subject(self) -> str:
        return _("A meeting's decision on %(text)s has been entered and waits for confirmation") % self.words()


class EntryDisputed(AssentWithdrawn):
    """The other party says that the entered decision is wrong."""

    event = NoticeEvent.ENTRY_DISPUTED

    def subject(self) -> str:
        return _("The decision entered on %(text)s has been disputed") % self.words()


class SentToSignature(ProposalAnnouncement):
    """The steering group has sent the text to signature: to signatories, coordinators and those who write. R47."""

    event = NoticeEvent.SENT_TO_SIGNATURE

    def subject(self) -> str:
        return _("%(text)s is to be signed by all parties") % self.words()

    def people(self) -> list[Membership]:
        return [*self.circle.holding(Role.SIGNATORY), *self.preparers()]


OF_MOVE: dict[str, type[ProposalAnnouncement]] = {
    Move.Verb.FORWARD: Forwarded,
    Move.Verb.REFER_BACK: ReferredBack,
    Move.Verb.POSTPONE: Postponed,
    Move.Verb.REJECT: Rejected,
    Move.Verb.WITHDRAW: Withdrawn,
    Move.Verb.ASSENT: Assented,
    Move.Verb.REWORD: Reworded,
    Move.Verb.WITHDRAW_ASSENT: AssentWithdrawn,
    Move.Verb.ENTER: DecisionEntered,
    Move.Verb.DISPUTE: EntryDisputed,
    Move.Verb.SEND_TO_SIGNATURE: SentToSignature,
}
"""CONFIRM and DECIDE are told by the decision itself, SUBMIT by Submitted."""
