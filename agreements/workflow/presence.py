"""Who else has a section open: shown to the writers, never in anybody's way."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agreements.models import Presence, Section
from agreements.policies.annex import may_read_draft
from agreements.selectors.section_outline import SEEN_WITHIN
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


@transaction.atomic
def ping(section: Section, *, by: User) -> list[User]:
    """Note that ``by`` has the section open; return the others who had it open within SEEN_WITHIN, by name.

    Raises TransitionRefused for somebody who may not read the draft.
    """
    if not (verdict := may_read_draft(by, section.annex)):
        raise TransitionRefused(verdict)
    now = timezone.now()
    Presence.objects.update_or_create(section=section, user=by, defaults={"seen_at": now})
    others = Presence.objects.filter(section=section, seen_at__gte=now - SEEN_WITHIN).exclude(user=by)
    return [presence.user for presence in others.select_related("user").order_by("user")]
