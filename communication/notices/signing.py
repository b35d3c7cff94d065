"""A signing was prepared, or registered afterwards; what was registered was disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.permissions import Role
from agreements.policies.signing import visible_manifests
from communication.notices.base import About, Announcement, Recipient
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agreements.models import Manifest, Membership, SigningAnswer
    from samverkan.accounts.models import User


class SigningAnnouncement(Announcement):
    """About a signing, for those who may see it."""

    def __init__(self, manifest: Manifest, *, by: User) -> None:
        super().__init__(About(manifest.agreement), by=by)
        self.manifest = manifest

    def path(self) -> str:
        return self.manifest.get_absolute_url()

    def may_see(self, user: User) -> bool:
        return visible_manifests(user).filter(pk=self.manifest.pk).exists()


class SigningOpened(SigningAnnouncement):
    """To those who shall sign and to coordinators; what was signed outside the portal, to coordinators alone."""

    event = NoticeEvent.SIGNING_OPENED

    def subject(self) -> str:
        words = {"agreement": self.manifest.agreement}
        if self.manifest.is_registered_afterwards:
            return _("A signing of %(agreement)s has been registered and waits for confirmation") % words
        return _("%(agreement)s is ready to be signed") % words

    def also(self) -> Iterable[Recipient]:
        if self.manifest.is_registered_afterwards:
            return []
        named = self.manifest.signatories.filter(user__isnull=False).select_related("user")
        return [Recipient.person(s.user, _("You are named as signatory.")) for s in named if s.user is not None]

    def people(self) -> list[Membership]:
        if self.manifest.is_registered_afterwards:
            return self.circle.holding(Role.COORDINATOR)
        return self.circle.holding(Role.SIGNATORY, Role.COORDINATOR)


class SigningDisputed(SigningAnnouncement):
    """A party says that it was not signed so: to the one who registered it, and to all coordinators."""

    event = NoticeEvent.SIGNING_DISPUTED

    def __init__(self, answer: SigningAnswer, *, by: User) -> None:
        super().__init__(answer.manifest, by=by)

    def subject(self) -> str:
        return _("The registered signing of %(agreement)s has been disputed") % {"agreement": self.manifest.agreement}

    def also(self) -> Iterable[Recipient]:
        return [Recipient.person(self.manifest.created_by, _("You registered it."))]

    def people(self) -> list[Membership]:
        return self.circle.holding(Role.COORDINATOR)
