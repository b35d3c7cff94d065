"""One party has changed how texts are decided, or said that one stands: the others are told, for both are equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.permissions import Perm, Role
from agreements.policies.agreement import visible_agreements
from agreements.rights import has
from communication.notices.base import About, Announcement
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from datetime import date

    from agreements.models import Agreement, Membership, Party, Review
    from samverkan.accounts.models import User


class TermsChanged(Announcement):
    """To coordinators, and to those who decide and prepare: by how many, and in which steps, is their affair."""

    event = NoticeEvent.TERMS_CHANGED

    def __init__(self, agreement: Agreement, *, party: Party | None, by: User) -> None:
        super().__init__(About(agreement), by=by)
        self.party = party

    def subject(self) -> str:
        if self.party is not None:
            return _("%(party)s has become a party") % {"party": self.party}
        return _("How texts are prepared and fixed has been changed")

    def path(self) -> str:
        return reverse("agreements:agreement_history", args=[self.about.agreement.slug])

    def people(self) -> list[Membership]:
        return self.circle.holding(Role.COORDINATOR, Role.STEERING, Role.PREPARATORY)

    def may_see(self, user: User) -> bool:
        return has(user, Perm.READ_PROPOSED, self.about.agreement)


class Reviewed(Announcement):
    """To coordinators and to the group whose looking over it was (R41, R51)."""

    event = NoticeEvent.REVIEWED

    def __init__(self, review: Review, *, by: User) -> None:
        super().__init__(About(review.annex.agreement, annex=review.annex, revision=review.revision), by=by)
        self.review = review

    def subject(self) -> str:
        return _("%(annex)s has been looked over and stands without change") % {"annex": self.review.annex}

    def path(self) -> str:
        return self.review.annex.get_absolute_url()

    def date(self) -> date:
        return self.review.reviewed_on

    def people(self) -> list[Membership]:
        return self.circle.holding(Role.COORDINATOR, Role.STEERING)

    def may_see(self, user: User) -> bool:
        return visible_agreements(user).filter(pk=self.about.agreement.pk).exists()
