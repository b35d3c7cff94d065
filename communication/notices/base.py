"""What every announcement has: what is said, to whom, and whether it may be said to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.utils import formats
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agreements.permissions import Role
from agreements.rights import forget, today
from communication.selectors.people import People, reason_of
from communication.states import Channel, NoticeEvent

if TYPE_CHECKING:
    from agreements.models import Agreement, Annex, Decision, Membership, Party, Proposal, Revision
    from samverkan.accounts.models import User


@dataclass(frozen=True)
class Recipient:
    """A person, or a party's mailbox, with the reason why just they are told."""

    name: str
    reason: str
    user: User | None = None
    mailbox: str = ""

    @classmethod
    def person(cls, user: User, reason: str) -> Recipient:
        return cls(str(user), reason, user=user)

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.mailbox


@dataclass(frozen=True)
class About:
    """What a notice is about; everything but the agreement may be missing."""

    agreement: Agreement
    annex: Annex | None = None
    revision: Revision | None = None
    proposal: Proposal | None = None
    decision: Decision | None = None


class Announcement:
    """One class per event. Subclasses say ``about``, ``subject``, ``path``, ``people`` and ``may_see``.

    The subject is a title, without a word from the text or from what somebody wrote: it goes by mail.
    """

    event: ClassVar[NoticeEvent]
    channels: ClassVar[tuple[Channel, ...]] = (Channel.PORTAL, Channel.MAIL)

    def __init__(self, about: About, *, by: User | None) -> None:
        self.about = about
        self.by = by
        self.circle = People(about.agreement)

    def is_applicable(self) -> bool:
        return True

    def subject(self) -> str:
        raise NotImplementedError

    def path(self) -> str:
        raise NotImplementedError

    def date(self) -> date:
        return today()

    def people(self) -> Iterable[Membership]:
        """The memberships of today whose people shall know, the most important reason first."""
        raise NotImplementedError

    def also(self) -> Iterable[Recipient]:
        """People who shall know whatever groups they are in: who wrote the question, say. They come first."""
        return ()

    def mailboxes(self) -> Iterable[Recipient]:
        return ()

    @cached_property
    def parties(self) -> list[Party]:
        return list(self.about.agreement.parties.select_related("organisation"))

    def registries(self, reason: str) -> Iterator[Recipient]:
        """The mailbox of each party's registry, where it has one."""
        for party in self.parties:
            if mailbox := party.organisation.registrar_mailbox:
                name = _("The registry of %(party)s") % {"party": party.organisation.name}
                yield Recipient(name, reason, mailbox=mailbox)

    def registrars(self) -> list[Membership]:
        """The registrars of the parties whose registry has no mailbox: nobody is told twice."""
        unreachable = [party for party in self.parties if not party.organisation.registrar_mailbox]
        return self.circle.of_parties(self.circle.holding(Role.REGISTRAR), unreachable)

    def may_see(self, user: User) -> bool:
        """Whether ``user`` may see what the notice is about. Asked of everyone, last, from the policies."""
        raise NotImplementedError

    def recipients(self, known: Iterable[int] = ()) -> Iterator[Recipient]:
        """Everyone once; never the person who acted, and never somebody who may not see it. ``known`` are the ids
        of people who need not be asked about."""
        seen = {self.by.pk if self.by else None, *known}
        for person in self._persons():
            if person.user is not None and person.user.pk not in seen:
                seen.add(person.user.pk)
                forget(person.user)  # what was kept on a person's object may be older than this event
                if self.may_see(person.user):
                    yield person
        boxes: set[str] = set()
        for box in self.mailboxes():
            if box.mailbox.lower() not in boxes:
                boxes.add(box.mailbox.lower())
                yield box

    def _persons(self) -> Iterator[Recipient]:
        yield from (person for person in self.also() if person.user is not None and person.user.is_active)
        for membership in self.people():
            assert membership.user is not None  # noqa: S101 -- People asks for accounts only
            yield Recipient.person(membership.user, reason_of(membership))


def long_date(day: date) -> str:
    """The day as it stands in a sentence: 4 mars 2026."""
    return formats.date_format(day, "j F Y")
