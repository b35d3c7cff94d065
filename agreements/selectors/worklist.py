"""Mitt arbete: what waits for me, in order of date, with one address to the very place; and what I wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models import (
    Agreement,
    Assent,
    Ending,
    EndingConfirmation,
    GoverningGroup,
    HigherDecision,
    Manifest,
    MeetingEntry,
    Membership,
    Move,
    Opinion,
    Party,
    Proposal,
    Removal,
    SavedAside,
    Signatory,
    SigningAnswer,
)
from agreements.permissions import Perm, Role
from agreements.policies.annex import readable_drafts
from agreements.policies.comment import visible_comments
from agreements.policies.decision import visible_tasks
from agreements.policies.proposal import deciding_among
from agreements.policies.removal import KEEPERS, may_confirm
from agreements.rights import agreements_with, holdings, today
from agreements.selectors.deadlines import due_by, next_due
from agreements.states import ON_THE_WAY, TURNS, ProposalStatus, Turn
from samverkan.accounts.models import User

SOON_DAYS = 60
TEXT = ("revision__content", "revision__plain_text", "revision__ids")
"""What no list needs of a revision."""


@dataclass(frozen=True)
class Item:
    """One row: what to do (a sentence), about which agreement, by when, and where the one button leads."""

    what: str | Promise
    detail: str | Promise
    agreement: Agreement
    button: str | Promise
    url: str
    due: date | None = None
    is_overdue: bool = False

    @property
    def line(self) -> str:
        """What the row says under its title."""
        return " · ".join(part for part in (str(self.detail), self.agreement.title) if part)


@dataclass(frozen=True)
class Waiting:
    """What I wait for from others: with whom, since when."""

    what: str
    with_whom: str | Promise
    since: datetime
    url: str


def _roles(user: User, *roles: Role) -> dict[int, list[Membership]]:
    """The memberships of today with any of ``roles``, by agreement."""
    found: dict[int, list[Membership]] = {}
    for membership in holdings(user).memberships:
        if membership.role_group.role in roles:
            found.setdefault(membership.role_group.agreement_id, []).append(membership)
    return found


def _parties(memberships: dict[int, list[Membership]]) -> set[int]:
    return {m.party_id for held in memberships.values() for m in held if m.party_id is not None}


def _to_prepare(user: User) -> list[Item]:
    mine = _roles(user, Role.PREPARATORY)
    parties = _parties(mine)
    if not parties:
        return []
    rows = Proposal.objects.filter(
        status=ProposalStatus.IN_PREPARATION, annex__agreement__in=list(mine)
    ).annotate(
        done=Exists(Move.objects.filter(proposal=OuterRef("pk"), verb=Move.Verb.FORWARD, party__in=parties))
    )  # fmt: skip
    found = rows.filter(done=False).select_related("revision__annex", "annex__agreement", "matter").defer(*TEXT)
    return _together(list(found), _("Prepare %(text)s"), _("Prepare"))


def _item(proposal: Proposal, what: str | Promise, button: str | Promise) -> Item:
    day = proposal.answer_wanted_by
    return Item(
        what=what % {"text": proposal.revision},
        detail=proposal.matter.title if proposal.matter else proposal.annex.title,
        agreement=proposal.annex.agreement,
        button=button,
        url=proposal.get_absolute_url(),
        due=day,
        is_overdue=day is not None and day < today(),
    )


def _together(rows: Sequence[Proposal], what: str | Promise, button: str | Promise) -> list[Item]:
    """One item per proposal; the parts of one matter are one item that leads to the matter."""
    items, matters = [], dict[int, list[Proposal]]()
    for row in rows:
        if row.matter_id is None:
            items.append(_item(row, what, button))
        else:
            matters.setdefault(row.matter_id, []).append(row)
    for parts in matters.values():
        items.append(_item(parts[0], what, button) if len(parts) == 1 else _matter_item(parts, what, button))
    return items


def _matter_item(parts: list[Proposal], what: str | Promise, button: str | Promise) -> Item:
    first, matter = parts[0], parts[0].matter
    title, url = (matter.title, matter.get_absolute_url()) if matter else ("", first.get_absolute_url())
    labels = ", ".join(part.annex.label for part in sorted(parts, key=lambda part: part.annex.sort_key))
    day = first.answer_wanted_by
    return Item(
        what=what % {"text": title},
        detail=labels,
        agreement=first.annex.agreement,
        button=button,
        url=url,
        due=day,
        is_overdue=day is not None and day < today(),
    )


def _before_the_steering_group(user: User) -> list[Item]:
    """What a party's voice decides on or confirms; and what the other members are invited to say their mind of,
    which nobody waits for and which is never late."""
    seated = _roles(user, Role.STEERING)
    if not seated:
        return []
    deciding = deciding_among(holdings(user).memberships)
    voiced = {m.role_group.agreement_id for m in deciding}
    parties = {m.party_id for m in deciding if m.party_id is not None}
    rows = (
        Proposal.objects.filter(status=ProposalStatus.PROPOSED, annex__agreement__in=list(seated))
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
        *_together(entered, _("Confirm the entered decision on %(text)s"), _("Confirm")),
        *_together(others, _("Decide on %(text)s"), _("Decide")),
        *map(_as_invitation, _together(invited, _("Say what you think of %(text)s, if you like"), _("Read and say"))),
    ]


def _as_invitation(item: Item) -> Item:
    """The same without a day that has passed: nobody is late with what was never asked for."""
    return replace(item, due=None if item.is_overdue else item.due, is_overdue=False)


def _to_confirm(user: User) -> list[Item]:
    """Entered decisions that a coordinator of the other party confirms."""
    mine = _roles(user, Role.COORDINATOR)
    parties = _parties(mine)
    rows = (
        Proposal.objects.filter(status=ProposalStatus.PROPOSED, annex__agreement__in=list(mine))
        .filter(meeting_entries__closed_at=None, meeting_entries__isnull=False)
        .exclude(meeting_entries__party__in=parties)
        .annotate(given=Exists(Assent.objects.filter(proposal=OuterRef("pk"), party__in=parties, withdrawn_at=None)))
        .filter(given=False)
        .select_related("revision__annex", "annex__agreement", "matter")
        .defer(*TEXT)
    )
    return _together(list(rows), _("Confirm the entered decision on %(text)s"), _("Confirm"))


def _to_lay_before_signatories(user: User) -> list[Item]:
    """Texts that the steering group has sent to signature, and for which a coordinator has to prepare the signing."""
    is_open = Manifest.objects.filter(agreement=OuterRef("pk"), closed_at=None, withdrawn_at=None)
    sent = Proposal.objects.filter(annex__agreement=OuterRef("pk"), status=ProposalStatus.AWAITING_SIGNATURES)
    found = Agreement.objects.filter(~Exists(is_open), Exists(sent), pk__in=list(_roles(user, Role.COORDINATOR)))
    return [
        Item(
            _("Prepare the signing"),
            _("Texts wait for signatures."),
            agreement,
            pgettext_lazy("signing", "Prepare"),
            reverse("agreements:manifest_create", args=[agreement.slug]),
        )
        for agreement in found
    ]


def _signed_to_confirm(user: User) -> list[Item]:
    """Signings on paper that one party has registered, and that ``user``'s has not yet confirmed or disputed."""
    mine = _roles(user, Role.COORDINATOR)
    said = SigningAnswer.objects.filter(manifest=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    silent = Party.objects.filter(~Exists(said), agreement=OuterRef("agreement"), pk__in=_parties(mine))
    rows = Manifest.objects.filter(
        Exists(silent), agreement__in=list(mine), is_registered_afterwards=True, closed_at=None, withdrawn_at=None
    )
    return [
        _signing_item(manifest, _("Confirm the registered signing"))
        for manifest in rows.exclude(answers__answered_by=user).select_related("agreement")
    ]


def _endings_to_confirm(user: User) -> list[Item]:
    """Annexes of which a coordinator of one party has entered that they end, and that wait for ``user``'s party."""
    mine = _roles(user, Role.COORDINATOR)
    said = EndingConfirmation.objects.filter(ending=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    silent = Party.objects.filter(~Exists(said), agreement=OuterRef("annex__agreement"), pk__in=_parties(mine))
    rows = Ending.objects.filter(
        Exists(silent.exclude(pk=OuterRef("party"))), annex__agreement__in=list(mine), status=Ending.Status.ENTERED
    )
    return [
        Item(
            _("Confirm that %(annex)s ends") % {"annex": ending.annex},
            ending.because,
            ending.annex.agreement,
            _("Read and answer"),
            ending.get_absolute_url(),
        )
        for ending in rows.exclude(entered_by=user).select_related("annex__agreement")
    ]


def _to_sign(user: User) -> list[Item]:
    mine = _roles(user, Role.SIGNATORY, Role.COORDINATOR)
    parties = _parties(mine)
    if not parties:
        return []
    items: dict[int, Item] = {}
    unsigned = Signatory.objects.filter(
        manifest__closed_at=None, manifest__withdrawn_at=None, signature=None, party__in=parties
    ).select_related("manifest__agreement")
    for signatory in unsigned:
        items[signatory.manifest_id] = _signing_item(signatory.manifest, _("Sign, or record who has signed"))
    needed = HigherDecision.objects.filter(
        manifest__closed_at=None,
        manifest__withdrawn_at=None,
        decided_on=None,
        party__in=_parties(_roles(user, Role.COORDINATOR)),
    ).select_related("manifest__agreement")
    for higher in needed:
        items.setdefault(higher.manifest_id, _signing_item(higher.manifest, _("Record the decision from above")))
    return list(items.values())


def _signing_item(manifest: Manifest, what: str | Promise) -> Item:
    return Item(what, str(manifest), manifest.agreement, _("Open the signing"), manifest.get_absolute_url())


def _sent_back(user: User) -> list[Item]:
    """Annexes whose newest version came back and whose working text is a coordinator's to mend."""
    mine = _roles(user, Role.COORDINATOR)
    back = (ProposalStatus.REFERRED_BACK, ProposalStatus.REJECTED)
    later = Proposal.objects.filter(annex=OuterRef("annex"), revision__number__gt=OuterRef("revision__number"))
    newest = (
        Proposal.objects.filter(~Exists(later), status__in=back, annex__agreement__in=list(mine))
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


def _tasks(user: User) -> list[Item]:
    """To coordinators, and to those who write just that annex. Not those about another party's own draft, of which
    one is not to know."""
    written = [pk for pk, names in holdings(user).annexes.items() if Perm.EDIT_ANNEX.codename in names]
    rows = visible_tasks(user).filter(
        Q(agreement__in=list(_roles(user, Role.COORDINATOR))) | Q(annex__in=written), done_at=None
    )
    return [
        Item(
            str(row),
            row.area_title or (str(row.annex) if row.annex else ""),
            row.agreement,
            _("Open"),
            row.annex.get_absolute_url() if row.annex else row.agreement.get_absolute_url(),
        )
        for row in rows.select_related("agreement", "annex__agreement")
    ]


def _due(user: User) -> list[Item]:
    day = today()
    coordinated = agreements_with(user, Perm.SUBMIT)
    moving = set(
        Proposal.objects.filter(annex__agreement__in=coordinated, status__in=ON_THE_WAY).values_list(
            "annex_id", flat=True
        )
    )
    return [
        Item(
            item.what,
            str(item.annex or ""),
            item.agreement,
            _("Open"),
            (item.annex or item.agreement).get_absolute_url(),
            item.due,
            item.is_overdue(day),
        )
        for item in due_by(coordinated, day, day + timedelta(days=SOON_DAYS))
        if item.annex is None or item.annex.pk not in moving
    ]


def _questions(user: User) -> list[Item]:
    """Questions asked before a decision, to those who submitted the text."""
    rows = (
        visible_comments(user)
        .filter(is_question=True, resolved_at=None, revision__proposal__submitted_by=user)
        .annotate(replies=Count("answers"))
        .filter(replies=0)
        .select_related("annex__agreement", "revision__proposal")
    )
    return [
        Item(
            _("Answer a question about %(text)s") % {"text": row.annex},
            row.text,
            row.annex.agreement,
            _("Answer the question"),
            f"{row.revision.proposal.get_absolute_url()}#comment-{row.pk}" if row.revision else "",
        )
        for row in rows
    ]


def _aside(user: User) -> list[Item]:
    rows = SavedAside.objects.filter(
        saved_by=user, settled_at=None, section__annex__in=readable_drafts(user).values("pk")
    ).select_related("section__annex__agreement")
    return [
        Item(
            _("Somebody else saved before you: choose or join the texts"),
            str(row.section.annex),
            row.section.annex.agreement,
            _("Compare and choose"),
            reverse("agreements:conflict_detail", args=[row.pk]),
        )
        for row in rows
    ]


def _removals(user: User) -> list[Item]:
    """Removals of unlawful content that ``user`` confirms or rejects for the other party."""
    rows = Removal.objects.filter(status=Removal.Status.REQUESTED, agreement__in=list(_roles(user, *KEEPERS)))
    return [
        Item(
            _("Confirm removal"),
            row.subject,
            row.agreement,
            _("Read and answer"),
            row.get_absolute_url(),
        )
        for row in rows.select_related("agreement", "revision__annex", "revision__proposal", "file")
        if may_confirm(user, row)
    ]


def worklist(user: User) -> list[Item]:
    """What waits for ``user``: dated things first, soonest first; a constant number of queries."""
    found = [
        *_aside(user),
        *_before_the_steering_group(user),
        *_to_prepare(user),
        *_to_sign(user),
        *_to_lay_before_signatories(user),
        *_signed_to_confirm(user),
        *_endings_to_confirm(user),
        *_questions(user),
        *_to_confirm(user),
        *_removals(user),
        *_sent_back(user),
        *_tasks(user),
        *_due(user),
    ]
    unique = {(item.url, str(item.what)): item for item in reversed(found)}
    ordered = [item for item in found if unique.get((item.url, str(item.what))) is item]
    return sorted(ordered, key=lambda item: (item.due is None, item.due or date.max))


WITH_WHOM = {
    Turn.PREPARATORY_GROUP: _("the preparatory group"),
    Turn.STEERING_GROUP: _("the steering group"),
    Turn.SIGNATORIES: _("the signatories"),
}


def waiting_for(user: User) -> list[Waiting]:
    """What ``user`` submitted, and what the user's party already assented to, that waits for somebody else."""
    parties = _parties(_roles(user, Role.STEERING, Role.COORDINATOR))
    rows = (
        Proposal.objects.filter(status__in=ON_THE_WAY)
        .filter(
            Q(submitted_by=user)
            | Q(assents__given_by=user, assents__withdrawn_at=None)
            | Q(party__in=parties, annex__agreement__in=list(_roles(user, Role.COORDINATOR)))
        )
        .distinct()
        .select_related("revision__annex", "annex__agreement")
        .defer(*TEXT)
        .order_by("status_since")
    )
    return [
        Waiting(
            str(row.revision),
            WITH_WHOM[TURNS[ProposalStatus(row.status)]],
            row.status_since,
            row.get_absolute_url(),
        )
        for row in rows
    ]


def next_known_date(user: User) -> tuple[date, str | Promise, Agreement] | None:
    """The next date that concerns ``user``, for the empty worklist: a meeting or something due."""
    day = today()
    mine = [pk for m in holdings(user).memberships if (pk := m.role_group.governing_group_id) is not None]
    agreements = agreements_with(user, Perm.READ_IN_FORCE)
    group = (
        GoverningGroup.objects.filter(pk__in=mine, agreement__in=agreements, next_meeting_on__gte=day)
        .select_related("agreement")
        .order_by("next_meeting_on", "pk")
        .first()
    )
    dates: list[tuple[date, str | Promise, Agreement]] = []
    if group is not None and group.next_meeting_on is not None:
        dates.append((group.next_meeting_on, _("%(group)s meets") % {"group": group.name}, group.agreement))
    if item := next_due(agreements, day):
        dates.append((item.due, item.what, item.agreement))
    return min(dates, key=lambda date_: date_[0], default=None)
