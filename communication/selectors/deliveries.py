"""Who was told about a version or in an agreement, and how it went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from agreements.models import Agreement, Proposal
from agreements.permissions import Perm
from agreements.rights import agreements_with
from communication.models import Delivery, Notice
from communication.policies.notice import traceable_notices
from communication.states import Channel, DeliveryStatus, Failure
from samverkan.swedish import Swedish

if TYPE_CHECKING:
    from samverkan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that was told at one time, and to whom."""

    title: str
    notices: tuple[Notice, ...]

    @property
    def first(self) -> Notice:
        return self.notices[0]


def tellings(notices: Iterable[Notice]) -> list[Telling]:
    """``notices``, which come with those of one event together, event by event."""
    acts = groupby(notices, key=lambda notice: (notice.created_at, notice.title))
    return [Telling(title, tuple(rows)) for (_when, title), rows in acts]


def told_about(proposal: Proposal) -> QuerySet[Notice]:
    """The notices about a version, newest first, with their deliveries and readings. Three queries."""
    return _with_deliveries(Notice.objects.filter(proposal=proposal))


def told_in(agreement: Agreement, user: User) -> QuerySet[Notice]:
    """The notices of ``agreement`` that ``user`` may trace, likewise."""
    return _with_deliveries(traceable_notices(user).filter(agreement=agreement))


def _with_deliveries(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    return (
        notices.select_related("reading", "recipient")
        .prefetch_related("deliveries__requested_by", "deliveries__acknowledgement__seen_by")
        .order_by("-created_at", Swedish("title"), "pk")
    )


def last_letter(notice: Notice) -> Delivery | None:
    """The latest letter of ``notice``; reads ``deliveries``, so prefetch them for lists."""
    letters = [delivery for delivery in notice.deliveries.all() if delivery.channel == Channel.MAIL]
    return max(letters, key=lambda delivery: delivery.pk, default=None)


def unattended(user: User) -> QuerySet[Delivery]:
    """The letters that did not go, or may not have gone, in the agreements that ``user`` coordinates, that have not
    been sent again, and that nobody has seen. Whoever may not know any more is not to be told: that is no failure."""
    later = Delivery.objects.filter(notice=OuterRef("notice"), pk__gt=OuterRef("pk"), channel=Channel.MAIL)
    notices = traceable_notices(user).filter(agreement__in=agreements_with(user, Perm.MANAGE_GROUPS))
    return Delivery.objects.filter(
        ~Exists(later), status__in=[DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN], acknowledgement=None,
        notice__in=notices.values("pk"),
    ).exclude(failure=Failure.NO_LONGER_ENTITLED)  # fmt: skip


def unattended_by_agreement(user: User) -> list[tuple[Agreement, int]]:
    """How many letters nobody has seen to, by agreement. No query for those who coordinate none, else two at most."""
    counted = dict(unattended(user).values_list("notice__agreement").annotate(count=Count("pk")).order_by())
    found = Agreement.objects.filter(pk__in=counted) if counted else ()
    return [(agreement, counted[agreement.pk]) for agreement in found]
