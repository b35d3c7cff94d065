"""Somebody has joined a group, or will leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.permissions import Role
from agreements.policies.agreement import visible_agreements
from agreements.rights import today
from communication.notices.base import About, Announcement, long_date
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from agreements.models import Membership
    from samverkan.accounts.models import User


class _OwnMembership(Announcement):
    """To the person alone, and only while the membership holds: before and after, the agreement is none of theirs."""

    def __init__(self, membership: Membership, *, by: User | None) -> None:
        super().__init__(About(membership.role_group.agreement), by=by)
        self.membership = membership

    def is_applicable(self) -> bool:
        return type(self.membership).objects.on(today()).filter(pk=self.membership.pk, user__isnull=False).exists()

    def group(self) -> str:
        own = self.membership.role_group
        return own.governing_group.name if own.governing_group else str(Role(own.role).label)

    def path(self) -> str:
        return self.about.agreement.get_absolute_url()

    def people(self) -> list[Membership]:
        return [m for m in self.circle.memberships if m.pk == self.membership.pk]

    def may_see(self, user: User) -> bool:
        return visible_agreements(user).filter(pk=self.about.agreement.pk).exists()


class Joined(_OwnMembership):
    """That somebody has been let in."""

    event = NoticeEvent.JOINED

    def subject(self) -> str:
        words = {"group": self.group(), "agreement": self.about.agreement}
        return _("You are now in %(agreement)s: %(group)s") % words


class Leaving(_OwnMembership):
    """The last day has been set, or moved."""

    event = NoticeEvent.MEMBERSHIP_CHANGED

    def is_applicable(self) -> bool:
        return self.membership.ends_on is not None and super().is_applicable()

    def subject(self) -> str:
        assert self.membership.ends_on is not None  # noqa: S101 -- is_applicable has seen to it
        words = {"group": self.group(), "agreement": self.about.agreement, "day": long_date(self.membership.ends_on)}
        return _("Your last day in %(agreement)s is %(day)s: %(group)s") % words
