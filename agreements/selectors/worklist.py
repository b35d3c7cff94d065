"""Mitt arbete: what waits for me, in order of date, with one address to the very place."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, GoverningGroup, Proposal, SavedAside
from agreements.permissions import Perm, Role
from agreements.policies.annex import readable_drafts
from agreements.policies.decision import visible_tasks
from agreements.policies.removal import confirmable_removals
from agreements.rights import agreements_with, annexes_with, holdings, today
from agreements.selectors.deadlines import due_by, next_due
from agreements.selectors.work_elsewhere import from_elsewhere
from agreements.selectors.work_item import TEXT, Item, named, roles_of
from agreements.selectors.work_on_plans import open_points_due
from agreements.selectors.work_on_proposals import (
    before_the_steering_group,
    questions,
    sent_back,
    to_confirm,
    to_prepare,
    to_withdraw,
)
from agreements.selectors.work_on_signings import (
    endings_to_confirm,
    signed_to_confirm,
    to_lay_before_signatories,
    to_sign,
)
from agreements.states import ON_THE_WAY
from samverkan.accounts.models import User

SOON_DAYS = 60
"""So far ahead lies what is shown as work."""


def _tasks(user: User) -> list[Item]:
    """To coordinators, and to those who write just that annex. Not those about another party's own draft, of which
    one is not to know, nor about what has ended."""
    written = annexes_with(user, Perm.EDIT_ANNEX)
    rows = visible_tasks(user).filter(
        Q(agreement__in=list(roles_of(user, Role.COORDINATOR))) | Q(annex__in=written), done_at=None
    )
    rows = rows.exclude(annex__ends_on__lt=today()).exclude(agreement__ends_on__lt=today())
    return [
        Item(
            str(row),
            row.area_title or named(row.annex),
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
            named(item.annex),
            item.agreement,
            _("Open"),
            (item.annex or item.agreement).get_absolute_url(),
            item.due,
            item.is_overdue(day),
        )
        for item in due_by(coordinated, day, day + timedelta(days=SOON_DAYS))
        if item.annex is None or item.annex.pk not in moving
    ]


def _aside(user: User) -> list[Item]:
    rows = SavedAside.objects.filter(
        saved_by=user, settled_at=None, section__annex__in=readable_drafts(user).values("pk")
    ).select_related("section__annex__agreement")
    return [
        Item(
            _("Somebody else saved before you: choose or join the texts"),
            named(row.section.annex),
            row.section.annex.agreement,
            _("Compare and choose"),
            reverse("agreements:conflict_detail", args=[row.pk]),
        )
        for row in rows
    ]


def _removals(user: User) -> list[Item]:
    """Removals of unlawful content that ``user`` confirms or rejects for the other party."""
    rows = confirmable_removals(user).select_related("agreement", "revision__annex", "file").defer(*TEXT)
    return [
        Item(
            _("Confirm removal"),
            row.subject,
            row.agreement,
            _("Read and answer"),
            row.get_absolute_url(),
        )
        for row in rows
    ]


def worklist(user: User) -> list[Item]:
    """What waits for ``user``: dated things first, soonest first; a constant number of queries."""
    found = [
        *_aside(user),
        *before_the_steering_group(user),
        *to_prepare(user),
        *to_sign(user),
        *to_lay_before_signatories(user),
        *signed_to_confirm(user),
        *endings_to_confirm(user),
        *questions(user),
        *to_confirm(user),
        *_removals(user),
        *to_withdraw(user),
        *sent_back(user),
        *from_elsewhere(user),
        *_tasks(user),
        *open_points_due(user, today() + timedelta(days=SOON_DAYS)),
        *_due(user),
    ]
    unique = {(item.url, str(item.what)): item for item in reversed(found)}
    ordered = [item for item in found if unique.get((item.url, str(item.what))) is item]
    return sorted(ordered, key=lambda item: (item.due is None, item.due or date.max))


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
