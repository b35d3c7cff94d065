"""Who sees which notices, and who may look into how others were told."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Membership
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.policies.annex import own_party_ids, readable_drafts
from agreements.rights import Person, agreements_with, has
from communication.models import Delivery, Notice
from communication.states import Channel, NoticeEvent
from samverkan.verdict import ALLOWED, Verdict, refused

TALK = (NoticeEvent.QUESTION, NoticeEvent.ANSWER, NoticeEvent.COMMENT)
"""What is said about a text; about a draft it may be said in one party's own room."""


def visible_notices(user: Person) -> QuerySet[Notice]:
    """One's own notices, about agreements that one may see today."""
    return Notice.objects.filter(recipient=user.pk, agreement__in=visible_agreements(user))


def traceable_notices(user: Person) -> QuerySet[Notice]:
    """The notices, to anybody, of which ``user`` may see how they went: those of the agreements where one is
    coordinator or registrar. Of what was said about a draft that one may read, those to people of one's own party
    only: the other party's own room is not to be known of."""
    ours = Membership.objects.filter(user=OuterRef("recipient"), party__in=own_party_ids(user))
    drafts = Q(annex__in=readable_drafts(user).values("pk")) & Exists(ours)
    return Notice.objects.filter(agreement__in=agreements_with(user, *TRACERS)).filter(
        ~Q(event__in=TALK) | Q(revision__isnull=False) | drafts
    )


TRACERS = (Perm.MANAGE_GROUPS, Perm.READ_RECORDS)


def may_read_deliveries(user: Person, agreement: Agreement) -> Verdict:
    """Who was told and how it went: coordinators, and registrars, to whose records it belongs."""
    if not any(has(user, perm, agreement) for perm in TRACERS):
        return refused("not_coordinator", _("Only a coordinator or a registrar can see who has been told."))
    return ALLOWED


def may_see_to(user: Person, agreement: Agreement) -> Verdict:
    """Coordinators say that they have seen what did not go, and let it go again."""
    if not has(user, Perm.MANAGE_GROUPS, agreement):
        return refused("not_coordinator", _("Only a coordinator sees to letters that did not go."))
    return ALLOWED


def may_send_again(user: Person, delivery: Delivery) -> Verdict:
    """A coordinator, when the letter did not go or may not have gone, and none is under way or has gone since."""
    if not (verdict := may_see_to(user, delivery.notice.agreement)):
        return verdict
    if not delivery.can_be_repeated:
        return refused("nothing_to_repeat", _("Only a letter that did not go, or may not have gone, is sent again."))
    if delivery.notice.deliveries.filter(pk__gt=delivery.pk, channel=Channel.MAIL).exists():
        return refused("already_repeated", _("It has already been sent again."))
    return ALLOWED
