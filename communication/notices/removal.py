"""Unlawful content is to be removed from a text, was removed, or stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.models import Removal
from agreements.permissions import Role
from agreements.policies.removal import visible_removals
from communication.notices.base import About, Announcement, Recipient
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from agreements.models import Membership
    from samverkan.accounts.models import User


class RemovalAnnouncement(Announcement):
    """To the registrars and coordinators of both parties. A file's name is not said: it may be what is unlawful."""

    def __init__(self, removal: Removal, *, by: User) -> None:
        revision = removal.revision
        about = About(
            removal.agreement,
            annex=revision.annex if revision else None,
            revision=revision,
            proposal=getattr(revision, "proposal", None),
            decision=getattr(revision, "decision", None),
        )
        super().__init__(about, by=by)
        self.removal = removal

    def text(self) -> str:
        return str(self.removal.revision or _("a file beside %(agreement)s") % {"agreement": self.removal.agreement})

    def path(self) -> str:
        return self.removal.get_absolute_url()

    def people(self) -> list[Membership]:
        return self.circle.holding(Role.REGISTRAR, Role.COORDINATOR)

    def may_see(self, user: User) -> bool:
        return visible_removals(user).filter(pk=self.removal.pk).exists()


class RemovalRequested(RemovalAnnouncement):
    """That somebody of another party has to confirm or reject."""

    event = NoticeEvent.REMOVAL_REQUESTED

    def subject(self) -> str:
        return _("A removal from %(text)s has been asked for and waits for confirmation") % {"text": self.text()}


class RemovalAnswered(RemovalAnnouncement):
    """Confirmed, rejected or withdrawn. What was removed is to be registered, so the registries are told as well."""

    event = NoticeEvent.REMOVAL_ANSWERED

    def subject(self) -> str:
        sentences = {
            Removal.Status.CONFIRMED: _("Content has been removed from %(text)s"),
            Removal.Status.REJECTED: _("A removal from %(text)s has been rejected"),
            Removal.Status.WITHDRAWN: _("A request for removal from %(text)s has been withdrawn"),
        }
        return sentences[Removal.Status(self.removal.status)] % {"text": self.text()}

    def mailboxes(self) -> Iterator[Recipient]:
        if self.removal.status != Removal.Status.CONFIRMED:
            return
        for party in self.removal.agreement.parties.select_related("organisation"):
            if mailbox := party.organisation.registrar_mailbox:
                name = _("The registry of %(party)s") % {"party": party.organisation.name}
                yield Recipient(name, _("The removal is to be registered."), mailbox=mailbox)
