"""One party's own draft became shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import DraftSharing
from agreements.permissions import Role
from agreements.policies.annex import may_read_draft
from communication.notices.base import About, Announcement
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from agreements.models import Membership
    from samverkan.accounts.models import User


class DraftShared(Announcement):
    """To those who may now read the draft: coordinators, the preparatory group, the annex's writers, registrars
    (what has been shared may have become an official record; HFD 2011:52, RÅ 1999 ref. 36)."""

    event = NoticeEvent.DRAFT_SHARED

    def __init__(self, sharing: DraftSharing, *, by: User) -> None:
        super().__init__(About(sharing.annex.agreement, annex=sharing.annex), by=by)
        self.sharing = sharing

    def subject(self) -> str:
        words = {"party": self.sharing.party, "annex": self.sharing.annex}
        if self.sharing.purpose == DraftSharing.Purpose.COMMENT:
            return _("%(party)s has shared a draft of %(annex)s for comments") % words
        return _("%(party)s has shared a draft of %(annex)s for information") % words

    def path(self) -> str:
        annex = self.sharing.annex
        return reverse("agreements:annex_draft", args=[annex.agreement.slug, annex.number])

    def people(self) -> list[Membership]:
        first = self.circle.holding(Role.COORDINATOR, Role.PREPARATORY)
        return [*first, *self.circle.writers(self.sharing.annex), *self.circle.holding(Role.REGISTRAR)]

    def may_see(self, user: User) -> bool:
        return bool(may_read_draft(user, self.sharing.annex))
