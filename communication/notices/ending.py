"""An annex or an agreement ends or goes on, or somebody has said that it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from agreements.models import Ending
from agreements.permissions import Role
from agreements.policies.agreement import visible_agreements
from agreements.policies.ending import parties_missing, visible_endings
from agreements.rights import today
from agreements.selectors.related import living_below
from communication.notices.base import About, Announcement, Recipient, long_date
from communication.selectors.people import People
from communication.states import NoticeEvent

if TYPE_CHECKING:
    from agreements.models import Agreement, Membership
    from samverkan.accounts.models import User


class EndingAnnouncement(Announcement):
    """About a last day, or that there is none any more."""

    def __init__(self, ending: Ending, *, by: User) -> None:
        super().__init__(About(ending.whole, annex=ending.annex, decision=ending.decision), by=by)
        self.ending = ending

    def words(self) -> dict[str, str]:
        """What the subjects are put together from."""
        words = {"annex": str(self.ending.subject), "party": str(self.ending.party), "what": self.ending.in_full}
        return words | {"day": long_date(self.ending.ends_on) if self.ending.ends_on else ""}

    def path(self) -> str:
        return self.ending.get_absolute_url()

    def may_see(self, user: User) -> bool:
        return visible_endings(user).filter(pk=self.ending.pk).exists()


class EndingEntered(EndingAnnouncement):
    """To the coordinators of the parties that confirm it."""

    event = NoticeEvent.ENDING_ENTERED

    def subject(self) -> str:
        if self.ending.goes_on:
            return _("%(party)s has entered: %(what)s; your party's confirmation is missing") % self.words()
        return _("%(party)s has entered that %(annex)s ends on %(day)s; your party's confirmation is missing") % (
            self.words()
        )

    def people(self) -> list[Membership]:
        return self.circle.of_parties(self.circle.holding(Role.COORDINATOR), parties_missing(self.ending))


class EndingAnswered(EndingAnnouncement):
    """That it ends, to everybody whom its decision concerned, each party's registry included (R47); that it was
    disputed or withdrawn, to coordinators."""

    event = NoticeEvent.ENDING_ANSWERED

    def subject(self) -> str:
        if self.ending.goes_on:
            return self._goes_on() % self.words()
        if self.ending.status == Ending.Status.DISPUTED:
            return _("That %(annex)s ends on %(day)s has been disputed") % self.words()
        if self.ending.status == Ending.Status.WITHDRAWN:
            return _("That %(annex)s ends on %(day)s has been withdrawn") % self.words()
        if self._is_correction():
            return _("Corrected: %(annex)s ends on %(day)s") % self.words()
        return _("%(annex)s ends on %(day)s") % self.words()

    def _is_correction(self) -> bool:
        """Whether another day held until now; not when the end before it was called off, or the agreement prolonged."""
        held = self.ending.subject.endings.filter(status=Ending.Status.IN_EFFECT, pk__lt=self.ending.pk)
        before = held.order_by("pk").last()
        return before is not None and not before.goes_on

    def _goes_on(self) -> str:
        if self.ending.status == Ending.Status.DISPUTED:
            return _("Disputed: %(what)s")
        if self.ending.status == Ending.Status.WITHDRAWN:
            return _("Taken back: %(what)s")
        return _("Confirmed: %(what)s")

    def people(self) -> list[Membership]:
        holding = self.circle.holding
        if self.ending.status != Ending.Status.IN_EFFECT:
            return holding(Role.COORDINATOR)
        groups = holding(Role.CENTRAL, Role.STEERING, Role.COORDINATOR, Role.PREPARATORY)
        return [*groups, *self._writers(), *self.registrars()]

    def _writers(self) -> list[Membership]:
        """Who writes what ends: all working groups and communicators, when it is the whole agreement."""
        if self.ending.annex is None:
            return self.circle.holding(Role.WORKING_GROUP, Role.COMMUNICATOR)
        return self.circle.writers(self.ending.annex)

    def mailboxes(self) -> Iterable[Recipient]:
        if self.ending.status != Ending.Status.IN_EFFECT:
            return ()
        if self.ending.annex is None:
            return self.registries(_("When the agreement ends is to be registered."))
        return self.registries(_("The end of an annex is to be registered."))


class EndingAnsweredAbove(EndingAnswered):
    """That an overarching agreement ends or goes on, in the same words, to the coordinators of an agreement that rests
    on it: they may not see the one above, so it leads to their own."""

    def __init__(self, ending: Ending, below: Agreement, *, by: User) -> None:
        super().__init__(ending, by=by)
        self.about, self.circle = About(below), People(below)

    def path(self) -> str:
        return self.about.agreement.get_absolute_url()

    def may_see(self, user: User) -> bool:
        return visible_agreements(user).filter(pk=self.about.agreement.pk).exists()

    def people(self) -> list[Membership]:
        return self.circle.holding(Role.COORDINATOR)

    def mailboxes(self) -> Iterable[Recipient]:
        return ()


def answers_to(ending: Ending, *, by: User) -> Iterator[Announcement]:
    """What is told when an ending has been answered; agreements below are told when it holds for the whole one."""
    yield EndingAnswered(ending, by=by)
    if ending.status == Ending.Status.IN_EFFECT and ending.annex is None:
        for below in living_below(ending.whole, today()):
            yield EndingAnsweredAbove(ending, below, by=by)
