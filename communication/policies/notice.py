"""Who sees which notices, and who may look into how others were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.rights import has
from communication.models import Delivery, Notice
from communication.states import Channel
from samverkan.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from samverkan.accounts.models import User

    Person = User | AnonymousUser


def visible_notices(user: Person) -> QuerySet[Notice]:
    """One's own notices, about agreements that one may see today."""
    return Notice.objects.filter(recipient=user.pk, agreement__in=visible_agreements(user))


def may_read_deliveries(user: Person, agreement: Agreement) -> Verdict:
    """Who was told and how it went: coordinators."""
    if not has(user, Perm.MANAGE_GROUPS, agreement):
        return refused("not_coordinator", _("Only a coordinator can see who has been told."))
    return ALLOWED


def may_send_again(user: Person, delivery: Delivery) -> Verdict:
    """A coordinator, when the letter did not go or may not have gone, and none is under way or has gone since."""
    if not (verdict := may_read_deliveries(user, delivery.notice.agreement)):
        return verdict
    if not delivery.can_be_repeated:
        return refused("nothing_to_repeat", _("Only a letter that did not go, or may not have gone, is sent again."))
    if delivery.notice.deliveries.filter(pk__gt=delivery.pk, channel=Channel.MAIL).exists():
        return refused("already_repeated", _("It has already been sent again."))
    return ALLOWED
