"""What waits for those who prepare, decide on, confirm and mend versions that have been submitted."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Assent, Comment, MeetingEntry, Membership, Move, Opinion, Party, Proposal
from agreements.permissions import Role
from agreements.policies.comment import visible_comments
from agreements.policies.lapse import lapsed, not_lapsed
from agreements.policies.proposal import deciding_among
from agreements.rights import holdings, today
from agreements.selectors.work_item import TEXT, Item, parties_of, roles_of, together
from agreements.states import ON_THE_WAY, ProposalStatus
from samverkan.accounts.models import User


def to_prepare(user: User) -> list[Item]:
    """What the preparatory group forwards or refers back, where a party of the reader's has not said its word; not what
    the reader has forwarded, for nobody does so for two."""
    mine = roles_of(user, Role.PREPARATORY)
    parties = parties_of(mine)
    if not parties:
        return []
    forwards = Move.objects.filter(verb=Move.Verb.FORWARD)
    said = forwards.filter(proposal=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    silent = Party.objects.filter(~Exists(said), agreement=OuterRef("annex__agreement"), pk__in=parties)
    moving = Proposal.objects.filter(status=ProposalStatus.IN_PREPARATION, annex__agreement__in=list(mine))
    rows = not_lapsed(moving).filter(Exists(silent), ~Exists(forwards.filter(proposal=OuterRef("pk"), moved_by=user)))
    found = rows.select_related("revision__annex", "annex__agreement", "matter").defer(*TEXT)
    return together(list(found), _("Prepare %(text)s"), _("Prepare"))


def before_the_steering_group(user: User) -> list[Item]:
    """What a party's voice decides on or confirms; and what the other members are invited to say their mind of,
    which nobody waits for and which is never late. Not what has lapsed."""
    seated = roles_of(user, Role.STEERING)
    if not seated:
        return []
    deciding = deciding_among(holdings(user).memberships)
    voiced = {m.role_group.agreement_id for m in deciding}
    parties = {m.party_id for m in deciding if m.party_id is not None}
    rows = (
        not_lapsed(Proposal.objects.filter(status=ProposalStatus.PROPOSED, annex__agreement__in=list(seated)))
        .annotate(
            given=Exists(Assent.objects.filter(proposal=OuterRef("pk"), party__in=parties, withdrawn_at=None)),
            entered=Exists(MeetingEntry.objects.filter(proposal=OuterRef("pk"), closed_at=None)),
            spoken=Exists(Opinion.objects.filter(proposal=OuterRef("pk"), given_by=user)),
        )
        .select_related("revision__annex", "annex__agreement", "matter")
        .defer(*TEXT)
    )
    found = list(rows)
    mine = [
        row
        for row in found
        if row.annex.agreement_id in voiced and not row.given and row.submitted_by_id != user.pk
    ]  # fmt: skip
    entered = [row for row in mine if row.entered]
    others = [row for row in mine if not row.entered]
    invited = [
        row for row in found if row.annex.agreement_id not in voiced and not row.entered and not row.spoken
    ]  # fmt: skip
    return [
        *together(entered, _("Confirm the entered decision on %(text)s"), _("Confirm")),
        *together(others, _("Decide on %(text)s"), _("Decide")),
        *map(_as_invitation, together(invited, _("Say what you think of %(text)s, if you like"), _("Read and say"))),
    ]


def _as_invitation(item: Item) -> Item:
    """The same without a day that has passed: nobody is late with what was never asked for."""
    return replace(item, due=None if item.is_overdue else item.due, is_overdue=False)


def to_confirm(user: User) -> list[Item]:
    """Entered decisions that a coordinator of the other party confirms. Not what has lapsed."""
    mine = roles_of(user, Role.COORDINATOR)
    parties = parties_of(mine)
    entered = MeetingEntry.objects.filter(proposal=OuterRef("pk"), closed_at=None).exclude(party__in=parties)
    given = Assent.objects.filter(proposal=OuterRef("pk"), party__in=parties, withdrawn_at=None)
    rows = (
        not_lapsed(Proposal.objects.filter(status=ProposalStatus.PROPOSED, annex__agreement__in=list(mine)))
        .filter(Exists(entered), ~Exists(given))
        .select_related("revision__annex", "annex__agreement", "matter")
        .defer(*TEXT)
    )
    return together(list(rows), _("Confirm the entered decision on %(text)s"), _("Confirm"))


def to_withdraw(user: User) -> list[Item]:
    """What has lapsed, to coordinators: nobody can decide on it any more, and nobody is late with it. A registered
    signing is not here: the other party disputes it."""
    mine = roles_of(user, Role.COORDINATOR)
    rows = lapsed(Proposal.objects.filter(status__in=ON_THE_WAY, annex__agreement__in=list(mine)))
    found = (
        rows.exclude(status=ProposalStatus.AWAITING_SIGNATURES, kind=Proposal.Kind.REGISTRATION)
        .select_related("revision__annex", "annex__agreement", "matter")
        .defer(*TEXT)
    )
    items = together(list(found), _("Withdraw %(text)s, which can no longer begin to apply"), _("Open"))
    return [replace(item, due=None, is_overdue=False) for item in items]


def sent_back(user: User) -> list[Item]:
    """Annexes whose newest version came back and whose working text is a coordinator's to mend; not when the annex or
    the agreement has ended."""
    mine = roles_of(user, Role.COORDINATOR)
    back = (ProposalStatus.REFERRED_BACK, ProposalStatus.REJECTED)
    later = Proposal.objects.filter(annex=OuterRef("annex"), revision__number__gt=OuterRef("revision__number"))
    newest = (
        Proposal.objects.filter(~Exists(later), status__in=back, annex__agreement__in=list(mine))
        .exclude(annex__ends_on__lt=today())
        .exclude(annex__agreement__ends_on__lt=today())
        .order_by("annex_id")
        .select_related("revision__annex", "annex__agreement")
        .defer(*TEXT)
    )
    return [
        Item(
            _("Rework %(text)s") % {"text": row.revision},
            row.get_status_display(),
            row.annex.agreement,
            _("Edit"),
            reverse("agreements:annex_edit", args=[row.annex.agreement.slug, row.annex.number]),
        )
        for row in newest
    ]


def unanswered_questions(user: User) -> QuerySet[Comment]:
    """The questions asked before a decision that ``user`` reads and nobody has answered, with annex and proposal."""
    return (
        visible_comments(user)
        .filter(is_question=True, resolved_at=None, revision__proposal__isnull=False)
        .annotate(replies=Count("answers"))
        .filter(replies=0)
        .select_related("annex__agreement", "revision__proposal")
        .defer(*TEXT)
    )


def address_of(question: Comment) -> str:
    """Where a question stands on its decision page."""
    return f"{question.revision.proposal.get_absolute_url()}#comment-{question.pk}" if question.revision else ""


def questions(user: User) -> list[Item]:
    """Questions asked before a decision, to those who submitted the text; when they no longer coordinate, to the other
    coordinators of the party."""
    still = Membership.objects.on(today()).filter(
        role_group__role=Role.COORDINATOR, role_group__agreement=OuterRef("annex__agreement"), user__is_active=True,
        user=OuterRef("revision__proposal__submitted_by"),
    )  # fmt: skip
    inherited = Q(revision__proposal__party__in=parties_of(roles_of(user, Role.COORDINATOR))) & ~Exists(still)
    return [
        Item(
            _("Answer a question about %(text)s") % {"text": row.annex},
            row.text,
            row.annex.agreement,
            _("Answer the question"),
            address_of(row),
        )
        for row in unanswered_questions(user).filter(Q(revision__proposal__submitted_by=user) | inherited)
    ]
