"""A decision is announced to everybody concerned, registries included (R41-R46)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.models import Correction, Decision
from agreements.permissions import Role
from agreements.policies.revision import visible_decisions
from agreements.states import AnnexKind
from communication.notices.base import About, Announcement, Recipient, long_date
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from datetime import date

    from agreements.models import Membership
    from samverkan.accounts.models import User

CONCERN_EVERY_WORKING_GROUP = (AnnexKind.AGREEMENT_TEXT, AnnexKind.SITUATIONAL_PICTURE)


class DecisionAnnouncement(Announcement):
    """About a decision, to those who may see it."""

    def __init__(self, decision: Decision, *, by: User) -> None:
        about = About(
            decision.agreement,
            annex=decision.annex,
            revision=decision.revision,
            proposal=decision.revision.proposal,
            decision=decision,
        )
        super().__init__(about, by=by)
        self.decision = decision

    def path(self) -> str:
        return self.decision.get_absolute_url()

    def may_see(self, user: User) -> bool:
        return visible_decisions(user).filter(pk=self.decision.pk).exists()


class Decided(DecisionAnnouncement):
    """To the steering and preparatory groups, the working groups concerned, coordinators, the central preparatory
    group, and each party's registry.

    Working groups are concerned by the annexes that they write, and all of them by the agreement text and by the
    situational picture, which says what they shall work with. A party without a registrar's mailbox is reached
    through its registrars.
    """

    event = NoticeEvent.DECIDED

    def subject(self) -> str:
        last = self._last_day()
        words = {
            "text": self.decision.revision,
            "day": long_date(self.decision.effective_from),
            "last": long_date(last) if last else "",
        }
        if not self.decision.is_registered_afterwards:
            return _("%(text)s has been decided and applies from %(day)s") % words
        if last is None:
            return _("%(text)s has been registered afterwards and applies from %(day)s") % words
        return _("%(text)s has been registered afterwards and applied from %(day)s to %(last)s") % words

    def _last_day(self) -> date | None:
        """The last day on which the text applied, when a later one was known already as it was written down."""
        later = Decision.objects.filter(
            annex=self.decision.annex,
            effective_from__gt=self.decision.effective_from,
            written_at__lt=self.decision.written_at,
        )
        first = later.order_by("effective_from").values_list("effective_from", flat=True).first()
        return first - timedelta(days=1) if first else None

    def date(self) -> date:
        return self.decision.decided_on

    def people(self) -> list[Membership]:
        holding = self.circle.holding
        groups = holding(Role.CENTRAL, Role.STEERING, Role.COORDINATOR, Role.PREPARATORY)
        if self.decision.annex.kind in CONCERN_EVERY_WORKING_GROUP:
            groups += holding(Role.WORKING_GROUP)
        return [*groups, *self.circle.writers(self.decision.annex), *self.registrars()]

    def mailboxes(self) -> Iterator[Recipient]:
        return self.registries(_("The decision is to be registered."))


class Corrected(DecisionAnnouncement):
    """That something was added to a decision's record by one party (JO 581-2013): to those who decide and prepare, to
    coordinators, and to each party's registry."""

    event = NoticeEvent.CORRECTED

    def __init__(self, correction: Correction, *, by: User) -> None:
        super().__init__(correction.decision, by=by)

    def subject(self) -> str:
        return _("%(decision)s about %(text)s has been corrected") % {
            "decision": self.decision, "text": self.decision.revision,
        }  # fmt: skip

    def people(self) -> list[Membership]:
        return [*self.circle.holding(Role.STEERING, Role.COORDINATOR, Role.PREPARATORY), *self.registrars()]

    def mailboxes(self) -> Iterator[Recipient]:
        return self.registries(_("The decision is registered with you."))
